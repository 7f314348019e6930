"""`mcp`: the studio for agents, over this process's input and output, or by HTTP."""

from typing import TYPE_CHECKING, Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson

if TYPE_CHECKING:
    from storyreel.studio import Studio


def mcp(
    context: typer.Context,
    http: Annotated[
        bool, typer.Option("--http", help="Serve at http://HOST:PORT/mcp instead, as `storyreel serve` does.")
    ] = False,
    host: Annotated[
        str, typer.Option(help="With --http: where to listen; beyond this machine once there is a key.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="With --http; 0 takes any that is free.")] = 8000,
    as_json: AsJson = False,
) -> None:
    """Serve the tools, films and prompts to agents by the Model Context Protocol, until the input ends or Ctrl-C."""
    with told(context, as_json=as_json and http):
        from storyreel.doors.mcp.extra import must_be_here

        must_be_here()
        if http:
            from storyreel.doors.cli.serve import serve

            serve(context, host=host, port=port, as_json=as_json)
            return
        import asyncio

        from storyreel.settings import settings_of_environment
        from storyreel.studio import Studio

        asyncio.run(_serve(Studio(settings=settings_of_environment())))


async def _serve(studio: "Studio") -> None:
    from storyreel.doors.cli.stopping import stopped_by_signal
    from storyreel.doors.mcp.stdio import serve_stdio

    await serve_stdio(studio, stopped_by_signal())
