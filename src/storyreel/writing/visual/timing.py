"""How long each shot lasts: by what it is for and what is said in it, and exactly what was asked, to the frame."""

from storyreel.domain.storyboard import Line, Move
from storyreel.domain.values import FPS, Language
from storyreel.writing.split.beats import speech_seconds
from storyreel.writing.visual.drafts import Draft, Role
from storyreel.writing.visual.moments import Moment

BREATH_S = 0.5  # before and after what is said
LEAST_FRAMES = FPS // 2  # of a shot, where a length was asked for
STEP_FRAMES = FPS // 4  # natural lengths are whole quarters of a second
_BY_ROLE = {
    Role.ESTABLISH: 4.5,
    Role.OPENING: 4.0,
    Role.SKY: 3.5,
    Role.FACE: 2.75,
    Role.DETAIL: 2.5,
    Role.HANDS: 2.5,
    Role.FEET: 2.5,
    Role.LIGHT: 3.0,
    Role.BEHIND: 3.5,
    Role.FAR: 5.0,
    Role.AGAIN: 3.0,
}
_LEAST_MOVING_S = 3.0


def words_need(lines: tuple[Line, ...], language: Language) -> float:
    """The least that a shot must last for its lines to be said; nothing where nothing is said."""
    if not lines:
        return 0.0
    return sum(speech_seconds(line.words, language) for line in lines) + 2 * BREATH_S


def natural_seconds(draft: Draft, moment: Moment, move: Move, language: Language) -> float:
    """What a shot would last if nobody had asked for a length."""
    main = draft.role is Role.MAIN
    if main and moment.asked.seconds:
        return moment.asked.seconds
    seconds = moment.intent.seconds if main else _BY_ROLE[draft.role]
    if move is not Move.STATIC:
        seconds = max(seconds, _LEAST_MOVING_S)
    if main:
        seconds += min(len(moment.words) / (40 if language is Language.CHINESE else 120), 1.5)
        seconds = max(seconds, words_need(moment.lines, language)) if moment.lines else seconds
    return max(STEP_FRAMES, -(-round(seconds * FPS) // STEP_FRAMES) * STEP_FRAMES) / FPS


def fitted(natural: list[float], needs: list[float], total_seconds: float) -> list[float]:
    """Lengths in the proportions of the natural ones that sum to a total, to the frame; words get their time if there is room."""
    frames = round(total_seconds * FPS)
    least = [min(max(LEAST_FRAMES, round(need * FPS)), frames) for need in needs]
    if sum(least) > frames:
        least = [LEAST_FRAMES] * len(natural)
    shares = _shares(natural, least, frames)
    return [share / FPS for share in shares]


def _shares(natural: list[float], least: list[int], frames: int) -> list[int]:
    fixed: dict[int, int] = {}
    while True:
        free = [index for index in range(len(natural)) if index not in fixed]
        left = frames - sum(fixed.values())
        whole = sum(natural[index] for index in free)
        short = [index for index in free if left * natural[index] / whole < least[index]]
        if not short or not free:
            break
        fixed |= {index: least[index] for index in short}
        if len(fixed) == len(natural):
            break
    shares = dict(fixed)
    free = [index for index in range(len(natural)) if index not in fixed]
    left = frames - sum(fixed.values())
    whole = sum(natural[index] for index in free) or 1.0
    for index in free:
        shares[index] = max(least[index], int(left * natural[index] / whole) // STEP_FRAMES * STEP_FRAMES or least[index])
    return _rest_given(shares, frames, sorted(range(len(natural)), key=lambda index: (-natural[index], index)))


def _rest_given(shares: dict[int, int], frames: int, longest_first: list[int]) -> list[int]:
    rest = frames - sum(shares.values())
    step = STEP_FRAMES if rest > 0 else -STEP_FRAMES
    turn = 0
    while abs(rest) >= STEP_FRAMES and turn < 10_000:
        index = longest_first[turn % len(longest_first)]
        if shares[index] + step >= LEAST_FRAMES:
            shares[index] += step
            rest -= step
        turn += 1
    index = next((one for one in longest_first if shares[one] + rest >= 1), longest_first[0])
    shares[index] += rest
    return [shares[index] for index in range(len(shares))]
