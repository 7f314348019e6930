"""More shots than were asked for: coverage goes first, from the beats that have most of it; then neighbours become one."""

from dataclasses import replace

from storyreel.domain.storyboard import Span
from storyreel.writing.llm.story import Told


def no_more_than(beats: tuple[Told, ...], count: int) -> tuple[Told, ...]:
    """The beats with at most `count` shots in all; every character keeps its beat's or its neighbour's."""
    kept = list(beats)
    while _shots(kept) > count:
        most = max(range(len(kept)), key=lambda at: len(kept[at].shots))
        if len(kept[most].shots) > 1:
            shots = kept[most].shots
            last = max(at for at, one in enumerate(shots) if not one.main)
            kept[most] = replace(kept[most], shots=(*shots[:last], *shots[last + 1 :]))
            continue
        if len(kept) == 1:
            break
        at = min(range(len(kept) - 1), key=lambda one: _weight(kept[one], kept[one + 1]))
        kept[at : at + 2] = [_joined(kept[at], kept[at + 1])]
    return tuple(kept)


def _shots(beats: list[Told]) -> int:
    return sum(len(beat.shots) for beat in beats)


def _weight(left: Told, right: Told) -> int:
    """Neighbours of one place are joined before those of two, the shortest first."""
    return right.span.end - left.span.start + (10_000 if left.place != right.place else 0)


def _joined(left: Told, right: Told) -> Told:
    """Two beats as one, shown by the picture of the longer."""
    longer = max(left, right, key=lambda one: one.span.end - one.span.start)
    return Told(Span(start=left.span.start, end=right.span.end), left.place, (*left.lines, *right.lines), longer.shots)
