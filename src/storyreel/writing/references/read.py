"""Reference pictures and a motion video read into one scene and its prompt: by a vision model, or else by measure."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from storyreel.accounts import Account
from storyreel.domain.errors import InvalidRequest, StoryreelError
from storyreel.domain.kept import must_be_kept
from storyreel.domain.references import MotionNote, PictureNote, UseCase, use_named
from storyreel.domain.storyboard import Finding, Severity
from storyreel.writing.llm.ask import Writer, writer_for
from storyreel.writing.llm.costs import Spent
from storyreel.writing.llm.faults import PASSING, why
from storyreel.writing.llm.model import BY_DEFAULT, RULES
from storyreel.writing.references.notes import Motion, Reading
from storyreel.writing.references.pictures import Picture, opened
from storyreel.writing.references.scene import Scene, prompt_of, scene_of

LONGEST_INSTRUCTIONS = 2_000  # characters


async def read_references(
    pictures: Sequence[Path | bytes],
    motion: Motion | None = None,
    *,
    use_case: UseCase | str = UseCase.GENERAL,
    instructions: str = "",
    account: Account | None = None,
    model: str = BY_DEFAULT,
    family: str = "generic",
    sound: bool = False,
) -> Reading:
    """One to three pictures, and perhaps a motion video's frames, as a scene with its prompt for models of a family.

    Without an account that can be used, and where the model fails, they are read by measure. Raises InvalidRequest,
    MediaUnusable, AuthenticationFailed, InsufficientCredit.
    """
    use = use_named(use_case)
    _must_be_readable(motion, instructions)
    images = await asyncio.to_thread(opened, pictures)
    found: tuple[tuple[PictureNote, ...], MotionNote | None, Scene] | None = None
    spent, warnings = Spent(model=RULES), ()
    if account is not None and (account.key or account.base_url) and model != RULES:
        async with writer_for(model, account) as writer:
            found, warnings = await _seen(images, motion, use, instructions, writer)
            spent = writer.spent
    notes, moves, scene = found or await asyncio.to_thread(_measured, images, motion, use)
    return Reading(
        description=scene.description,
        prompt=prompt_of(scene, use, instructions, family=family, pictures=len(images), sound=sound),
        pictures=notes,
        motion=moves,
        use_case=use,
        offline=found is None,
        warnings=warnings,
        spent=spent,
    )


def _must_be_readable(motion: Motion | None, instructions: str) -> None:
    must_be_kept(instructions, field="additional_prompt")
    if len(instructions) > LONGEST_INSTRUCTIONS:
        problem = f"The instructions have {len(instructions):,} characters; at most {LONGEST_INSTRUCTIONS:,} are read."
        raise InvalidRequest(problem, field="additional_prompt")
    if motion is not None and len(motion.frames) < 2:
        raise InvalidRequest("A motion video needs at least two frames.", field="video_reference")


async def _seen(
    images: tuple[Picture, ...], motion: Motion | None, use: UseCase, instructions: str, writer: Writer
) -> tuple[tuple[tuple[PictureNote, ...], MotionNote | None, Scene] | None, tuple[Finding, ...]]:
    from storyreel.writing.references.seen import seen_by_model

    try:
        return await seen_by_model(images, motion, use, instructions, writer), ()
    except PASSING as error:
        return None, (_by_measure(error),)


def _measured(
    images: tuple[Picture, ...], motion: Motion | None, use: UseCase
) -> tuple[tuple[PictureNote, ...], MotionNote | None, Scene]:
    from storyreel.writing.references.moving import motion_of
    from storyreel.writing.references.offline import measured

    notes = tuple(measured(one) for one in images)
    moves = motion_of(motion) if motion else None
    return notes, moves, scene_of(notes, moves, use)


def _by_measure(error: StoryreelError) -> Finding:
    return Finding(
        rule="read-by-measure",
        severity=Severity.WARN,
        shot=None,
        message=f"The vision model failed ({why(error)}); colours, light and composition were measured instead.",
        remedy="Say in the prompt what the pictures show, or read them again later.",
    )
