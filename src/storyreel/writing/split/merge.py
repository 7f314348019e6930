"""More beats than shots: neighbours become one, the shortest first, in the same scene while there is a choice."""

import heapq
import re
from dataclasses import replace

from storyreel.writing.split.pieces import Beat

_ACROSS = 10_000  # characters that a merge across scenes weighs more


def merged(beats: tuple[Beat, ...], scenes: tuple[int, ...], count: int) -> tuple[Beat, ...]:
    """The beats as `count` beats; each is the run of its parts."""
    alive = dict(enumerate(beats))
    scene = list(scenes)
    following = {index: index + 1 for index in range(len(beats) - 1)}
    before = {index + 1: index for index in range(len(beats) - 1)}
    heap = [(_weight(beats[at], beats[at + 1], scene[at] != scene[at + 1]), at, at + 1) for at in range(len(beats) - 1)]
    heapq.heapify(heap)
    while len(alive) > count and heap:
        weight, left, right = heapq.heappop(heap)
        if (
            left not in alive
            or following.get(left) != right
            or weight != _weight(alive[left], alive[right], scene[left] != scene[right])
        ):
            continue
        alive[left] = _joined(alive[left], alive.pop(right))
        after = following.pop(right, None)
        following.pop(left)
        if after is not None:
            following[left], before[after] = after, left
            heapq.heappush(heap, (_weight(alive[left], alive[after], scene[left] != scene[after]), left, after))
        if left in before:
            ahead = before[left]
            heapq.heappush(heap, (_weight(alive[ahead], alive[left], scene[ahead] != scene[left]), ahead, left))
    return tuple(alive[index] for index in sorted(alive))


def _weight(left: Beat, right: Beat, across: bool) -> int:
    return right.end - left.start + (_ACROSS if across else 0)


def _joined(left: Beat, right: Beat) -> Beat:
    return replace(
        left,
        end=right.end,
        text=_sentence_joined(left.text, right.text),
        speech=(*left.speech, *right.speech),
        lead=left.lead if left.text else f"{left.lead} {right.lead}".strip(),
        heading=left.heading or (right.heading if not left.text else None),
        listed=left.listed,
        merged=left.merged + right.merged,
    )


def _sentence_joined(left: str, right: str) -> str:
    if not left or not right:
        return left or right
    if left[-1] in ".!?…":
        return f"{left} {right[0].upper()}{right[1:]}"
    chinese = bool(re.search(r"[\u3400-\u9fff]", left[-1:] + right[:1])) or left[-1] in "。！？，；"
    if chinese:
        return left + right if left[-1] in "。！？" else re.sub(r"[，；、,;]+$", "", left) + "。" + right
    return f"{re.sub(r'[,;]+$', '', left)}. {right[0].upper()}{right[1:]}"
