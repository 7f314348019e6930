"""What a bot sends that is no text: a photo, a video, a document; by upload, file id or address."""

import asyncio
from pathlib import Path
from urllib.parse import unquote

import aiohttp

from storyreel.domain.values import JSON, dict_of
from storyreel.standins.reading import Upload
from storyreel.standins.telegram_bot import Bot
from storyreel.standins.telegram_entities import read_text
from storyreel.standins.telegram_files import Stored, thumbnail_px
from storyreel.standins.telegram_params import ATTACHED, Params
from storyreel.standins.telegram_refusals import bad
from storyreel.standins.telegram_rules import CAPTION

MOST_SIDE_PX, MOST_S = 10_000, 24 * 3600
LOCAL = "file://"


async def medium_of(bot: Bot, params: Params, kind: str, media: str, facts: dict[str, JSON]) -> dict[str, JSON]:
    """The part of a message that carries a medium. `media` is what the call says of it, `facts` what else it says.

    Raises Refused.
    """
    found = await _found(bot, params, kind, media)
    if isinstance(found, Stored):
        known = _content(bot.files.of(found.id, kind))
        return {kind: {**dict_of(known[kind]), **await _cover(bot, params, facts)}} if kind == "video" else known
    if kind == "photo":
        return _content(bot.files.keep_photo(found.data, bot.cloud.rules.photo_bytes)[-1])
    told = await _thumbnail(bot, params, facts)
    if kind == "video" and found.data[4:8] == b"ftyp":
        told |= {name: _clamped(facts.get(name), MOST_SIDE_PX) for name in ("width", "height")}
        told |= {"duration": _clamped(facts.get("duration"), MOST_S), "mime_type": "video/mp4"}
        told |= await _cover(bot, params, facts)
        if facts.get("start_timestamp"):
            told["start_timestamp"] = _clamped(facts["start_timestamp"], MOST_S)
        told |= {"file_name": found.name} if found.name else {}
        return _content(bot.files.keep_video(found.data, told, streams=facts.get("supports_streaming") is True))
    # Whatever is no MP4 arrives as a document.
    told |= {"mime_type": found.media_type} | ({"file_name": found.name} if found.name else {})
    return _content(bot.files.keep("document", found.data, told, ending=Path(found.name).suffix.removeprefix(".")))


async def _cover(bot: Bot, params: Params, facts: dict[str, JSON]) -> dict[str, JSON]:
    """A video's full-size picture, where one is given."""
    if not facts.get("cover"):
        return {}
    cover = await medium_of(bot, params, "photo", str(facts["cover"]), {})
    return {"cover": cover["photo"]}


def caption_of(params_or_item: Params | dict[str, JSON]) -> dict[str, JSON]:
    """The caption's part of a message. Raises Refused."""
    if isinstance(params_or_item, Params):
        entities = params_or_item.json("caption_entities", "caption entities")
        caption, mode = params_or_item.text("caption"), params_or_item.text("parse_mode")
    else:
        entities = params_or_item.get("caption_entities")
        caption, mode = str(params_or_item.get("caption") or ""), str(params_or_item.get("parse_mode") or "")
    text, found = read_text(caption, mode, entities)
    if len(text) > CAPTION:
        raise bad("message caption is too long")
    told: dict[str, JSON] = {"caption": text, "caption_entities": found}
    return {name: value for name, value in told.items() if value}


def _content(stored: Stored) -> dict[str, JSON]:
    if stored.kind == "photo":
        return {"photo": [size.told() for size in stored.sizes]}
    return {stored.kind: stored.told()}


async def _found(bot: Bot, params: Params, kind: str, media: str) -> Upload | Stored:
    """The file that a call names."""
    rules = bot.cloud.rules
    if not media:
        raise bad(f"there is no {kind} in the request")
    if media.startswith(ATTACHED):
        attached = params.file(media)
        if attached is None or not attached.data:
            raise bad("file must be non-empty" if attached else f"there is no {kind} in the request")
        return attached
    if media.startswith(LOCAL) and rules.local:
        return await asyncio.to_thread(_read, Path(unquote(media.removeprefix(LOCAL))))
    if media.startswith(("http://", "https://")):
        return await _fetched(media, kind, rules.url_photo_bytes if kind == "photo" else rules.url_bytes)
    return bot.files.of(media)


def _read(path: Path) -> Upload:
    """A file on the server's own disk."""
    if not path.is_file():
        raise bad("invalid file HTTP URL specified: file not found")
    return Upload(path.read_bytes(), "application/octet-stream", path.name)


async def _fetched(url: str, kind: str, most: int) -> Upload:
    """A file at an address, as Telegram fetches it itself."""
    try:
        limits = aiohttp.ClientTimeout(total=20)
        async with aiohttp.ClientSession(timeout=limits) as session, session.get(url) as answer:
            answer.raise_for_status()
            data = await answer.content.read(most + 1)
            while len(data) <= most and (more := await answer.content.read(most + 1 - len(data))):
                data += more
    except (aiohttp.ClientError, TimeoutError) as error:
        raise bad("failed to get HTTP URL content") from error
    if len(data) > most:
        raise bad("failed to get HTTP URL content")
    if kind != "document" and not answer.content_type.startswith({"photo": "image/"}.get(kind, f"{kind}/")):
        raise bad("wrong type of the web page content")
    return Upload(data, answer.content_type, url.partition("?")[0].rpartition("/")[2])


async def _thumbnail(bot: Bot, params: Params, facts: dict[str, JSON]) -> dict[str, JSON]:
    """A fresh upload's thumbnail; one that is no upload is passed over."""
    upload = params.file(str(facts.get("thumbnail") or ""))
    if upload is None:
        return {}
    width, height = thumbnail_px(upload.data)
    kept = bot.files.keep("thumbnail", upload.data, {"width": width, "height": height}, ending="jpg")
    return {"thumbnail": kept.told()}


def _clamped(told: JSON, most: int) -> int:
    try:
        return max(0, min(most, int(str(told or 0))))
    except ValueError:
        return 0
