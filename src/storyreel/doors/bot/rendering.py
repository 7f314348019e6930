"""Screens as the Bot API takes them: plain texts, and keyboards under them."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from storyreel.doors.bot.shown import Button, Row, Shown

LONGEST_TEXT = 4096
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def new_message(chat: int, shown: Shown) -> SendMessage:
    """What posts a screen."""
    text, keys = _cut(shown.text), keyboard(shown.rows)
    return SendMessage(chat_id=chat, text=text, reply_markup=keys, link_preview_options=NO_PREVIEW)


def edit_text(chat: int, message: int, shown: Shown) -> EditMessageText:
    """What makes a message show a screen."""
    text, keys = _cut(shown.text), keyboard(shown.rows)
    return EditMessageText(chat_id=chat, message_id=message, text=text, reply_markup=keys, link_preview_options=NO_PREVIEW)


def keyboard(rows: Sequence[Row]) -> InlineKeyboardMarkup | None:
    """The buttons under a message; None where there are none."""
    made = [[_button(one) for one in row] for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=made) if made else None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(text=button.label, url=button.url)
    return InlineKeyboardButton(text=button.label, callback_data=button.data)
