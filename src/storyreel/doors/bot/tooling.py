"""Dialogs of tools: whatever the toolbox has with a dialog is asked here, step by step, from its description alone."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeAlias

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import JSON, dict_of
from storyreel.doors.bot import flow
from storyreel.doors.bot.booth import owner
from storyreel.doors.bot.deciding import Cost, begun_before, cost_text, refusal
from storyreel.doors.bot.following import Following
from storyreel.doors.bot.handing import attached_to, hand_over, workplace, written
from storyreel.doors.bot.menu import FILMS, TOOLS
from storyreel.doors.bot.questioning import Unanswered, asker
from storyreel.doors.bot.remedies import BY_CHAT
from storyreel.doors.bot.shown import BACK, CANCEL, Button, Shown, in_rows
from storyreel.doors.bot.step import Incoming, Step, Turn, Work
from storyreel.doors.bot.talk import MENU, Draft, Kind, Price, Talk
from storyreel.doors.bot.troubles import said_of
from storyreel.doors.languages.words import N_
from storyreel.tools import dialog
from storyreel.tools.context import Context
from storyreel.tools.conversation import Conversation, Ending, State
from storyreel.tools.conversation import Turn as Asked
from storyreel.tools.dialog import Accept, Question
from storyreel.tools.film_tool import FilmTool
from storyreel.tools.toolbox import AnyTool

TOOL, PRICE, BEGIN, RUN, DONE = "tool", "toolprice", "toolbegin", "toolrun", "tooldone"
YES, AGAIN, PAYLOAD, BEGINS = "yes", "again", "t:", "b:"
ASKS, TOLD = "asks", "told"
"""What a tool asks while it works, and what it was told."""
LONGEST_RESULT = 3500
TOO_LATE = N_("That was too long ago; begin again.")
BROKEN_OFF = N_("I was restarted meanwhile, and do not know whether it was done. It may have cost, so I did not do it again.")

AnyFilmTool: TypeAlias = FilmTool[Any]


OWN_SCREENS = {
    "make_film": Kind.TEXT.value,
    "animate_image": Kind.PICTURE.value,
    "video_from_references": Kind.REFERENCES.value,
    "estimate": Kind.TEXT.value,
    "film_status": FILMS,
    "retake_shot": FILMS,
    "cancel_film": FILMS,
}
"""Tools for which the bot has fuller screens of its own: what of its menu begins them."""


def tool_steps(following: Following) -> Sequence[Step]:
    """The steps of every tool's dialog."""
    waiting = N_("⏳ One moment…")
    return (
        Step(TOOLS, show_tools, press_tools),
        Step(TOOL, show_tool, press_tool, hear_tool, work=work_tool, waiting=waiting),
        Step(PRICE, show_price, press_price, work=work_price, waiting=N_("🧮 Working out the price…")),
        Step(BEGIN, show_price, press_price, work=begins(following), waiting=N_("🎬 It begins…"), holds=True),
        Step(RUN, show_done, press_done, work=work_run, waiting=waiting, once=True),
        Step(DONE, show_done, press_done, result=True),
    )


async def show_tools(turn: Turn) -> Shown:
    """Every tool that has a dialog, but for those that have screens here."""
    said = turn.said
    some = [tool for tool in turn.booth.toolbox.tools if tool.spec.name not in OWN_SCREENS]
    buttons = [Button(said(tool.dialog.menu_label), f"{BEGINS}{tool.spec.id}") for tool in some if tool.dialog]
    text = said("What else I can do:") if buttons else said("There are no tools here.")
    return Shown(text, (*in_rows(buttons, 2), (Button(said("← Back"), BACK),)))


async def press_tools(turn: Turn, data: str) -> Talk:
    """Begin a tool's dialog."""
    return begun(turn.talk, data.removeprefix(BEGINS)) if data.startswith(BEGINS) else _left(turn.talk)


def begun(talk: Talk, tool: str) -> Talk:
    """The dialog of the tool of that id or name; the bot's own screens where it has fuller ones."""
    own = OWN_SCREENS.get(tool)
    if own is not None:
        return flow.begun(talk, Draft(kind=Kind(own))) if own in set(Kind) else talk.at(own)
    return talk.at(TOOL, working=True, tool={"id": tool}, arguments=None)


async def work_tool(turn: Turn) -> Talk:
    """The first question."""
    asked = await _conversation(turn).start(turn.booth.now())
    return _asked(turn.talk, asked)


async def show_tool(turn: Turn) -> Shown:
    """The question that stands."""
    said, tool = turn.said, turn.talk.tool or {}
    question = Question.model_validate(tool["question"])
    buttons = [Button(said(one.label), f"{PAYLOAD}{one.payload}") for one in question.buttons]
    ways = [] if question.first else [Button(said("← Back"), BACK)]
    ways.append(Button(said("✖️ Cancel"), CANCEL))
    if question.optional:
        ways.append(Button(said("Next →"), f"{PAYLOAD}{dialog.SKIP}"))
    return Shown(f"{said(_tool(turn).spec.title)}\n{said(question.ask)}", (*in_rows(buttons, 2), ways))


