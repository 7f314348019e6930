"""`serve`: the studio on the web: pages for people, REST for programs."""

from typing import TYPE_CHECKING, Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson
from storyreel.doors.cli.screen import Screen, open_screen
from storyreel.doors.languages.phrases import Phrase

if TYPE_CHECKING:
    from storyreel.studio import Studio

PORT = 8000
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  a person has to ask for it, and a key has to exist


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Where to listen; beyond this machine only once there is a key.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 takes any that is free.")] = PORT,
    database: Annotated[
        str | None, typer.Option(help="postgresql://USER:PASSWORD@HOST/NAME; else STORYREEL_DATABASE.", show_default=False)
    ] = None,
    blobs: Annotated[str | None, typer.Option(help="s3://BUCKET/PREFIX; else STORYREEL_BLOBS.", show_default=False)] = None,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Make no films here: workers do.")] = False,
    public_url: Annotated[
        str | None, typer.Option(help="Where the outside reaches it; else STORYREEL_PUBLIC_URL.", show_default=False)
    ] = None,
    name: Annotated[list[str] | None, typer.Option(help="Another host name that it is called by; may be given again.")] = None,
    as_json: AsJson = False,
) -> None:
    """Serve pages and REST until Ctrl-C or SIGTERM."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.server.running import run
        from storyreel.settings import settings_of_environment
        from storyreel.studio import Studio

        settings = settings_of_environment().placed(database=database, blobs=blobs)
        studio = Studio(settings=settings)
        screen = open_screen(said, as_json=as_json)
        serving = _serve(studio, screen, host, port, public_url or settings.public_url, name or [], works=not no_worker)
        run(serving)


async def _serve(
    studio: "Studio", screen: Screen, host: str, port: int, public_url: str | None, names: list[str], *, works: bool
) -> None:
    from urllib.parse import urlsplit

    from storyreel.doors.cli.stopping import stopped_by_signal
    from storyreel.doors.server.callers import is_loopback
    from storyreel.doors.server.connections import Bounds
    from storyreel.doors.server.desk import open_desk
    from storyreel.doors.server.running import LOCAL_NAMES, listening, served, spare_the_collector

    if not is_loopback(host):
        await _must_have_key(studio, host)
    at = listening(host, port)
    shown = "localhost" if host in {"127.0.0.1", "::1"} else f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{at.getsockname()[1]}"
    called = [host.lower(), *map(str.lower, names), urlsplit(public_url or url).hostname or ""]
    known = [] if host in EVERYWHERE and not names and not public_url else [*LOCAL_NAMES, *called]
    spare_the_collector()
    screen.answer({"url": url})
    screen.note("Storyreel", f"{url}   {screen.said('Ctrl-C ends it')}")
    stop = stopped_by_signal()
    bounds = Bounds(of_address=studio.settings.connections)
    await served(lambda: open_desk(studio, works=works, public_url=public_url or url), at, known, stop, bounds)


async def _must_have_key(studio: "Studio", host: str) -> None:
    """Raises InvalidRequest: others reach that address, and nobody would ask who they are."""
    from storyreel.domain.errors import InvalidRequest

    if all(key.revoked for key in await studio.keys()):
        message = Phrase("Others reach {host}, and there is no key yet. Make one first: storyreel keys create NAME.", host=host)
        raise InvalidRequest(message, field="host")
