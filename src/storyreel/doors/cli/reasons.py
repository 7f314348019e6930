"""What a change makes and why, what has aged, and the cuts: in words and as values."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from storyreel.domain.film import Cut, Film, ShotReport
from storyreel.domain.generation import KEYFRAME, GenerationState, Take, is_keyframe
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import JSON
from storyreel.doors.cli.agreeing import quote_text
from storyreel.doors.cli.render import clock, counted, shot_object
from storyreel.doors.cli.screen import Screen

if TYPE_CHECKING:
    from storyreel.production.change import Change

_REASONS = {
    "asked": "another take is wanted",
    "missing": "it has no take yet",
    "begun": "a change before this one wants it",
    "model": "another model is to make it",
}


def say_change(screen: Screen, change: "Change", film: Film) -> None:
    """What a change makes, each with its reason; what stays though it has aged; the price of exactly that."""
    for note in change.notes:
        screen.say("Note", note)
    for number, (name, reasons) in enumerate(change.reasons.items()):
        spared = ", made before: not paid again" if name in change.at_hand else ""
        screen.say("" if number else "Making", f"{called(change.storyboard, name)}: {reasons_text(reasons)}{spared}")
    if not change.reasons:
        screen.say("Making", "no shot; the film is cut anew of the takes there are")
    for number, (name, fields) in enumerate(change.stays.items()):
        screen.say("" if number else "Stays", f"{called(change.storyboard, name)}, though changed: {fields_text(fields)}")
    gone = [shot.id for shot in film.storyboard.shots if shot.id not in {one.id for one in change.storyboard.shots}]
    if gone:
        screen.say("Gone", f"{', '.join(gone)}; the takes are kept")
    order, costs = change.order, change.quote.expected_usd != 0
    told = quote_text(change.quote, order.retakes, fallbacks=bool(order.fallbacks))
    screen.say("Quote", told if costs else "nothing is paid")


def change_object(change: "Change", film: Film) -> dict[str, JSON]:
    """The object that `--quote --json` prints."""
    quote = change.quote
    least, most = quote.seconds
    ids = [shot.id for shot in change.storyboard.shots]
    return {
        "film": change.film,
        "what": change.what,
        "makes": [
            {"shot": name, "reasons": [*reasons], "at_hand": name in change.at_hand} for name, reasons in change.reasons.items()
        ],
        "stays": [{"shot": name, "changed": [*fields]} for name, fields in change.stays.items()],
        "gone": [shot.id for shot in film.storyboard.shots if shot.id not in ids],
        "quote_usd": None if quote.expected_usd is None else float(quote.expected_usd),
        "worst_usd": None if quote.worst_usd is None else float(quote.worst_usd),
        "seconds": [least, most],
        "notes": [*change.notes],
    }


def reasons_text(reasons: Sequence[str]) -> str:
    """Why something is made, as a person is told."""
    known = [_REASONS[reason] for reason in reasons if reason in _REASONS]
    fields = [reason for reason in reasons if reason not in _REASONS]
    return "; ".join(known + ([f"changed: {fields_text(fields)}"] if fields else []))


def fields_text(fields: Sequence[str]) -> str:
    """Fields as a person reads them."""
    return ", ".join(field.replace("_", " ") for field in fields)


def called(board: Storyboard, name: str) -> str:
    """What a person calls a shot or a keyframe: 'shot 2'."""
    shot = name.removesuffix(KEYFRAME)
    number = next((number for number, one in enumerate(board.shots, start=1) if one.id == shot), 0)
    return f"{'keyframe' if is_keyframe(name) else 'shot'} {number}"


def say_aged(screen: Screen, film: Film, stale: Mapping[str, Sequence[str]], locked: frozenset[str]) -> None:
    """Which takes are not what the storyboard asks for any more, and which shots are locked."""
    for number, (name, fields) in enumerate(stale.items()):
        screen.say("" if number else "Aged", f"{called(film.storyboard, name)}, changed since: {fields_text(fields)}")
    if locked:
        screen.say("Locked", ", ".join(called(film.storyboard, shot.id) for shot in film.storyboard.shots if shot.id in locked))


def say_cuts(screen: Screen, film: Film, cuts: Sequence[Cut]) -> None:
    """How many cuts there are, and how an earlier one is had."""
    if len(cuts) > 1:
        lengths = ", ".join(f"{cut.number} ({clock(cut.seconds)})" for cut in cuts)
        screen.say("Cuts", f"{counted(len(cuts), 'cut')}: {lengths}; have one:  storyreel cut {film.id} {cuts[0].number}")


def cut_object(cut: Cut) -> dict[str, JSON]:
    """One cut of `show --json`."""
    return {"number": cut.number, "seconds": cut.seconds, "takes": [*cut.takes], "created": cut.created.isoformat()}


def shots_changed(
    shots: Sequence[ShotReport],
    unbilled: Collection[str],
    stale: Mapping[str, Sequence[str]],
    locked: Collection[str],
    takes: Mapping[str, Sequence[Take]],
) -> list[JSON]:
    """The shots of `show --json`: each with what changed since its take was made, whether it is locked, and all its takes."""
    rows: list[JSON] = []
    for shot in shots:
        told: dict[str, JSON] = {"changed": [*stale.get(shot.id, ())], "locked": shot.id in locked}
        told["takes"] = [_take_object(take) for take in takes.get(shot.id, ())]
        rows.append({**shot_object(shot, unbilled), **told})
    return rows


def _take_object(take: Take) -> dict[str, JSON]:
    return {
        "number": take.number,
        "id": take.id,
        "state": take.state.value,
        "model": take.model,
        "seed": take.request.seed,
        "cost_usd": float(take.cost_usd),
    }


def say_takes(screen: Screen, film: Film, shots: Sequence[ShotReport], takes: Mapping[str, Sequence[Take]]) -> None:
    """Which other takes shots have, and how one is chosen."""
    told: list[tuple[int, str]] = []
    for shot in shots:
        ready = [take for take in takes.get(shot.id, ()) if take.state is GenerationState.READY]
        if shot.take is not None and len(ready) > 1:
            numbers = ", ".join(f"{take.number}{' in use' if take.id == shot.take.id else ''}" for take in ready)
            told.append((shot.index, f"shot {shot.index}: {numbers}"))
    for number, (_, text) in enumerate(told):
        screen.say("" if number else "Takes", text)
    if told:
        screen.say("", f"use another:  storyreel select {film.id} {told[0][0]} TAKE")
