"""`storyreel`: the command line. Each command parses, makes one call of the studio, and renders what comes back."""

import os
from typing import Annotated

import typer

from storyreel.doors.cli import (
    attention,
    bill,
    bot,
    change,
    clips,
    doctor,
    films,
    keys,
    make,
    mcp,
    models,
    serve,
    standin,
    storyboard,
    tools,
    worker,
)
from storyreel.doors.cli.options import Start
from storyreel.doors.cli.plain import PlainGroup
from storyreel.doors.cli.unheard import give_streams

app = typer.Typer(
    name="storyreel",
    cls=PlainGroup,
    help="A sentence in, a film out. Draws it for free, then makes it with the video model you choose.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"storyreel {version('storyreel')}")
        raise typer.Exit


@app.callback()
def storyreel(
    context: typer.Context,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the details of an error.")] = False,
    _version: Annotated[bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Shared by every command."""
    context.obj = Start(verbose, os.environ)


app.command("make", rich_help_panel="Films")(make.make)
app.command("animate", rich_help_panel="Films")(make.animate)
app.command("read", rich_help_panel="Films")(make.read)
app.command("storyboard", rich_help_panel="Films")(storyboard.storyboard)
app.command("estimate", rich_help_panel="Films")(bill.estimate)
app.command("resume", rich_help_panel="Films")(make.resume)
app.command("approve", rich_help_panel="Films")(change.approve)
app.command("cancel", rich_help_panel="Films")(change.cancel)
app.command("retake", rich_help_panel="Changes")(change.retake)
app.command("select", rich_help_panel="Changes")(change.select)
app.command("edit", rich_help_panel="Changes")(change.edit)
app.command("lock", rich_help_panel="Changes")(change.lock)
app.command("unlock", rich_help_panel="Changes")(change.unlock)
app.command("cut", rich_help_panel="Changes")(change.cut)
app.command("films", rich_help_panel="Shelf")(films.films)
app.command("show", rich_help_panel="Shelf")(films.show)
app.command("bill", rich_help_panel="Shelf")(bill.bill)
app.add_typer(attention.attention, name="attention", rich_help_panel="Shelf")
app.command("gc", rich_help_panel="Shelf")(films.gc)
app.command("join", rich_help_panel="Clips")(clips.join)
app.command("frame", rich_help_panel="Clips")(clips.frame)
app.command("probe", rich_help_panel="Clips")(clips.probe)
app.add_typer(models.models, name="models", rich_help_panel="Studio")
app.add_typer(tools.tools, name="tools", rich_help_panel="Studio")
app.add_typer(standin.standin, name="standin", rich_help_panel="Studio")
app.command("serve", rich_help_panel="Studio")(serve.serve)
app.command("bot", rich_help_panel="Studio")(bot.bot)
app.command("mcp", rich_help_panel="Studio")(mcp.mcp)
app.add_typer(keys.keys, name="keys", rich_help_panel="Studio")
app.command("worker", rich_help_panel="Studio")(worker.worker)
app.command("doctor", rich_help_panel="Studio")(doctor.doctor)


def main() -> None:
    """The entry point of the `storyreel` command."""
    give_streams()
    app()
