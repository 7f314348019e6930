"""The buttons under a message, checked as the Bot API checks them."""

import json
from collections.abc import Mapping

from storyreel.domain.values import JSON
from storyreel.standins.telegram_params import Params
from storyreel.standins.telegram_refusals import bad
from storyreel.standins.telegram_rules import CALLBACK_BYTES

DOES = ("url", "callback_data", "callback_game", "pay", "switch_inline_query", "switch_inline_query_chosen_chat")
DOES_TOO = ("switch_inline_query_current_chat", "login_url", "web_app", "copy_text", "disabled")
MOST_BUTTONS, MOST_BYTES = 100, 10_240


def markup_of(params: Params) -> dict[str, JSON] | None:
    """The reply markup; None: none was told. Raises Refused."""
    told = params.json("reply_markup", "reply keyboard markup")
    if told is None:
        if params.text("reply_markup"):
            raise bad("object expected as reply markup")
        return None
    if not isinstance(told, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in told:
        return {"inline_keyboard": _inline(told["inline_keyboard"])}
    if "keyboard" in told:
        return {**told, "keyboard": _replies(told["keyboard"])}
    return told


def inline_of(markup: Mapping[str, JSON] | None) -> list[JSON] | None:
    """The rows of an inline keyboard; None: there is none, or it is empty."""
    rows = (markup or {}).get("inline_keyboard")
    return rows if isinstance(rows, list) and any(rows) else None


def _inline(rows: JSON) -> list[JSON]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept: list[JSON] = [[_button(button) for button in row] for row in rows if isinstance(row, list) and row]
    if sum(len(row) for row in kept if isinstance(row, list)) > MOST_BUTTONS or len(json.dumps(kept)) > 4 * MOST_BYTES:
        raise bad("reply markup is too long")
    return kept


def _button(told: JSON) -> JSON:
    if not isinstance(told, dict):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = told.get("text")
    if not isinstance(text, str):
        raise bad("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad("BUTTON_TEXT_INVALID")
    if not any(told.get(name) is not None for name in (*DOES, *DOES_TOO)):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data, url = told.get("callback_data"), told.get("url")
    if data is not None and (not isinstance(data, str) or not 1 <= len(data.encode()) <= CALLBACK_BYTES):
        raise bad("BUTTON_DATA_INVALID")
    if url is not None and not (isinstance(url, str) and url.startswith(("http://", "https://", "tg://"))):
        raise bad("BUTTON_URL_INVALID")
    if told.get("style") not in {None, "danger", "success", "primary"}:
        raise bad("can't parse inline keyboard button: Invalid button style specified")
    return told


def _replies(rows: JSON) -> list[JSON]:
    """The rows of a keyboard of replies, each button as an object."""
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "keyboard" must be an Array of Arrays')
    return [[_reply(button) for button in row] for row in rows if isinstance(row, list) and row]


def _reply(button: JSON) -> JSON:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise bad("can't parse keyboard button: KeyboardButton must be a String or an Object")
    return button
