"""The methods that change what was sent, and the answer to a button."""

from collections.abc import Mapping
from datetime import timedelta

from storyreel.domain.values import JSON
from storyreel.standins.telegram_bot import Bot
from storyreel.standins.telegram_chats import Message
from storyreel.standins.telegram_markup import inline_of, markup_of
from storyreel.standins.telegram_media import caption_of
from storyreel.standins.telegram_params import Params
from storyreel.standins.telegram_refusals import NOT_MODIFIED, TOO_OLD, bad
from storyreel.standins.telegram_rules import ANSWER
from storyreel.standins.telegram_sends import Method, item_of, text_of

DELETABLE = timedelta(hours=48)
MOST_DELETED = 100  # by one call
CAPTIONS = ("caption", "caption_entities")


async def edit_text(bot: Bot, params: Params) -> JSON:
    """`editMessageText`."""
    message = _own(bot, params)
    if message.medium:
        raise bad("there is no text in the message to edit")
    return _changed(bot, params, message, "editMessageText", text_of(params))


async def edit_caption(bot: Bot, params: Params) -> JSON:
    """`editMessageCaption`."""
    message = _own(bot, params)
    if not message.medium:
        raise bad("there is no caption in the message to edit")
    rest = {name: value for name, value in message.content.items() if name not in CAPTIONS}
    return _changed(bot, params, message, "editMessageCaption", rest | caption_of(params))


async def edit_media(bot: Bot, params: Params) -> JSON:
    """`editMessageMedia`."""
    message = _own(bot, params)
    content = await item_of(bot, params, params.json("media", "input media"))
    return _changed(bot, params, message, "editMessageMedia", content)


async def edit_markup(bot: Bot, params: Params) -> JSON:
    """`editMessageReplyMarkup`."""
    message = _own(bot, params)
    return _changed(bot, params, message, "editMessageReplyMarkup", message.content)


async def delete_message(bot: Bot, params: Params) -> JSON:
    """`deleteMessage`."""
    _delete(bot, bot.message(params, "delete"))
    return True


async def delete_messages(bot: Bot, params: Params) -> JSON:
    """`deleteMessages`: those that are there."""
    chat, told = bot.chat(params), params.json("message_ids", "message_ids")
    if not isinstance(told, list) or not told:
        raise bad("message identifiers are not specified")
    if len(told) > MOST_DELETED:
        raise bad("too many messages to delete")
    for id in told:
        if not str(id).isdecimal():
            raise bad("invalid message identifier specified")
        message = chat.messages.get(int(str(id)))
        if message is not None and not message.gone:
            _delete(bot, message)
    return True


async def answer_query(bot: Bot, params: Params) -> JSON:
    """`answerCallbackQuery`: once, and in time."""
    press = bot.presses.get(params.text("callback_query_id"))
    life = timedelta(seconds=bot.cloud.rules.query_life_s)
    if press is None or press.answered is not None or bot.now() - press.when > life:
        raise bad(TOO_OLD)
    if len(params.text("text")) > ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    press.answer_with(params.text("text"), alert=params.yes("show_alert"))
    return True


def _own(bot: Bot, params: Params) -> Message:
    """The bot's own message that is to be edited. Raises Refused."""
    message = bot.message(params, "edit")
    if not message.of_bot:
        raise bad("message can't be edited")
    return message


def _changed(bot: Bot, params: Params, message: Message, method: str, content: dict[str, JSON]) -> JSON:
    keyboard = inline_of(markup_of(params))
    if message.album and keyboard:
        raise bad("reply markup is not supported for albums")
    if (content, keyboard) == (message.content, message.keyboard):
        raise bad(NOT_MODIFIED)
    bot.count(method, message.chat)
    message.chat.change(message, bot.now(), content, keyboard)
    return message.told()


def _delete(bot: Bot, message: Message) -> None:
    if bot.now() - message.when > DELETABLE or (message.chat.kind != "private" and not message.of_bot):
        raise bad("message can't be deleted")
    message.chat.remove(message)


EDITS: Mapping[str, Method] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
}
DELETES: Mapping[str, Method] = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
