"""The methods that send nothing: updates, the webhook, files, and what a bot tells of itself."""

from collections.abc import Mapping
from functools import partial

from storyreel.domain.values import JSON
from storyreel.standins.refusals import Refused
from storyreel.standins.telegram_bot import Bot
from storyreel.standins.telegram_params import Params
from storyreel.standins.telegram_refusals import bad, conflict
from storyreel.standins.telegram_sends import Method
from storyreel.standins.telegram_updates import allowed_of

LONGEST_POLL_S, MOST_UPDATES = 50, 100
COMMANDS, NAME, DESCRIPTION = 100, 32, 256
PROFILE = {"name": 64, "description": 512, "short_description": 120}


async def get_me(bot: Bot, _: Params) -> JSON:
    """`getMe`."""
    able = ("can_connect_to_business", "has_main_web_app", "supports_inline_queries")
    reads = {"can_join_groups": True, "can_read_all_group_messages": bot.reads_all}
    return {**bot.user, **reads, **dict.fromkeys(able, False)}


async def get_updates(bot: Bot, params: Params) -> JSON:
    """`getUpdates`: at once, or when something happens."""
    if bot.hook.url:
        raise conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
    bot.updates.allow(allowed_of(params.text("allowed_updates")))
    limit = max(1, min(MOST_UPDATES, params.whole("limit", MOST_UPDATES)))
    wait_s = max(0, min(LONGEST_POLL_S, params.whole("timeout")))
    return await bot.updates.get(params.whole("offset"), limit, wait_s)


async def set_webhook(bot: Bot, params: Params) -> JSON:
    """`setWebhook`."""
    await bot.hook.set(params)
    return True


async def delete_webhook(bot: Bot, params: Params) -> JSON:
    """`deleteWebhook`."""
    await bot.hook.remove(drop=params.yes("drop_pending_updates"))
    return True


async def get_webhook_info(bot: Bot, _: Params) -> JSON:
    """`getWebhookInfo`."""
    return bot.hook.told()


async def get_file(bot: Bot, params: Params) -> JSON:
    """`getFile`: where a file is to be fetched."""
    if not params.text("file_id"):
        raise bad("file_id not specified")
    try:
        stored = bot.files.of(params.text("file_id"))
    except Refused as error:
        raise bad("invalid file_id") from error
    most = bot.cloud.rules.download_bytes
    if most is not None and len(stored.bytes()) > most:
        raise bad("file is too big")
    told = {name: value for name, value in stored.told().items() if name in {"file_id", "file_unique_id"}}
    stored.opened = bot.now()
    return {**told, "file_size": len(stored.bytes()), "file_path": bot.cloud.path_of(bot, stored)}


async def get_chat(bot: Bot, params: Params) -> JSON:
    """`getChat`."""
    chat = bot.chat(params)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return {
        **chat.told(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


async def get_chat_member(bot: Bot, params: Params) -> JSON:
    """`getChatMember`."""
    person = bot.chat(params).people.get(params.whole("user_id"))
    if person is None:
        raise bad("PARTICIPANT_ID_INVALID")
    return {"status": "member", "user": person}


async def set_commands(bot: Bot, params: Params) -> JSON:
    """`setMyCommands`."""
    told = params.json("commands", "commands")
    if not isinstance(told, list):
        raise bad("expected an Array of BotCommand")
    if len(told) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for one in told:
        command, said = (str(one.get(name, "")) for name in ("command", "description")) if isinstance(one, dict) else ("", "")
        if not 1 <= len(command) <= NAME or not command.replace("_", "a").isalnum() or command != command.lower():
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(said) <= DESCRIPTION:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.profile.commands[_scope(params)] = told
    return True


async def get_commands(bot: Bot, params: Params) -> JSON:
    """`getMyCommands`."""
    return bot.profile.commands.get(_scope(params), [])


async def delete_commands(bot: Bot, params: Params) -> JSON:
    """`deleteMyCommands`."""
    bot.profile.commands.pop(_scope(params), None)
    return True


async def set_text(bot: Bot, params: Params, what: str) -> JSON:
    """`setMyName`, `setMyDescription`, `setMyShortDescription`."""
    if len(params.text(what)) > PROFILE[what]:
        raise bad(f"BOT_{what.upper()}_TOO_LONG")
    bot.profile.texts[f"{what}:{params.text('language_code')}"] = params.text(what)
    return True


async def get_text(bot: Bot, params: Params, what: str) -> JSON:
    """`getMyName`, `getMyDescription`, `getMyShortDescription`."""
    texts, language = bot.profile.texts, params.text("language_code")
    default = bot.name if what == "name" else ""
    return {what: texts.get(f"{what}:{language}") or texts.get(f"{what}:") or default}


async def set_menu_button(bot: Bot, params: Params) -> JSON:
    """`setChatMenuButton`."""
    bot.profile.menu_button = params.json("menu_button", "menu button")
    return True


def _scope(params: Params) -> str:
    """Where and in which language commands hold."""
    scope = params.json("scope", "BotCommandScope")
    if scope is not None and not isinstance(scope, dict):
        raise bad("BotCommandScope must be an Object")
    told = scope or {"type": "default"}
    return f"{told.get('type')}:{told.get('chat_id', '')}:{told.get('user_id', '')}:{params.text('language_code')}"


_TEXTS = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}
LOOKS: Mapping[str, Method] = {
    "getMe": get_me,
    "getWebhookInfo": get_webhook_info,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getMyCommands": get_commands,
    **{f"getMy{ending}": partial(get_text, what=what) for ending, what in _TEXTS.items()},
}
SETTINGS: Mapping[str, Method] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "setMyCommands": set_commands,
    "deleteMyCommands": delete_commands,
    "setChatMenuButton": set_menu_button,
    **{f"setMy{ending}": partial(set_text, what=what) for ending, what in _TEXTS.items()},
}
