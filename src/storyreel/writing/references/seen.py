"""References read by a vision model: each picture by itself, the motion by itself, all at once; then merged into one scene."""

import asyncio
import json
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from storyreel.domain.references import MotionNote, PictureNote, UseCase
from storyreel.writing.llm.ask import Writer, instructions_for
from storyreel.writing.llm.faults import PASSING, unusable
from storyreel.writing.references.moving import motion_of
from storyreel.writing.references.notes import Motion
from storyreel.writing.references.offline import measured
from storyreel.writing.references.pictures import Picture
from storyreel.writing.references.scene import Scene, scene_of
from storyreel.writing.words import table

if TYPE_CHECKING:
    from PIL.Image import Image
    from pydantic_ai.messages import UserContent

MOST_FRAMES, FRAME_SIDE_PX = 8, 512
LONGEST_FIELD = 400  # characters


class PictureSeen(BaseModel):
    """A picture, as the model describes it."""

    subject: str
    setting: str
    palette: list[str]
    light: str
    composition: str
    style: str


class MotionSeen(BaseModel):
    """A video's motion, as the model describes it."""

    camera: str
    subject_motion: str
    pace: str
    cuts: str


class SceneSeen(BaseModel):
    """One scene, merged from all notes."""

    subject: str
    setting: str
    light: str
    palette: str
    style: str
    action: str
    camera: str


async def described(picture: Picture, writer: Writer) -> PictureNote:
    """The model's note on a picture. Raises what `Writer.ask` raises."""
    known = measured(picture).model_dump(mode="json", include={"setting", "palette", "light", "composition"})
    asked = json.dumps({"number": picture.number, **known})
    told = await writer.ask(instructions_for("picture"), [asked, _sent(picture.jpeg())], PictureSeen, _too_long)
    _must_be_notes(told, writer)
    return PictureNote.model_validate({"number": picture.number, **told.model_dump()})


async def watched(motion: Motion, writer: Writer) -> MotionNote:
    """The model's note on a video, from a few of its frames. Raises what `Writer.ask` raises."""
    frames = _chosen(motion.frames)
    gap_s = motion.seconds / max(1, len(frames) - 1)
    asked = json.dumps({"seconds": motion.seconds, "seconds_between": round(gap_s, 3), **motion_of(motion).model_dump()})
    told = await writer.ask(
        instructions_for("motion"), [asked, *(_sent(_jpeg(frame)) for frame in frames)], MotionSeen, _too_long
    )
    _must_be_notes(told, writer)
    return MotionNote.model_validate(told.model_dump())


async def merged(
    pictures: Sequence[PictureNote], motion: MotionNote | None, use_case: UseCase, instructions: str, writer: Writer
) -> Scene:
    """One scene from all notes. Raises what `Writer.ask` raises."""
    use: dict[str, Any] = table("uses")[use_case.value]
    draft = scene_of(tuple(pictures), motion, use_case)
    told = {
        "draft": draft.model_dump(),
        "use": {"purpose": use["purpose"], "wanted": use["asks"], "usual_action": use["action"], "usual_camera": use["camera"]},
        "wishes": instructions,
        "pictures": [note.model_dump(mode="json") for note in pictures],
        **({"motion": motion.model_dump(mode="json")} if motion else {}),
    }
    scene = await writer.ask(instructions_for("scene"), json.dumps(told, ensure_ascii=False), SceneSeen, _too_long)
    _must_be_notes(scene, writer)
    return Scene.model_validate({name: " ".join(text.split()) for name, text in scene.model_dump().items()})


async def seen_by_model(
    pictures: Sequence[Picture], motion: Motion | None, use_case: UseCase, instructions: str, writer: Writer
) -> tuple[tuple[PictureNote, ...], MotionNote | None, Scene]:
    """Every note and the scene. Raises what `Writer.ask` raises, first what only the person can mend."""
    watch = watched(motion, writer) if motion else _nothing()
    looks = asyncio.gather(*(described(one, writer) for one in pictures), return_exceptions=True)
    seen, (moves,) = await asyncio.gather(looks, asyncio.gather(watch, return_exceptions=True))
    failed = [one for one in (*seen, moves) if isinstance(one, BaseException)]
    if failed:
        raise min(failed, key=lambda one: isinstance(one, PASSING))
    notes = tuple(one for one in seen if isinstance(one, PictureNote))
    watched_as = moves if isinstance(moves, MotionNote) else None
    return notes, watched_as, await merged(notes, watched_as, use_case, instructions, writer)


async def _nothing() -> None:
    """No video was given."""


def _too_long(answer: BaseModel) -> str | None:
    long = [name for name, text in answer.model_dump().items() if len(str(text)) > LONGEST_FIELD]
    return f"Too long: {', '.join(long)}. A few words for each field." if long else None


def _must_be_notes(answer: BaseModel, writer: Writer) -> None:
    """Raises ProviderUnavailable for an answer that says too much to be a note, twice."""
    if _too_long(answer):
        raise unusable(writer.account.provider, "it is far longer than what was asked for")


def _sent(jpeg: bytes) -> "UserContent":
    from pydantic_ai import BinaryContent

    return BinaryContent(jpeg, media_type="image/jpeg")


def _chosen(frames: "Sequence[Image]") -> "list[Image]":
    count = min(len(frames), MOST_FRAMES)
    return [frames[round(at * (len(frames) - 1) / max(1, count - 1))] for at in range(count)]


def _jpeg(frame: "Image") -> bytes:
    small = frame.convert("RGB")
    small.thumbnail((FRAME_SIDE_PX, FRAME_SIDE_PX))
    out = BytesIO()
    small.save(out, "JPEG", quality=85)
    return out.getvalue()
