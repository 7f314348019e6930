"""`models`: what can make the picture, what it can do, what it costs, and where each fact is written."""

from typing import Annotated, Any, Literal

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson
from storyreel.doors.cli.plain import PlainGroup
from storyreel.doors.cli.screen import open_screen
from storyreel.doors.cli.session import leave_by

Start = Literal["text", "first_frame", "last_frame", "references", "extension"]


class _Models(PlainGroup):
    """`storyreel models kling` lists what has that word: what is not a command is searched for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words of the command line, with the command that was left out."""
        if not any(word in self.commands or word in {"-h", "--help"} for word in args[:1]):
            args = ["list", *args]
        return super().parse_args(ctx, args)


models = typer.Typer(cls=_Models, help="List the models; `show` tells one with its sources, `check` asks the providers.")


@models.command("list")
def list_models(
    context: typer.Context,
    search: Annotated[str, typer.Argument(help="Words that the name, title or provider must have.", show_default=False)] = "",
    medium: Annotated[
        Literal["video", "image"] | None, typer.Option(help="Only those that make it.", show_default="both")
    ] = None,
    start: Annotated[Start | None, typer.Option("--from", help="Only those that can start from it.", show_default="any")] = None,
    live: Annotated[bool, typer.Option("--open", help="Only those that can be used today.")] = False,
    mine: Annotated[bool, typer.Option("--with-key", help="Only those whose key is set.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the models, with what each can do and costs."""
    with told(context, as_json=as_json) as said:
        from storyreel.catalog.stock import Stock
        from storyreel.doors.cli.catalogue import table
        from storyreel.studio import Studio

        screen = open_screen(said, as_json=as_json)
        studio = Studio()
        stock = Stock(studio.accounts, studio.today)
        found = stock.chosen(studio.catalogue.found(search), medium=medium, start=start, live=live, mine=mine)
        screen.answer([stock.row(model) for model in found])
        if found:
            screen.show(table(said, stock, found))
        else:
            why = said("is as wished; leave an option out, or list them all:")
            screen.say(said("No model"), f"{why}  storyreel models")


@models.command("show")
def show_model(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The model.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Show all that is known of one model, with where and when it was read."""
    with told(context, as_json=as_json) as said:
        from storyreel.catalog.stock import Stock
        from storyreel.doors.cli.model_facts import say_model
        from storyreel.studio import Studio

        screen = open_screen(said, as_json=as_json)
        studio = Studio()
        model = studio.catalogue.model(name.partition("@")[0])
        screen.answer(model.model_dump(mode="json"))
        say_model(screen, Stock(studio.accounts, studio.today), model)


@models.command("check")
def check_models(
    context: typer.Context,
    search: Annotated[str, typer.Argument(help="Words that the name, title or provider must have.", show_default=False)] = "",
    as_json: AsJson = False,
) -> None:
    """Compare the catalogue with what the providers say today, where a key is set; nothing is paid."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.model_facts import say_checked
        from storyreel.doors.cli.session import with_studio

        screen = open_screen(said, as_json=as_json)
        checked = with_studio(lambda studio: studio.check_models(search))
        screen.answer([one.model_dump(mode="json") for one in checked])
        leave_by(say_checked(screen, checked))