async def press_tool(turn: Turn, data: str) -> Talk:
    """An answer by button."""
    if data == CANCEL:
        return _left(turn.talk)
    payload = dialog.BACK if data == BACK else data.removeprefix(PAYLOAD)
    return await _answered(turn, dialog.Incoming(kind=Accept.CHOICE, payload=payload))


async def hear_tool(turn: Turn, incoming: Incoming) -> Talk:
    """An answer in words or pictures."""
    if incoming.problem:
        return turn.talk.model_copy(update={"trouble": incoming.problem})
    kind = Accept.TEXT if not incoming.pictures else Accept.IMAGE_FILE if incoming.as_file else Accept.PHOTO
    return await _answered(turn, dialog.Incoming(kind=kind, text=incoming.text, pictures=incoming.pictures))


async def work_price(turn: Turn) -> Talk:
    """What it would cost; of a tool that makes no film, nobody knows."""
    tool = _tool(turn)
    if not isinstance(tool, FilmTool):
        unknown = Price(expected_usd=None, worst_usd=None, seconds=(0, tool.spec.timeout_s))
        return turn.talk.model_copy(update={"draft": turn.talk.draft_with(price=unknown)})
    quote = await tool.quote(tool.read(turn.talk.arguments or {}), _context(turn, None))
    price = Price(expected_usd=quote.expected_usd, worst_usd=quote.worst_usd, seconds=quote.seconds)
    return turn.talk.model_copy(update={"draft": turn.talk.draft_with(price=price)})


async def show_price(turn: Turn) -> Shown:
    """The price, and the yes."""
    said, price = turn.said, turn.talk.draft.price
    out = (Button(said("← Back"), BACK), Button(said("✖️ Cancel"), CANCEL))
    if price is None:
        return Shown(said("I could not work out a price."), (out,))
    text = f"{said(_tool(turn).spec.title)}\n{cost_text(said, price)}"
    if trouble := await _refused(turn, price):  # told at once, not after a yes
        return Shown(text if turn.talk.trouble else f"⚠️ {trouble}\n\n{text}", (out,))
    label = said("✅ Make it · {price}", price=said.price(price.expected_usd))
    return Shown(text, ((Button(label, YES),), out))


async def press_price(turn: Turn, data: str) -> Talk:
    """Yes, or back to the first question."""
    price = turn.talk.draft.price
    if data == BACK:
        return begun(turn.talk, _tool(turn).spec.id)
    if data != YES or price is None:
        return _left(turn.talk)
    if trouble := await _refused(turn, price):
        return turn.talk.model_copy(update={"trouble": trouble})
    screen = BEGIN if isinstance(_tool(turn), FilmTool) else RUN
    return turn.talk.at(screen, working=True, asked=turn.booth.now())


async def _refused(turn: Turn, price: Price) -> str:
    """Why it is not begun for that price; empty where it is."""
    purse = await turn.booth.guests.purse(owner(turn.place.user))
    return refusal(turn, Cost(price.expected_usd, price.worst_usd), purse)


def begins(following: Following) -> Work:
    """What begins a tool's film."""

    async def work(turn: Turn) -> Talk:
        tool, talk, price = _film_tool(turn), turn.talk, turn.talk.draft.price
        async with turn.booth.guests.one_by_one(owner(turn.place.user)):
            film = await begun_before(turn)
            if film is None:
                if price and (trouble := await _refused(turn, price)):
                    return talk.at(PRICE, trouble=trouble)
                film = await tool.begin(tool.read(talk.arguments or {}), _context(turn, price.worst_usd if price else Decimal(0)))
        await following.begin(film, turn.place, talk.language, talk.panel)
        return _left(talk).model_copy(update={"panel": None, "quiet": True})

    return work


async def work_run(turn: Turn) -> Talk:
    """What a tool does that makes no film; what it writes goes into the chat. One that may cost is not run twice unasked."""
    spends = _tool(turn).spec.spends
    if turn.again and spends:
        return turn.talk.at(DONE, tool={**(turn.talk.tool or {}), "result": turn.said(BROKEN_OFF)}, asked=turn.talk.asked)
    most_usd = (await turn.booth.guests.purse(owner(turn.place.user))).left_usd if spends else Decimal(0)
    with workplace() as folder:
        context = replace(_context(turn, most_usd), cwd=folder, root=folder, local_files=True, attach=attached_to(folder))
        asking = replace(context, answer=asker(dict_of((turn.talk.tool or {}).get(TOLD))))
        try:
            outcome = await _tool(turn).execute(turn.talk.arguments or {}, asking)
        except Unanswered as question:
            return await _asks(turn, question)
        await hand_over(turn, await asyncio.to_thread(written, folder, turn.booth.limits.upload_bytes))
    text = _plain(outcome["output"]) if outcome["success"] is True else said_of(turn.said, outcome["code"], outcome["error"])
    text = text.replace(f"{folder}/", "")  # where it was meanwhile, nobody need know
    return turn.talk.at(DONE, tool={**(turn.talk.tool or {}), "result": text[:LONGEST_RESULT]})


