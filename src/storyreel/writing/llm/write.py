"""A text becomes a storyboard by a language model; what the model cannot be trusted with, code makes sure of."""

import asyncio

from storyreel.accounts import Account
from storyreel.domain.errors import StoryreelError
from storyreel.domain.film import Brief
from storyreel.domain.storyboard import Finding, Severity, Storyboard
from storyreel.domain.values import Value
from storyreel.writing.lint import lint
from storyreel.writing.llm.ask import Writer, writer_for
from storyreel.writing.llm.board import board_of, most_shots
from storyreel.writing.llm.costs import Spent
from storyreel.writing.llm.faults import PASSING, why
from storyreel.writing.llm.model import closing
from storyreel.writing.llm.split import split
from storyreel.writing.llm.story import Story
from storyreel.writing.llm.visual import seen_by
from storyreel.writing.write import must_be_tellable, must_hold, shots_asked, write_storyboard


class Written(Value):
    """A storyboard that a language model wrote, what to look at in it, and what it cost."""

    storyboard: Storyboard
    warnings: tuple[Finding, ...] = ()  # of the lint, and of how the writing went
    spent: Spent


async def write_with_model(text: str, brief: Brief, *, account: Account, model: str) -> Written:
    """A storyboard by the language model that `model` names ("model": the default one), in two passes.

    A model that fails, refuses or rewrites the text is replaced by the rules, with a warning. What only the person can
    mend is raised: InvalidRequest, AuthenticationFailed, InsufficientCredit.
    """
    must_be_tellable(text)
    if (asked := shots_asked(brief)) is not None:
        must_hold(brief, asked)
    async with writer_for(model, account) as writer:
        soon = closing(writer.name)
        board, remarks = await _written(text, brief, writer)
        told = (*([soon] if soon else []), *remarks, *await asyncio.to_thread(lint, board))
        return Written(storyboard=board, warnings=told, spent=writer.spent)


async def _written(text: str, brief: Brief, writer: Writer) -> tuple[Storyboard, list[Finding]]:
    try:
        story = await split(text, writer, shots_asked(brief), most_shots(brief))
    except PASSING as error:
        board = await asyncio.to_thread(write_storyboard, text, brief)
        return board, [_fallen_back("written-by-rules", error, "the rules wrote the storyboard instead")]
    board = await asyncio.to_thread(board_of, story, brief)
    found = _findings(story)
    try:
        board, unseen = await seen_by(board, brief, writer)
    except StoryreelError as error:  # whatever it was: the words are there, and paid for
        return board, [*found, _fallen_back("seen-by-rules", error, "the rules chose sizes, cameras and lengths instead")]
    if unseen:
        found.append(_left_out(unseen))
    return board, found


def _findings(story: Story) -> list[Finding]:
    return [
        Finding(rule="text-mended", severity=severity, shot=one.shot, message=one.message, remedy=one.remedy)
        for severity, one in story.remarks
    ]


def _fallen_back(rule: str, error: StoryreelError, instead: str) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.WARN,
        shot=None,
        message=f"The language model failed, and {instead} ({why(error)}).",
        remedy="Write it again later, choose another writer, or set STORYREEL_WRITER to rules.",
    )


def _left_out(count: int) -> Finding:
    return Finding(
        rule="seen-by-rules",
        severity=Severity.NOTE,
        shot=None,
        message=f"The language model chose nothing for {count} shots; the rules chose.",
        remedy="Look at their sizes and cameras.",
    )
