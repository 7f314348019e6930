"""The one camera move of every shot, and its pace: by intent, never two of a kind in a row, at most half of them strong."""

from storyreel.domain.storyboard import Facing, Mood, Move, Pace, Weather
from storyreel.writing.visual.drafts import Draft, Role
from storyreel.writing.visual.moments import Moment

STRONG = frozenset({Move.TRACK_LEFT, Move.TRACK_RIGHT, Move.CRANE_UP, Move.CRANE_DOWN, Move.ORBIT, Move.HANDHELD})
_MIRRORED = {
    Move.PAN_RIGHT: Move.PAN_LEFT,
    Move.PAN_LEFT: Move.PAN_RIGHT,
    Move.TRACK_RIGHT: Move.TRACK_LEFT,
    Move.TRACK_LEFT: Move.TRACK_RIGHT,
}
_BY_ROLE: dict[Role, tuple[Move, ...]] = {
    Role.ESTABLISH: (Move.PUSH_IN, Move.PAN_RIGHT, Move.CRANE_DOWN, Move.STATIC),
    Role.OPENING: (Move.PUSH_IN, Move.PAN_RIGHT, Move.STATIC),
    Role.SKY: (Move.TILT_DOWN, Move.PAN_RIGHT, Move.STATIC),
    Role.FACE: (Move.PUSH_IN, Move.STATIC),
    Role.DETAIL: (Move.STATIC, Move.PUSH_IN),
    Role.HANDS: (Move.STATIC, Move.TILT_UP),
    Role.FEET: (Move.STATIC, Move.TRACK_RIGHT),
    Role.LIGHT: (Move.PAN_RIGHT, Move.STATIC, Move.TILT_UP),
    Role.BEHIND: (Move.STATIC, Move.PUSH_IN),
    Role.FAR: (Move.PULL_OUT, Move.CRANE_UP, Move.STATIC),
    Role.AGAIN: (Move.STATIC, Move.PUSH_IN, Move.PAN_RIGHT, Move.PULL_OUT, Move.TILT_UP, Move.TILT_DOWN),
}


_OPENINGS: dict[Mood, tuple[Move, ...]] = {
    Mood.CALM: (Move.PAN_RIGHT, Move.STATIC, Move.PUSH_IN),
    Mood.JOY: (Move.CRANE_DOWN, Move.PAN_RIGHT, Move.TILT_DOWN),
    Mood.FEAR: (Move.PUSH_IN, Move.STATIC, Move.TILT_DOWN),
    Mood.SORROW: (Move.STATIC, Move.PULL_OUT, Move.PAN_RIGHT),
    Mood.WONDER: (Move.TILT_UP, Move.CRANE_UP, Move.PUSH_IN),
    Mood.TENSION: (Move.TRACK_RIGHT, Move.PUSH_IN, Move.TILT_UP),
    Mood.WARMTH: (Move.PUSH_IN, Move.CRANE_DOWN, Move.PAN_RIGHT),
}
_ENDINGS: dict[Mood, tuple[Move, ...]] = {
    Mood.CALM: (Move.PULL_OUT, Move.STATIC, Move.CRANE_UP),
    Mood.JOY: (Move.CRANE_UP, Move.TILT_UP, Move.PULL_OUT),
    Mood.FEAR: (Move.STATIC, Move.PULL_OUT),
    Mood.SORROW: (Move.PULL_OUT, Move.STATIC),
    Mood.WONDER: (Move.CRANE_UP, Move.TILT_UP, Move.PULL_OUT),
    Mood.TENSION: (Move.STATIC, Move.PUSH_IN),
    Mood.WARMTH: (Move.PUSH_IN, Move.STATIC, Move.PULL_OUT),
}


def moves(drafts: tuple[Draft, ...], moments: tuple[Moment, ...], facings: list[Facing], seed: int) -> list[tuple[Move, Pace]]:
    """A move and its pace for each shot; what the text asks for stands as it is."""
    chosen: list[tuple[Move, Pace]] = []
    strong = 0
    for index, draft in enumerate(drafts):
        moment = moments[draft.beat]
        asked = moment.asked if draft.role is Role.MAIN else None
        if asked and asked.move:
            chosen.append((asked.move, asked.pace or Pace.SLOW))
            strong += asked.move in STRONG
            continue
        before = [move for move, _ in chosen]
        room = strong < (index + 2) // 2 and strong < max(1, len(drafts) // 2)
        move = next(
            (
                one
                for one in _options(draft, moment, facings[index], seed, is_first=index == 0, is_last=index == len(drafts) - 1)
                if _fits(one, before, room)
            ),
            Move.STATIC,
        )
        strong += move in STRONG
        chosen.append((move, _pace(draft, moment, move)))
    return chosen


def _options(draft: Draft, moment: Moment, facing: Facing, seed: int, *, is_first: bool, is_last: bool) -> tuple[Move, ...]:
    main, mood = draft.role is Role.MAIN, moment.setting.mood
    wanted = _told(moment) if main else _BY_ROLE[draft.role]
    if is_first and draft.role in {Role.ESTABLISH, Role.OPENING, Role.SKY}:
        wanted = (*_turned(_OPENINGS[mood], seed), *wanted)
    elif is_last and (main or draft.role in {Role.FAR, Role.FACE, Role.BEHIND}):
        wanted = _turned(_ENDINGS[mood] if draft.role is not Role.FACE else (Move.PUSH_IN, Move.STATIC), seed)
    mirrored = tuple(_MIRRORED.get(one, one) for one in wanted) if facing is Facing.LEFT else wanted
    spare = (Move.PUSH_IN, Move.STATIC, Move.PULL_OUT) if draft.role in {Role.MAIN, Role.ESTABLISH} else ()
    return (*mirrored, *spare)


def _told(moment: Moment) -> tuple[Move, ...]:
    """The moves that what happens asks for."""
    wanted = moment.intent.moves
    if not moment.actors and moment.intent.id not in {"nature", "arrive", "leave", "fly"}:
        wanted = (Move.PUSH_IN, Move.PAN_RIGHT, Move.STATIC)
    if moment.setting.weather is Weather.STORM and moment.intent.id in {"travel", "chase", "fight", "fall"}:
        wanted = (Move.HANDHELD, *wanted)
    return wanted


def _turned(options: tuple[Move, ...], seed: int) -> tuple[Move, ...]:
    at = seed % len(options)
    return (*options[at:], *options[:at])


def kind_of(move: Move) -> str:
    """Pan, tilt, track, crane...: a move without its direction."""
    return move.value.split(" ")[0] if move not in {Move.PUSH_IN, Move.PULL_OUT} else move.value


def _fits(move: Move, before: list[Move], room: bool) -> bool:
    if move in STRONG and (not room or (move is Move.ORBIT and Move.ORBIT in before)):
        return False
    if not before:
        return True
    if move is Move.STATIC:
        return before[-2:] != [Move.STATIC, Move.STATIC]
    if {before[-1], move} == {Move.PUSH_IN, Move.PULL_OUT}:
        return False
    pans = [one for one in before[-2:] if kind_of(one) == "pan"]
    return kind_of(move) != kind_of(before[-1]) and not (kind_of(move) == "pan" and pans and pans[-1] is not move)


def _pace(draft: Draft, moment: Moment, move: Move) -> Pace:
    if move is Move.STATIC or draft.role is not Role.MAIN:
        return Pace.SLOW
    return moment.intent.pace
