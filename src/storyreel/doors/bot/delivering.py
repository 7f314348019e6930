"""A finished film on its way into a chat: streamable, with cover, size and seconds; too large, it is made smaller, or a link."""

import asyncio
import io
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge, TelegramNetworkError, TelegramServerError
from aiogram.methods import SendChatAction, SendDocument, SendVideo
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, Message

from storyreel.domain.film import Film
from storyreel.domain.money import paid_text
from storyreel.doors.bot.booth import Booth
from storyreel.doors.bot.buttons import AGAIN, ORIGINAL, RETAKE, film_data
from storyreel.doors.bot.files import FilmFile, Sent, sent_as
from storyreel.doors.bot.fitting import fitted, forget, kept_at
from storyreel.doors.bot.rendering import keyboard, new_message
from storyreel.doors.bot.shown import Button, Row, Shown
from storyreel.doors.bot.voice import Voice, clock, together
from storyreel.doors.server.addresses import file_address, shared_address
from storyreel.library.chats import ChatFilm, Told
from storyreel.media.probe import ClipFacts, probe

UPLOAD_S, LEAST_RATE = 120, 100_000
"""How long an upload may take: at least that, and as long as so many bytes a second need."""
SIGN_S = 4.0  # a sign that a video is sent is seen for five seconds
THUMBNAIL_PX, COVER_PX = 320, 1280
JPEG_QUALITY = 85
SPARE = 0.995  # of the limit: the form around the file counts too

