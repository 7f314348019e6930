"""Screens as the Bot API takes them: plain texts, and keyboards under them."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from storyreel.doors.bot.buttons import FILM
from storyreel.doors.bot.shown import Button, Row, Shown

LONGEST_TEXT = 4096
BAR = "|"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def new_message(chat: int, shown: Shown, tag: str = "") -> SendMessage:
    """What posts a screen; `tag`: the screen's name, which its buttons send back."""
    text, keys = _cut(shown.text), keyboard(shown.rows, tag)
    return SendMessage(chat_id=chat, text=text, reply_markup=keys, link_preview_options=NO_PREVIEW)


def edit_text(chat: int, message: int, shown: Shown, tag: str = "") -> EditMessageText:
    """What makes a message show a screen, likewise."""
    text, keys = _cut(shown.text), keyboard(shown.rows, tag)
    return EditMessageText(chat_id=chat, message_id=message, text=text, reply_markup=keys, link_preview_options=NO_PREVIEW)


def keyboard(rows: Sequence[Row], tag: str = "") -> InlineKeyboardMarkup | None:
    """The buttons under a message; None where there are none."""
    made = [[_button(one, tag) for one in row] for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=made) if made else None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def read_tag(data: str) -> tuple[str, str]:
    """The screen's name that a button sent back, and what else it sent; a button under a film has no screen."""
    tag, bar, rest = data.partition(BAR)
    return (tag, rest) if bar else ("", data)


def _button(button: Button, tag: str) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(text=button.label, url=button.url)
    tagged = f"{tag}{BAR}{button.data}" if tag and not button.data.startswith(FILM) else button.data
    return InlineKeyboardButton(text=button.label, callback_data=tagged)
