"""`worker`: makes the films that others hand over, until it is told to stop."""

from typing import TYPE_CHECKING, Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson
from storyreel.doors.cli.screen import Screen, open_screen
from storyreel.doors.languages.phrases import Phrase

if TYPE_CHECKING:
    from storyreel.studio import Studio

HIGHEST_PORT = 65_535


def worker(
    context: typer.Context,
    database: Annotated[
        str | None, typer.Option(help="postgresql://USER:PASSWORD@HOST/NAME; else STORYREEL_DATABASE.", show_default=False)
    ] = None,
    blobs: Annotated[str | None, typer.Option(help="s3://BUCKET/PREFIX; else STORYREEL_BLOBS.", show_default=False)] = None,
    hooks: Annotated[
        str | None, typer.Option(help="Hear providers' webhooks at HOST:PORT, or at :PORT of this machine.", show_default=False)
    ] = None,
    metrics: Annotated[
        str | None, typer.Option(help="Tell figures to Prometheus at HOST:PORT, or at :PORT of this machine.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make the films that are handed over, until Ctrl-C or SIGTERM."""
    with told(context, as_json=as_json) as said:
        import asyncio

        from storyreel.settings import settings_of_environment
        from storyreel.studio import Studio

        settings = settings_of_environment().placed(database=database, blobs=blobs)
        places = host_and_port("hooks", hooks), host_and_port("metrics", metrics)
        asyncio.run(_work(Studio(settings=settings), open_screen(said, as_json=as_json), *places))


def host_and_port(option: str, told: str | None) -> tuple[str, int] | None:
    """Where to listen, of HOST:PORT or :PORT; None where nothing is told. Raises InvalidRequest."""
    if told is None:
        return None
    from storyreel.domain.errors import InvalidRequest

    host, _, port = told.rpartition(":")
    if not port.isdecimal() or int(port) > HIGHEST_PORT:
        message = Phrase("--{option} cannot be '{given}': say HOST:PORT, like 127.0.0.1:8080.", option=option, given=told)
        raise InvalidRequest(message, field=option)
    return host or "127.0.0.1", int(port)


async def _work(studio: "Studio", screen: Screen, hooks: tuple[str, int] | None, metrics: tuple[str, int] | None) -> None:
    import asyncio

    from storyreel.doors.cli.stopping import STOPS
    from storyreel.doors.languages.known import known_or

    said, stop = screen.said, asyncio.Event()
    loop = asyncio.get_running_loop()

    def stopped() -> None:
        stop.set()
        for one in STOPS:  # a second one does not wait
            loop.remove_signal_handler(one)
        screen.note(said("stopping"), said("What is being sent is still sent; the rest is left to others."))

    for one in STOPS:
        loop.add_signal_handler(one, stopped)
    screen.note(said("working"), said("on {place}; Ctrl-C ends it", place=studio.shared_by or studio.home.root))
    await studio.work(stop, lambda told: screen.note(said("worker"), known_or(told, said.language)), hooks, metrics)
