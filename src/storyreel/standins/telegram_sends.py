"""The methods that make a new message."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from storyreel.domain.values import JSON
from storyreel.standins.telegram_bot import Bot
from storyreel.standins.telegram_chats import MEDIA, Chat, Message
from storyreel.standins.telegram_entities import read_text
from storyreel.standins.telegram_markup import inline_of, markup_of
from storyreel.standins.telegram_media import caption_of, medium_of
from storyreel.standins.telegram_params import Params
from storyreel.standins.telegram_refusals import bad
from storyreel.standins.telegram_rules import ALBUM, TEXT

Method: TypeAlias = Callable[[Bot, Params], Awaitable[JSON]]

FACTS = ("duration", "width", "height", "thumbnail", "cover", "start_timestamp")
ACTIONS = frozenset({"typing", "cancel", "choose_sticker", "pick_up_location", "find_location"}) | {
    f"{verb}_{what}"
    for verb, several in (("record", ("video", "audio", "voice")), ("upload", ("video", "audio", "voice", "photo", "document")))
    for what in (*several, "video_note")
}


def text_of(params: Params) -> dict[str, JSON]:
    """A text message's content. Raises Refused."""
    if not params.text("text"):
        raise bad("message text is empty")
    text, entities = read_text(params.text("text"), params.text("parse_mode"), params.json("entities", "entities"))
    if not text:
        raise bad("message text is empty")
    if len(text) > TEXT:
        raise bad("message is too long")
    told: dict[str, JSON] = {"text": text, "entities": entities}
    return {name: value for name, value in told.items() if value}


async def send_message(bot: Bot, params: Params) -> JSON:
    """`sendMessage`."""
    chat = bot.chat(params)
    return _sent(bot, params, chat, "sendMessage", text_of(params)).told()


async def _send(bot: Bot, params: Params, kind: str) -> JSON:
    chat = bot.chat(params)
    media = params.text(kind) or (f"attach://{kind}" if kind in params.files else "")
    facts: dict[str, JSON] = {name: params.text(name) or _attached(params, name) for name in FACTS}
    facts["supports_streaming"] = params.yes("supports_streaming")
    content = await medium_of(bot, params, kind, media, facts) | caption_of(params)
    return _sent(bot, params, chat, f"send{kind.title()}", content).told()


async def send_photo(bot: Bot, params: Params) -> JSON:
    """`sendPhoto`."""
    return await _send(bot, params, "photo")


async def send_video(bot: Bot, params: Params) -> JSON:
    """`sendVideo`."""
    return await _send(bot, params, "video")


async def send_document(bot: Bot, params: Params) -> JSON:
    """`sendDocument`."""
    return await _send(bot, params, "document")


async def send_media_group(bot: Bot, params: Params) -> JSON:
    """`sendMediaGroup`."""
    chat = bot.chat(params)
    if params.text("reply_markup"):
        raise bad("reply markup is not supported for albums")
    told = params.json("media", "media")
    if not isinstance(told, list):
        raise bad("expected an Array of InputMedia")
    if not ALBUM[0] <= len(told) <= ALBUM[1]:
        raise bad(_WRONG_NUMBER.get(len(told), "too many messages to send as an album"))
    contents = [await item_of(bot, params, item) for item in told]
    kinds = {kind for content in contents for kind in content if kind in MEDIA}
    if "document" in kinds and len(kinds) > 1:
        raise bad("document can't be mixed with other media types")
    reply_to = _reply_to(params, chat)
    bot.count("sendMediaGroup", chat, len(contents))
    album = bot.cloud.new_id(17, "0123456789")
    made = [chat.add(bot.user, bot.now(), content, album=album, reply_to=reply_to) for content in contents]
    return [message.told() for message in made]


async def item_of(bot: Bot, params: Params, item: JSON) -> dict[str, JSON]:
    """The content of one `InputMedia`. Raises Refused."""
    if not isinstance(item, dict):
        raise bad("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in MEDIA:
        raise bad(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    if not item.get("media"):
        raise bad("can't parse InputMedia: media not found")
    facts = {name: item.get(name) for name in (*FACTS, "supports_streaming")}
    content = await medium_of(bot, params, str(kind), str(item["media"]), facts)
    return content | caption_of(item)


async def send_chat_action(bot: Bot, params: Params) -> JSON:
    """`sendChatAction`."""
    chat = bot.chat(params)
    if params.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat.action = (params.text("action"), bot.now())
    return True


def _attached(params: Params, name: str) -> str:
    return f"attach://{name}" if name in params.files else ""


def _sent(bot: Bot, params: Params, chat: Chat, method: str, content: dict[str, JSON]) -> Message:
    """The new message, once it is sure that it may be sent."""
    markup, reply_to = markup_of(params), _reply_to(params, chat)
    bot.count(method, chat)
    message = chat.add(bot.user, bot.now(), content, keyboard=inline_of(markup), reply_to=reply_to)
    chat.show_replies(markup)
    return message


def _reply_to(params: Params, chat: Chat) -> int:
    """The message that is answered; 0: none."""
    told = params.json("reply_parameters", "reply parameters")
    wanted = told.get("message_id") if isinstance(told, dict) else params.whole("reply_to_message_id")
    anyway = isinstance(told, dict) and told.get("allow_sending_without_reply") is True
    if not isinstance(wanted, int) or not wanted:
        return 0
    if wanted in chat.messages and not chat.messages[wanted].gone:
        return wanted
    if anyway or params.yes("allow_sending_without_reply"):
        return 0
    raise bad("message to be replied not found")


_WRONG_NUMBER = {0: "there are no messages to send", 1: "an album has at least 2 messages"}
SENDS: Mapping[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendVideo": send_video,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
}
