"""`tools`: what an agent can have done, told and done here: every tool of this installation, those of other packages too."""

from typing import Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson
from storyreel.doors.cli.plain import PlainGroup
from storyreel.doors.cli.screen import open_screen
from storyreel.doors.cli.session import with_studio

ToolName = Annotated[str, typer.Argument(help="The tool; see `storyreel tools list`.", show_default=False)]

tools = typer.Typer(cls=PlainGroup, help="List what agents can have done, see how it is called, and call it.")


@tools.command("list")
def list_tools(context: typer.Context, as_json: AsJson = False) -> None:
    """List the tools, with what each does and whose it is."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.calling import say_tools
        from storyreel.tools.toolbox import Toolbox

        say_tools(open_screen(said, as_json=as_json), Toolbox.here())


@tools.command("spec")
def show_spec(
    context: typer.Context,
    name: ToolName,
    google: Annotated[bool, typer.Option("--google", help="With --json: as Google's function calling takes it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show how a tool is called; with `--json` as function calling takes it (OpenAI's, or with `--google` Google's)."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.calling import say_spec
        from storyreel.tools.toolbox import Toolbox

        say_spec(open_screen(said, as_json=as_json), Toolbox.here().tool(name).spec, google=google)


@tools.command("run")
def run_tool(
    context: typer.Context,
    name: ToolName,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ARGUMENT=VALUE]...", help="Arguments; again for a list of values.", show_default=False),
    ] = None,
    args: Annotated[str, typer.Option(help="Arguments as a JSON object.", show_default=False)] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Accept the price.")] = False,
    as_json: AsJson = False,
) -> None:
    """Call a tool and show what came of it; where it costs, the price is told and a yes asked for first."""
    from storyreel.tools.remedies import BY_TOOLS

    with told(context, as_json=as_json, words=BY_TOOLS) as said:
        from storyreel.doors.cli.calling import arguments_of, call
        from storyreel.tools.toolbox import Toolbox

        tool = Toolbox.here().tool(name)
        arguments = arguments_of(tool.spec, args, words or ())
        screen = open_screen(said, as_json=as_json)
        with_studio(lambda studio: call(studio, screen, tool, arguments, yes=yes))
