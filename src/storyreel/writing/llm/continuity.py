"""The continuity pass: every shot's description improved in view of its neighbours, all at once.

What fails stays as it was, with a warning; the film goes on.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Collection

from storyreel.accounts import Account
from storyreel.domain.errors import StoryreelError
from storyreel.domain.storyboard import Finding, Severity, Shot, Storyboard
from storyreel.lexicon import language_of
from storyreel.writing.llm.answers import Improved
from storyreel.writing.llm.ask import Writer, instructions_for, writer_for
from storyreel.writing.llm.costs import Spent
from storyreel.writing.llm.faults import unusable, why
from storyreel.writing.llm.model import model_named
from storyreel.writing.llm.write import Written
from storyreel.writing.words import row_words

LONGEST = 800  # characters of a description


async def improve_continuity(
    storyboard: Storyboard, *, account: Account, model: str, only: Collection[str] | None = None
) -> Written:
    """The storyboard with descriptions that fit together; ids, words, lengths and everything else as they were.

    `only`: the ids of the shots that may be improved; all, where it is not told.

    Raises InvalidRequest where `model` names none; whatever else fails is a warning.
    """
    name = model_named(model)
    try:
        async with writer_for(model, account) as writer:
            shots = storyboard.shots
            wanted = [at for at, shot in enumerate(shots) if only is None or shot.id in only]
            answers = await asyncio.gather(*(_improved(storyboard, at, writer) for at in wanted))
            spent = writer.spent
    except StoryreelError as error:
        return Written(storyboard=storyboard, warnings=(_unimproved(None, error),), spent=Spent(model=name))
    failed = {at + 1: one for at, one in zip(wanted, answers, strict=True) if isinstance(one, StoryreelError)}
    told = {shots[at].id: one for at, one in zip(wanted, answers, strict=True) if isinstance(one, str)}
    return Written(storyboard=_with(storyboard, told), warnings=_warnings(failed, len(wanted)), spent=spent)


async def _improved(board: Storyboard, at: int, writer: Writer) -> str | StoryreelError:
    def check(answer: Improved) -> str | None:
        return what_is_wrong(answer.description, board.shots[at], board)

    try:
        answer = await writer.ask(instructions_for("continuity"), question_of(board, at), Improved, check)
    except StoryreelError as error:
        return error
    text = " ".join(answer.description.split())
    wrong = what_is_wrong(text, board.shots[at], board)
    return unusable(writer.account.provider, wrong) if wrong else text


def question_of(board: Storyboard, at: int) -> str:
    """A shot and its neighbours as JSON."""
    shots = board.shots
    told: dict[str, object] = {"shot": _told(shots[at], board)}
    if at:
        told["shot_before"] = _told(shots[at - 1], board)
    if at + 1 < len(shots):
        told["shot_after"] = _told(shots[at + 1], board)
    return json.dumps(told, ensure_ascii=False)


def _told(shot: Shot, board: Storyboard) -> dict[str, object]:
    location = board.location_of(shot.id)
    members = [board.bible.character(one.member) for one in shot.subjects if one.member]
    looks = {one.name: one.look.words for one in members if one}
    return {
        "description": shot.description,
        "place": location.name if location else "",
        "time_of_day": shot.time_of_day.value,
        "weather": shot.weather.value,
        "size": shot.size.value,
        "people": [{"who": name, "look": look} for name, look in looks.items()],
    }


def what_is_wrong(text: str, shot: Shot, board: Storyboard) -> str | None:
    """Why an improved description cannot take the place of the shot's own; None where it can."""
    if not any(char.isalnum() for char in text):
        return "the description is empty"
    if len(text) > LONGEST:
        return f"the description has {len(text)} characters; at most {LONGEST} are wanted"
    if language_of(text) is not language_of(shot.description):
        return "the description is in another language than the one that was given"
    earlier = row_words("warnings", "earlier", board.language)
    if (hits := earlier.find(text)) and not earlier.find(shot.description):
        word = text[hits[0].start : hits[0].end]
        return f"the description refers to another shot ({word!r}), which nobody has seen"
    return None


def _with(board: Storyboard, told: dict[str, str]) -> Storyboard:
    scenes = tuple(
        scene.model_copy(
            update={
                "shots": tuple(
                    shot.model_copy(update={"description": told.get(shot.id, shot.description)}) for shot in scene.shots
                )
            }
        )
        for scene in board.scenes
    )
    return board.model_copy(update={"scenes": scenes})


def _warnings(failed: dict[int, StoryreelError], count: int) -> tuple[Finding, ...]:
    """A warning for each shot, or one for the film where they all failed alike."""
    reasons = Counter(str(error) for error in failed.values())
    if len(failed) == count and len(reasons) == 1:
        return (_unimproved(None, next(iter(failed.values()))),)
    return tuple(_unimproved(number, error) for number, error in failed.items())


def _unimproved(shot: int | None, error: StoryreelError) -> Finding:
    what = "The shots keep" if shot is None else "The shot keeps"
    return Finding(
        rule="continuity-not-improved",
        severity=Severity.WARN,
        shot=shot,
        message=f"{what} the description as it was: the continuity pass failed ({why(error)}).",
        remedy="Nothing is lost; improve it later, or edit the description.",
    )