Keep = Callable[[ChatFilm], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A film as it is sent."""

    path: Path
    facts: ClipFacts
    cover: bytes
    thumbnail: bytes
    smaller: bool  # it was made over to fit


async def deliver(booth: Booth, told: ChatFilm, film: Film, keep: Keep) -> None:
    """Send the film, and keep by what the messenger knows it; a link where it cannot be sent. Raises ChatGone."""
    said, chat = booth.voice(told.language), told.place.chat
    if told.state is Told.SENDING:  # a restart came between: it may be there
        await _doubt(booth, told, film, said, keep)
        return
    told = told.model_copy(update={"state": Told.SENDING, "output": film.output})
    await keep(told)
    try:
        async with _parcel(booth, film) as parcel:
            if parcel is None:
                await _link(booth, chat, film, said)
                await keep(told.model_copy(update={"state": Told.SENT}))
                return
            sent = await _arrived(booth, chat, film, parcel, said)
            if parcel.smaller:  # from now on the messenger has it
                await asyncio.to_thread(forget, parcel.path)
    except (TelegramEntityTooLarge, TelegramBadRequest) as error:
        booth.observer.warn("chat.refused", film=film.id, message=str(error))
        await _link(booth, chat, film, said)
        await keep(told.model_copy(update={"state": Told.SENT}))
        return
    except (TelegramNetworkError, TelegramServerError):
        await _doubt(booth, told, film, said, keep)
        return
    file = sent.video.file_id if sent.video else None
    await keep(told.model_copy(update={"state": Told.SENT, "file": file}))


async def send_again(booth: Booth, told: ChatFilm, film: Film, keep: Keep) -> None:
    """Send the film once more: at once where the messenger has it."""
    if told.file is None or told.output != film.output:
        await deliver(booth, told.model_copy(update={"state": Told.FOLLOWING}), film, keep)
        return
    said, chat = booth.voice(told.language), told.place.chat
    video = SendVideo(
        chat_id=chat, video=told.file, caption=await _caption(booth, film, said), reply_markup=_keys(booth, film, said)
    )
    await booth.outbox.send(chat, video)


async def send_original(booth: Booth, told: ChatFilm, film: Film) -> None:
    """The film's own file, as it is; a link where it is too large."""
    said, chat = booth.voice(told.language), told.place.chat
    if film.output is None:
        return
    path = await booth.blobs.fetch(film.output)
    size = (await asyncio.to_thread(path.stat)).st_size
    if size > booth.limits.upload_bytes * SPARE:
        await _link(booth, chat, film, said)
        return
    async with sent_as(booth, path, f"{film.id}.mp4") as document:
        file = SendDocument(chat_id=chat, document=document, disable_content_type_detection=True)
        await booth.outbox.send(chat, file, timeout_s=_patience_s(size), again=False)


@asynccontextmanager
async def _parcel(booth: Booth, film: Film) -> AsyncGenerator[Parcel | None]:
    """The film, small enough to be sent; None where that would be too poor to look at."""
    path = await booth.blobs.fetch(film.output or "")
    facts = await asyncio.to_thread(probe, path)
    cover, thumbnail = await asyncio.to_thread(_pictures, path, facts)
    most = int(booth.limits.upload_bytes * SPARE) - len(cover) - len(thumbnail)
    if facts.size_bytes <= most:
        yield Parcel(path, facts, cover, thumbnail, smaller=False)
        return
    kept = kept_at(booth.studio.home.work, film.output or "", most)
    made = await fitted(path, facts, kept, most, booth.encoding)
    yield None if made is None else Parcel(made, await asyncio.to_thread(probe, made), cover, thumbnail, smaller=True)


async def _arrived(booth: Booth, chat: int, film: Film, parcel: Parcel, said: Voice) -> Message:
    """The film's message; a server that is not let in to the file is sent it. Raises what `Outbox.send` does."""
    name = f"{film.id}.mp4"
    try:
        async with sent_as(booth, parcel.path, name) as file:
            return await _sent(booth, chat, film, parcel, file, said)
    except TelegramBadRequest as error:
        if not booth.local:
            raise
        booth.observer.warn("chat.unread", film=film.id, message=str(error))
        return await _sent(booth, chat, film, parcel, FilmFile(parcel.path, name), said)


async def _sent(booth: Booth, chat: int, film: Film, parcel: Parcel, file: Sent, said: Voice) -> Message:
    facts = parcel.facts
    video = SendVideo(
        chat_id=chat,
        video=file,
        width=facts.width_px,
        height=facts.height_px,
        duration=round(facts.seconds),
        supports_streaming=True,
        cover=BufferedInputFile(parcel.cover, "cover.jpg"),
        thumbnail=BufferedInputFile(parcel.thumbnail, "thumbnail.jpg"),
        caption=await _caption(booth, film, said, smaller=parcel.smaller),
        reply_markup=_keys(booth, film, said, original=True),
    )
    signing = asyncio.create_task(_sign(booth, chat))
    try:
        return await booth.outbox.send(chat, video, timeout_s=_patience_s(facts.size_bytes), again=False)
    finally:
        signing.cancel()


async def _sign(booth: Booth, chat: int) -> None:
    """Show that a video is on its way."""
    while True:
        await booth.outbox.free(SendChatAction(chat_id=chat, action="upload_video"))
        await asyncio.sleep(SIGN_S)


async def _link(booth: Booth, chat: int, film: Film, said: Voice) -> None:
    """Where the film can be fetched, for a day."""
    if not booth.public_url or film.output is None:
        text = said(
            "The film is ready, but too large for Telegram. The owner of this bot can give it to you: {film}.", film=film.id
        )
        await booth.outbox.send(chat, new_message(chat, Shown(text)))
        return
    address = file_address(booth.public_url, booth.seal, film.output, f"{film.id}.mp4")
    why = said("It is too large for Telegram; this link leads to it for a day.")
    text = f"{await _caption(booth, film, said)}\n{why}"
    rows = ([Button(said("⬇️ Download"), url=address)], *_rows(booth, film, said))
    await booth.outbox.send(chat, new_message(chat, Shown(text, rows)))


async def _doubt(booth: Booth, told: ChatFilm, film: Film, said: Voice, keep: Keep) -> None:
    """The film may have come or not: a person sees that, and we do not."""
    text = said("I sent the film and heard nothing back. Is it above?")
    rows = ([Button(said("It is not there: send it again"), film_data(AGAIN, film.id))],)
    await booth.outbox.send(told.place.chat, new_message(told.place.chat, Shown(text, rows)))
    await keep(told.model_copy(update={"state": Told.SENT}))


async def _caption(booth: Booth, film: Film, said: Voice, *, smaller: bool = False) -> str:
    unknown = (await booth.studio.unbilled(film)).get(film.id)
    parts = [said("“{title}”, {length}.", title=film.title, length=clock(film.seconds or 0))]
    if film.cost_usd:
        parts.append(said("Spent: {price}.", price=paid_text(film.cost_usd)))
    else:
        parts.append(said("Its provider tells no price.") if unknown else said("It cost nothing."))
    if smaller:
        parts.append(said("Made smaller to fit into Telegram."))
    return together(said, *parts)


def _keys(booth: Booth, film: Film, said: Voice, *, original: bool = True) -> InlineKeyboardMarkup | None:
    return keyboard(_rows(booth, film, said, original=original))


def _rows(booth: Booth, film: Film, said: Voice, *, original: bool = False) -> list[Row]:
    retake = Button(said("🔁 Retake a shot"), film_data(RETAKE, film.id))
    rows: list[Row] = [[retake, Button(said("🎞 Original file"), film_data(ORIGINAL, film.id))] if original else [retake]]
    if booth.public_url and film.output is not None:
        address = shared_address(booth.public_url, booth.seal, film.id, film.output)
        rows.append([Button(said("Open on the site"), url=address)])
    return rows


def _patience_s(size: int) -> int:
    return UPLOAD_S + size // LEAST_RATE


def _pictures(path: Path, facts: ClipFacts) -> tuple[bytes, bytes]:
    """The film's cover and thumbnail: the picture in its middle, as JPEG."""
    from storyreel.media.frames import frame_at

    middle = frame_at(path, facts.seconds / 2)
    made: list[bytes] = []
    for side in (COVER_PX, THUMBNAIL_PX):
        small = middle.copy()
        small.thumbnail((side, side))
        file = io.BytesIO()
        small.save(file, format="JPEG", quality=JPEG_QUALITY)
        made.append(file.getvalue())
    return made[0], made[1]