async def _asks(turn: Turn, question: Unanswered) -> Talk:
    """The first step of what the tool asks."""
    turn.booth.asking[turn.place] = question
    asked = await question.conversation(_tool(turn).spec, _context(turn, Decimal(0))).start(turn.booth.now())
    return _asked(turn.talk.at(TOOL, tool={**(turn.talk.tool or {}), ASKS: question.name}), asked)


async def show_done(turn: Turn) -> Shown:
    """What came of it."""
    result = str((turn.talk.tool or {}).get("result", ""))
    again = [Button(turn.said("🔁 Run it again"), AGAIN)] if turn.talk.asked else []  # kept of what was broken off
    return Shown(f"{turn.said(_tool(turn).spec.title)}\n{result}", (again, (Button(turn.said("Menu"), CANCEL),)))


async def press_done(turn: Turn, data: str) -> Talk:
    """To the menu; or once more, from the price on."""
    if data == AGAIN and turn.talk.asked:
        return turn.talk.at(PRICE, working=True)
    return _left(turn.talk)


async def _answered(turn: Turn, incoming: dialog.Incoming) -> Talk:
    """The next question after an answer, or what follows the last one."""
    known = turn.talk.tool or {}
    question = turn.booth.asking.get(turn.place)
    if ASKS in known and (question is None or question.name != known[ASKS]):  # asked before a restart
        return _left(turn.talk).model_copy(update={"trouble": turn.said(TOO_LATE)})
    state = State.model_validate(known["state"])
    asked = await _conversation(turn).hear(state, incoming, turn.booth.now())
    if asked.ending is Ending.CANCELLED:
        return _left(turn.talk)
    if asked.ending is Ending.EXPIRED:
        return _left(turn.talk).model_copy(update={"trouble": turn.said(TOO_LATE)})
    if asked.ending is Ending.DONE and question is not None and ASKS in known:
        del turn.booth.asking[turn.place]
        rest = {name: value for name, value in known.items() if name != ASKS}
        told: dict[str, JSON] = {**dict_of(known.get(TOLD)), question.name: question.told(asked.arguments or {})}
        return turn.talk.at(RUN, working=True, tool={**rest, TOLD: told}, asked=turn.booth.now())
    if asked.ending is Ending.DONE:
        screen = PRICE if isinstance(_tool(turn), FilmTool) or _tool(turn).spec.spends else RUN
        return turn.talk.at(screen, working=True, arguments=asked.arguments)
    return _asked(turn.talk, asked).model_copy(update={"trouble": turn.said(asked.said)})


def _asked(talk: Talk, asked: Asked) -> Talk:
    if asked.state is None or asked.question is None:
        raise InvalidRequest("The tool asks nothing.", field="tool")
    told: dict[str, JSON] = {"state": asked.state.model_dump(mode="json"), "question": asked.question.model_dump(mode="json")}
    return talk.model_copy(update={"tool": {**(talk.tool or {}), **told}})


def _conversation(turn: Turn) -> Conversation:
    question = turn.booth.asking.get(turn.place)
    if question is not None and ASKS in (turn.talk.tool or {}):
        return question.conversation(_tool(turn).spec, _context(turn, Decimal(0)))
    return _tool(turn).conversation(_context(turn, Decimal(0)))


def _context(turn: Turn, most_usd: Decimal | None) -> Context:
    budget = None if most_usd is None else float(most_usd)
    return Context(turn.booth.studio, user=owner(turn.place.user), local_files=False, budget=budget, words=BY_CHAT)


def _tool(turn: Turn) -> AnyTool:
    """Raises InvalidRequest where there is no such tool any more."""
    return turn.booth.toolbox.tool(str((turn.talk.tool or {}).get("id", "")))


def _film_tool(turn: Turn) -> AnyFilmTool:
    tool = _tool(turn)
    if not isinstance(tool, FilmTool):
        raise InvalidRequest(f"{tool.spec.name} makes no film.", field="tool")
    return tool


def _left(talk: Talk) -> Talk:
    return talk.at(MENU, tool=None, arguments=None, draft=talk.draft_with(price=None))


def _plain(result: JSON) -> str:
    """What a tool answered, as a person reads it."""
    return "\n".join(_lines(result))


def _lines(result: JSON, indent: str = "") -> Iterator[str]:
    if isinstance(result, dict):
        for name, value in result.items():
            if isinstance(value, dict | list) and value:
                yield f"{indent}{name.replace('_', ' ')}:"
                yield from _lines(value, f"{indent}  ")
            elif value not in (None, "", [], {}):
                yield f"{indent}{name.replace('_', ' ')}: {value}"
    elif isinstance(result, list):
        for value in result:
            first, *rest = _lines(value, f"{indent}  ") if isinstance(value, dict | list) else [f"{indent}{value}"]
            yield f"{indent}• {first.strip()}"
            yield from rest
    else:
        yield f"{indent}{result}"
