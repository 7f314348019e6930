"""What a change makes and why, what has aged, and the cuts: in words and as values."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from storyreel.domain.film import Cut, Film, ShotReport
from storyreel.domain.generation import KEYFRAME, GenerationState, Take, is_keyframe
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import JSON
from storyreel.doors.cli.agreeing import quote_text, say_notes
from storyreel.doors.cli.render import clock, shot_object
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.voice import Voice
from storyreel.doors.languages.words import N_

if TYPE_CHECKING:
    from storyreel.production.change import Change

_REASONS = {
    "asked": N_("another take is wanted"),
    "missing": N_("it has no take yet"),
    "begun": N_("a change before this one wants it"),
    "model": N_("another model is to make it"),
}


def say_change(screen: Screen, change: "Change", film: Film) -> None:
    """What a change makes, each with its reason; what stays though it has aged; the price of exactly that."""
    said, board = screen.said, change.storyboard
    say_notes(screen, change.notes)
    for number, (name, reasons) in enumerate(change.reasons.items()):
        told = said("{shot}: {reasons}", shot=called(said, board, name), reasons=reasons_text(said, reasons))
        spared = said(", made before: not paid again") if name in change.at_hand else ""
        screen.say("" if number else said("Making"), told + spared)
    if not change.reasons:
        screen.say(said("Making"), said("no shot; the film is cut anew of the takes there are"))
    for number, (name, fields) in enumerate(change.stays.items()):
        told = said("{shot}, though changed: {fields}", shot=called(said, board, name), fields=fields_text(said, fields))
        screen.say("" if number else said("Stays"), told)
    gone = [shot.id for shot in film.storyboard.shots if shot.id not in {one.id for one in board.shots}]
    if gone:
        screen.say(said("Gone"), said("{shots}; the takes are kept", shots=", ".join(gone)))
    order, costs = change.order, change.quote.expected_usd != 0
    told = quote_text(said, change.quote, order.retakes, fallbacks=bool(order.fallbacks))
    screen.say(said("Quote"), told if costs else said("nothing is paid"))


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


def reasons_text(said: Voice, reasons: Sequence[str]) -> str:
    """Why something is made, as a person is told."""
    known = [said(_REASONS[reason]) for reason in reasons if reason in _REASONS]
    fields = [reason for reason in reasons if reason not in _REASONS]
    return "; ".join(known + ([said("changed: {fields}", fields=fields_text(said, fields))] if fields else []))


def fields_text(said: Voice, fields: Sequence[str]) -> str:
    """Fields as a person reads them."""
    return ", ".join(said.word(field) for field in fields)


def called(said: Voice, board: Storyboard, name: str) -> str:
    """What a person calls a shot or a keyframe: 'shot 2'."""
    shot = name.removesuffix(KEYFRAME)
    number = next((number for number, one in enumerate(board.shots, start=1) if one.id == shot), 0)
    return said("keyframe {number}", number=number) if is_keyframe(name) else said("shot {number}", number=number)


def say_aged(screen: Screen, film: Film, stale: Mapping[str, Sequence[str]], locked: frozenset[str]) -> None:
    """Which takes are not what the storyboard asks for any more, and which shots are locked."""
    said, board = screen.said, film.storyboard
    for number, (name, fields) in enumerate(stale.items()):
        told = said("{shot}, changed since: {fields}", shot=called(said, board, name), fields=fields_text(said, fields))
        screen.say("" if number else said("Aged"), told)
    if locked:
        screen.say(said("Locked"), ", ".join(called(said, board, shot.id) for shot in board.shots if shot.id in locked))


def say_cuts(screen: Screen, film: Film, cuts: Sequence[Cut]) -> None:
    """How many cuts there are, and how an earlier one is had."""
    said = screen.said
    if len(cuts) > 1:
        lengths = ", ".join(f"{cut.number} ({clock(cut.seconds)})" for cut in cuts)
        told = said.ngettext(
            "{number} cut: {lengths}; have one:", "{number} cuts: {lengths}; have one:", len(cuts), lengths=lengths
        )
        screen.say(said("Cuts"), f"{told}  storyreel cut {film.id} {cuts[0].number}")


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
    said = screen.said
    told: list[tuple[int, str]] = []
    for shot in shots:
        ready = [take for take in takes.get(shot.id, ()) if take.state is GenerationState.READY]
        if shot.take is not None and len(ready) > 1:
            numbers = [said("{number} in use", number=one.number) if one.id == shot.take.id else str(one.number) for one in ready]
            told.append((shot.index, said("shot {number}: ", number=shot.index) + ", ".join(numbers)))
    for number, (_, text) in enumerate(told):
        screen.say("" if number else said("Takes"), text)
    if told:
        screen.say("", f"{said('use another:')}  storyreel select {film.id} {told[0][0]} TAKE")
