"""The second pass: how each shot is seen. The answer holds choices and numbers, so the words stay as they are."""

import json

from storyreel.domain.film import Brief
from storyreel.domain.storyboard import JoinKind, Light, Move, Shot, ShotSize, Storyboard, Subject
from storyreel.domain.values import FPS
from storyreel.writing.assemble import lengths_for
from storyreel.writing.lint.remark import key_of
from storyreel.writing.llm.answers import FilmSeen, ShotSeen, SubjectSeen
from storyreel.writing.llm.ask import Writer, instructions_for
from storyreel.writing.llm.board import in_scenes
from storyreel.writing.visual.framing import FAR_TO_NEAR
from storyreel.writing.visual.timing import STEP_FRAMES, words_need

MOST_SHOTS_AT_ONCE = 60
SHORTEST_S, SHORTEST_MOVING_S, LONGEST_S = 2.0, 3.0, 12.0


async def seen_by(board: Storyboard, brief: Brief, writer: Writer) -> tuple[Storyboard, int]:
    """The storyboard with the model's choices, and how many shots it chose nothing for. Raises what `Writer.ask` raises."""
    shots = board.shots
    chosen: dict[int, ShotSeen] = {}
    for start in range(0, len(shots), MOST_SHOTS_AT_ONCE):
        numbers = range(start + 1, min(start + MOST_SHOTS_AT_ONCE, len(shots)) + 1)

        def check(answer: FilmSeen, numbers: range = numbers) -> str | None:
            missing = sorted(set(numbers) - {one.number for one in answer.shots})
            return f"These shots are missing: {', '.join(map(str, missing))}. Give one answer for each." if missing else None

        answer = await writer.ask(instructions_for("visual"), question_of(board, numbers), FilmSeen, check)
        chosen |= {one.number: one for one in reversed(answer.shots) if one.number in numbers}
    return _overlaid(board, chosen, brief), len(shots) - len(chosen)


def question_of(board: Storyboard, numbers: range) -> str:
    """The shots as JSON, with all that the choices depend on and the rules' own choices as a proposal."""
    told = [_told(number, board.shots[number - 1], board) for number in numbers]
    return json.dumps({"shots": told}, ensure_ascii=False)


def _told(number: int, shot: Shot, board: Storyboard) -> dict[str, object]:
    location = board.location_of(shot.id)
    words = board.source[shot.words.start : shot.words.end].strip() if shot.words else ""
    return {
        "number": number,
        "beat": shot.beat,
        "description": shot.description,
        "words_of_the_story": words,
        "place": location.name if location else "",
        "spoken": [line.words for line in shot.dialogue],
        "size": shot.size.value,
        "angle": shot.angle.value,
        "move": shot.move.value,
        "pace": shot.pace.value,
        "seconds": shot.seconds,
        "time_of_day": shot.time_of_day.value,
        "weather": shot.weather.value,
        "light_source": shot.light.source.value,
        "light_direction": shot.light.direction.value,
        "mood": shot.mood.value,
        "join": shot.join.value,
        "subjects": [
            {"number": at, "name": one.name, "pose": one.pose.value, "position": one.position.value, "facing": one.facing.value}
            for at, one in enumerate(shot.subjects, start=1)
        ],
    }


def _overlaid(board: Storyboard, chosen: dict[int, ShotSeen], brief: Brief) -> Storyboard:
    shots = [_seen(shot, chosen.get(number)) for number, shot in enumerate(board.shots, start=1)]
    needs = [words_need(shot.dialogue, board.language) for shot in shots]
    natural = [_natural(shot, chosen.get(number), need) for number, (shot, need) in enumerate(zip(shots, needs, strict=True), 1)]
    lengths = lengths_for(natural, needs, brief)
    timed = [shot.model_copy(update={"seconds": seconds}) for shot, seconds in zip(shots, lengths, strict=True)]
    return _joined(in_scenes(board, tuple(_unlike(timed))))


def _seen(shot: Shot, told: ShotSeen | None) -> Shot:
    if told is None:
        return shot
    return shot.model_copy(
        update={
            "size": told.size,
            "angle": told.angle,
            "move": told.move,
            "pace": told.pace,
            "time_of_day": told.time_of_day,
            "weather": told.weather,
            "light": Light(source=told.light_source, direction=told.light_direction),
            "mood": told.mood,
            "join": JoinKind(told.join),
            "subjects": _placed(shot.subjects, told.subjects),
        }
    )


def _placed(subjects: tuple[Subject, ...], told: list[SubjectSeen]) -> tuple[Subject, ...]:
    """The subjects as the model places them; numbers that it made up are nobody's."""
    by_number = {one.number: one for one in told}
    return tuple(
        one.model_copy(update={"pose": seen.pose, "position": seen.position, "facing": seen.facing})
        if (seen := by_number.get(number))
        else one
        for number, one in enumerate(subjects, start=1)
    )


def _natural(shot: Shot, told: ShotSeen | None, need_s: float) -> float:
    """The length that the model gave, within reason, and long enough for what is said; whole quarters of a second."""
    least = SHORTEST_S if shot.move is Move.STATIC else SHORTEST_MOVING_S
    wished = told.seconds if told else shot.seconds
    seconds = max(min(max(wished, least), LONGEST_S), need_s)
    return -(-round(seconds * FPS) // STEP_FRAMES) * STEP_FRAMES / FPS


def _unlike(shots: list[Shot]) -> list[Shot]:
    """No shot repeats the size and angle of the one before on the same subjects: it goes two steps nearer or farther."""
    kept: list[Shot] = []
    for shot in shots:
        before = kept[-1] if kept else None
        same = before is not None and (before.size, before.angle) == (shot.size, shot.angle)
        if before and same and {*map(key_of, before.subjects)} == {*map(key_of, shot.subjects)}:
            shot = shot.model_copy(update={"size": _apart(shot.size)})  # noqa: PLW2901
        kept.append(shot)
    return kept


def _apart(size: ShotSize) -> ShotSize:
    at = FAR_TO_NEAR.index(size)
    return FAR_TO_NEAR[at + 2 if at + 2 < len(FAR_TO_NEAR) else at - 2]


def _joined(board: Storyboard) -> Storyboard:
    """Joins that can be: the first shot follows nothing, action goes on only within a scene, time passes only between two."""
    first = {scene.shots[0].id for scene in board.scenes}
    fixed: dict[str, JoinKind] = {}
    for number, shot in enumerate(board.shots):
        opens = shot.id in first
        wrong = (shot.join is JoinKind.KEYFRAME and opens) or (shot.join is JoinKind.DISSOLVE and not opens)
        fixed[shot.id] = JoinKind.CUT if number == 0 or wrong else shot.join
    scenes = tuple(
        scene.model_copy(update={"shots": tuple(shot.model_copy(update={"join": fixed[shot.id]}) for shot in scene.shots)})
        for scene in board.scenes
    )
    return board.model_copy(update={"scenes": scenes})
