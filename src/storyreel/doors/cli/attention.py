"""`attention`: paid calls of which nobody can know whether they arrived, and a person's decision about each."""

from typing import Annotated, Any

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson
from storyreel.doors.cli.plain import PlainGroup
from storyreel.doors.cli.screen import open_screen
from storyreel.doors.cli.session import leave_by, with_studio


class _Attention(PlainGroup):
    """`storyreel attention` alone lists."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words of the command line, with the command that was left out."""
        if not any(word in self.commands or word in {"-h", "--help"} for word in args[:1]):
            args = ["list", *args]
        return super().parse_args(ctx, args)


attention = typer.Typer(cls=_Attention, help="List paid calls that may or may not have arrived; adopt, resubmit or abandon one.")

CallName = Annotated[str, typer.Argument(help="The call: its number in the list, or its take.", show_default=False)]
Wait = Annotated[bool, typer.Option("--wait", help="See the film through to its end.")]


@attention.command("list")
def list_doubts(context: typer.Context, as_json: AsJson = False) -> None:
    """List the calls that wait for a person, with what helps to find them in the account there."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.deciding import doubt_row, say_doubts

        screen = open_screen(said, as_json=as_json)
        found = with_studio(lambda studio: studio.doubts())
        screen.answer([doubt_row(doubt) for doubt in found])
        say_doubts(screen, found)


@attention.command("adopt")
def adopt(
    context: typer.Context,
    call: CallName,
    remote_id: Annotated[str, typer.Argument(help="What its provider calls the generation.", show_default=False)],
    wait: Wait = False,
    as_json: AsJson = False,
) -> None:
    """The call arrived: it is that generation, which is brought home and not paid again."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.deciding import adopted

        screen = open_screen(said, as_json=as_json)
        leave_by(with_studio(lambda studio: adopted(studio, screen, call, remote_id, wait=wait)))


@attention.command("resubmit")
def resubmit(
    context: typer.Context,
    call: CallName,
    wait: Wait = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Accept the price without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """The call never arrived: it is sent again, and paid."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.deciding import resubmitted

        screen = open_screen(said, as_json=as_json)
        leave_by(with_studio(lambda studio: resubmitted(studio, screen, call, yes=yes, wait=wait)))


@attention.command("abandon")
def abandon(
    context: typer.Context,
    call: CallName,
    charged: Annotated[bool, typer.Option("--charged", help="Its provider charged what was quoted; otherwise nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the call off; its film makes another take when it is resumed."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.deciding import abandoned

        screen = open_screen(said, as_json=as_json)
        with_studio(lambda studio: abandoned(studio, screen, call, charged=charged))
