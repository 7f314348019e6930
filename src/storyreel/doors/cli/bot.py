"""`bot`: the studio in Telegram, until Ctrl-C or SIGTERM."""

from typing import TYPE_CHECKING, Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson
from storyreel.doors.cli.screen import Screen, open_screen
from storyreel.doors.cli.worker import host_and_port
from storyreel.doors.languages.phrases import Phrase

if TYPE_CHECKING:
    from storyreel.studio import Studio


def bot(
    context: typer.Context,
    listen: Annotated[
        str | None,
        typer.Option(help="Where TELEGRAM_WEBHOOK_URL leads: HOST:PORT, or :PORT of this machine.", show_default=False),
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="postgresql://USER:PASSWORD@HOST/NAME; else STORYREEL_DATABASE.", show_default=False)
    ] = None,
    blobs: Annotated[str | None, typer.Option(help="s3://BUCKET/PREFIX; else STORYREEL_BLOBS.", show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Make films in Telegram until Ctrl-C or SIGTERM; TELEGRAM_BOT_TOKEN names the bot."""
    with told(context, as_json=as_json) as said:
        _must_have_aiogram()
        from storyreel.doors.server.running import run
        from storyreel.settings import settings_of_environment
        from storyreel.studio import Studio

        settings = settings_of_environment().placed(database=database, blobs=blobs)
        serving = _serve(Studio(settings=settings), open_screen(said, as_json=as_json), host_and_port("listen", listen))
        run(serving)


def _must_have_aiogram() -> None:
    """Raises InvalidRequest where the bot's own packages are not installed."""
    from importlib.util import find_spec

    from storyreel.domain.errors import InvalidRequest

    if find_spec("aiogram") is None:
        raise InvalidRequest(Phrase("The bot needs aiogram. Install it: pip install 'storyreel[bot]'."), field="bot")


async def _serve(studio: "Studio", screen: Screen, listen: tuple[str, int] | None) -> None:
    from storyreel.doors.bot.running import open_bot, poll
    from storyreel.doors.bot.webhook import hear
    from storyreel.doors.cli.stopping import stopped_by_signal
    from storyreel.doors.server.running import spare_the_collector

    stop = stopped_by_signal()
    async with open_bot(studio) as serving:
        spare_the_collector()
        address = f"https://t.me/{serving.me.username}"
        screen.answer({"bot": serving.me.username, "url": address})
        said = screen.said
        screen.note("Storyreel", f"{address}   {said('Ctrl-C ends it')}")
        for problem in serving.problems:
            screen.note(said("Left out"), problem)
        if studio.settings.telegram_webhook_url:
            await hear(serving, studio.settings.telegram_webhook_url, listen, stop)
        else:
            await poll(serving, stop)
