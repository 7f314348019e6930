"""The persons' side for other programs: what `Person` does and sees, by addresses under `/_standin/`."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from storyreel.domain.values import JSON
from storyreel.standins.refusals import Refusal, Refused
from storyreel.standins.telegram_flood import Flood
from storyreel.standins.telegram_params import Params, params_of
from storyreel.standins.telegram_person import Group, NotSeen, Person
from storyreel.standins.telegram_refusals import bad
from storyreel.standins.telegram_rules import Rules
from storyreel.standins.telegram_seen import Seen

if TYPE_CHECKING:
    from storyreel.standins.telegram import Telegram

RULES, FLOODS = TypeAdapter(Rules), TypeAdapter(list[Flood])
KINDS = ("photo", "video", "file")
"""What a form of `sends` may carry."""


def add_simulation(app: web.Application, telegram: "Telegram") -> None:
    """The addresses that docs/standins.md lists; they need no token and meet no fault."""
    for method, path, handler in _OF_ALL:

        async def of_all(request: web.Request, handler: "_OfAll" = handler) -> JSON:
            return await handler(telegram, await params_of(request))

        app.router.add_route(method, f"/_standin/{path}", _answered(telegram, of_all))
    for method, path, handler in _OF_ONE:

        async def of_one(request: web.Request, handler: "_OfOne" = handler) -> JSON:
            params = await params_of(request)
            return await handler(_person(telegram, request.match_info["id"], params.text("group")), params)

        app.router.add_route(method, f"/_standin/people/{{id}}/{path}", _answered(telegram, of_one))


def _answered(telegram: "Telegram", handler: Callable[[web.Request], Awaitable[JSON]]) -> "_Served":
    async def served(request: web.Request) -> web.Response:
        try:
            told = await handler(request)
        except Refused as refused:
            return telegram.error(refused)
        return web.Response(text=told) if isinstance(told, str) else web.json_response(told)

    return served


def _person(telegram: "Telegram", id: str, group: str) -> Person:
    """The person of that id, in the group where one is told. Raises Refused."""
    person = telegram.people.get(int(id)) if id.isdecimal() else None
    if person is None:
        raise Refused(Refusal.NOT_FOUND, f"there is no person {id}")
    if not group:
        return person
    chat = person.bot.chats.get(int(group)) if group.removeprefix("-").isdecimal() else None
    if chat is None:
        raise Refused(Refusal.NOT_FOUND, f"there is no group {group}")
    return person.at(Group(person.bot, chat))


async def _comes(telegram: "Telegram", params: Params) -> JSON:
    person = telegram.person(params.required("name"), language=params.text("language") or "en")
    return {"id": person.id, "chat_id": person.chat.id}


async def _gathers(telegram: "Telegram", params: Params) -> JSON:
    told = params.json("people", "people")
    people = [telegram.people.get(id) for id in told if isinstance(id, int)] if isinstance(told, list) else []
    known = [person for person in people if person is not None]
    if not known:
        raise bad('say {"title": ..., "people": [ids]}')
    return {"id": telegram.group(params.required("title"), *known).chat.id}


async def _floods(telegram: "Telegram", _: Params) -> JSON:
    return FLOODS.dump_python(telegram.floods, mode="json")


async def _rules(telegram: "Telegram", params: Params) -> JSON:
    """The rules, with those that are told. Raises Refused."""
    known = RULES.dump_python(telegram.rules, mode="json")
    told = {name: params.json(name, name) for name in params.names}
    if unknown := sorted(told.keys() - known.keys()):
        raise bad(f"there is no rule {unknown[0]}; there are {', '.join(known)}")
    try:
        telegram.rules = RULES.validate_python(known | told)
    except ValidationError as error:
        first = error.errors()[0]
        raise bad(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error
    return RULES.dump_python(telegram.rules, mode="json")


async def _says(person: Person, params: Params) -> JSON:
    person.says(params.required("text"))
    return True


async def _sends(person: Person, params: Params) -> JSON:
    files, caption = params.files, params.text("caption")
    if not files or not files.keys() <= set(KINDS):
        raise bad(f"send a form with files named {', '.join(KINDS)}")
    photos = files.get("photo", [])
    if len(photos) > 1:
        person.sends_album([one.data for one in photos], caption)
    elif photos:
        person.sends_photo(photos[0].data, caption)
    for one in files.get("video", []):
        person.sends_video(one.data, caption)
    for one in files.get("file", []):
        person.sends_file(one.data, one.name, caption, one.media_type)
    return True


async def _presses(person: Person, params: Params) -> JSON:
    """The bot's answer to the press; empty where it said nothing."""
    try:
        press = person.presses(params.required("label"))
        return {"answer": await person.sees_answer(press, within_s=_within(params))}
    except NotSeen as error:
        raise Refused(Refusal.NOT_FOUND, str(error)) from error


async def _blocks(person: Person, _: Params) -> JSON:
    person.blocks()
    return True


async def _unblocks(person: Person, _: Params) -> JSON:
    person.unblocks()
    return True


async def _sees(person: Person, params: Params) -> JSON:
    """What is shown now; with `text`, the newest message with it, which is waited for."""
    if not params.text("text"):
        return [_told(seen) for seen in person.sees()]
    try:
        return _told(await person.sees_text(params.text("text"), within_s=_within(params), ever=params.yes("ever")))
    except NotSeen as error:
        raise Refused(Refusal.NOT_FOUND, str(error)) from error


async def _transcript(person: Person, params: Params) -> JSON:
    return person.transcript(whole=params.yes("whole"))


def _within(params: Params) -> float:
    """Seconds to wait."""
    try:
        return max(0.0, min(600.0, float(params.text("within_s") or 10)))
    except ValueError as error:
        raise bad("within_s is a number of seconds") from error


def _told(seen: Seen) -> dict[str, JSON]:
    buttons: list[JSON] = [list(row) for row in seen.buttons]
    shown: dict[str, JSON] = {"id": seen.id, "by_bot": seen.by_bot, "kind": seen.kind, "text": seen.text, "buttons": buttons}
    medium: dict[str, JSON] = {
        "width_px": seen.width_px,
        "height_px": seen.height_px,
        "seconds": seen.seconds,
        "size": seen.size,
        "streams": seen.streams,
        "cover": seen.cover,
        "thumbnail": seen.thumbnail,
        "name": seen.name,
    }
    return {**shown, "edits": seen.edits, "album": seen.album} | ({} if seen.kind == "text" else medium)


_Served: TypeAlias = Callable[[web.Request], Awaitable[web.Response]]
_OfAll: TypeAlias = Callable[["Telegram", Params], Awaitable[JSON]]
_OfOne: TypeAlias = Callable[[Person, Params], Awaitable[JSON]]
_OF_ALL: tuple[tuple[str, str, _OfAll], ...] = (
    ("POST", "people", _comes),
    ("POST", "groups", _gathers),
    ("GET", "floods", _floods),
    ("GET", "rules", _rules),
    ("POST", "rules", _rules),
)
_OF_ONE: tuple[tuple[str, str, _OfOne], ...] = (
    ("POST", "says", _says),
    ("POST", "sends", _sends),
    ("POST", "presses", _presses),
    ("POST", "blocks", _blocks),
    ("POST", "unblocks", _unblocks),
    ("GET", "sees", _sees),
    ("GET", "transcript", _transcript),
)
