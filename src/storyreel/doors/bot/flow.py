"""The order of a film's questions, and the buttons that every one of them has."""

from collections.abc import Sequence

from storyreel.doors.bot.shown import BACK, CANCEL, NEXT, RETURN, Button, Row
from storyreel.doors.bot.step import Turn
from storyreel.doors.bot.talk import MENU, Draft, Kind, Talk

MODEL, LOOK, PICTURES, WORDS, LENGTH, BOARD, SUMMARY, BEGIN = (
    *("model", "look", "pictures", "words", "length", "board", "summary", "begin"),
)

FLOWS: dict[Kind, Sequence[str]] = {
    Kind.TEXT: (MODEL, LOOK, WORDS, LENGTH, BOARD, SUMMARY),
    Kind.PICTURE: (PICTURES, MODEL, LOOK, WORDS, LENGTH, SUMMARY),
    Kind.REFERENCES: (PICTURES, MODEL, LOOK, WORDS, LENGTH, BOARD, SUMMARY),
}

TO = "to:"
"""Begins what a button sends that leads to a step by its name."""


def entered(talk: Talk, screen: str, draft: Draft | None = None) -> Talk:
    """The dialog at a step; a step that has something to work out begins with that."""
    moved = talk.at(screen, draft=draft or talk.draft)
    return moved.model_copy(update={"working": _has_work(moved.draft, screen)})


def begun(talk: Talk, draft: Draft) -> Talk:
    """The first step of a film."""
    return entered(talk, FLOWS[draft.kind][0], draft=draft)


def after(talk: Talk, draft: Draft | None = None) -> Talk:
    """The next step."""
    flow = FLOWS[talk.draft.kind]
    return entered(talk, flow[min(_place(talk, flow) + 1, len(flow) - 1)], draft)


def before(talk: Talk) -> Talk:
    """The step before; the menu before the first one."""
    flow = FLOWS[talk.draft.kind]
    place = _place(talk, flow)
    return entered(talk, flow[place - 1]) if place else talk.at(MENU, draft=Draft())


def led(talk: Talk, data: str) -> Talk | None:
    """Where a button leads that every step has; None for a step's own."""
    if data == CANCEL:
        return talk.at(MENU, draft=Draft())
    if data == BACK:
        return before(talk)
    if data == NEXT:
        return after(talk)
    return entered(talk, data.removeprefix(TO)) if data.startswith(TO) else None


def ways(turn: Turn, *own: Button, onward: bool = False) -> Row:
    """The last row of a step: back, out, and on."""
    said = turn.said
    on = (Button(said("Next →"), NEXT),) if onward else ()
    return (Button(said("← Back"), BACK), Button(said("✖️ Cancel"), CANCEL), *own, *on)


def out_of(turn: Turn) -> Row:
    """The last row of what is no part of a dialog: to the one that was left for it, or to the menu."""
    back = (Button(turn.said("← Back to where I was"), RETURN),) if turn.talk.aside else ()
    return (*back, Button(turn.said("Menu"), CANCEL))


def _place(talk: Talk, flow: Sequence[str]) -> int:
    """Which of the steps it stands at; a film that could not be begun stands past the last."""
    return flow.index(talk.screen) if talk.screen in flow else len(flow)


def _has_work(draft: Draft, screen: str) -> bool:
    """Whether a step must be worked out first."""
    return (screen == BOARD and draft.storyboard is None) or screen == SUMMARY
