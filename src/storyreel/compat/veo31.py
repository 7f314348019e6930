"""Veo 3.1 from references in three steps, as its earlier service told them: the analysis, the prompt, the video.

The REST routes and the Python class of that service are both thin over these functions.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from storyreel.addresses import is_address
from storyreel.compat.veo31_ways import prompt_model, told_other, ways_to_veo
from storyreel.domain.errors import InvalidRequest, MediaUnusable, StoryreelError
from storyreel.domain.film import LOCAL, Film, FilmState
from storyreel.domain.references import MotionNote, PictureNote, UseCase, use_named
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Size, Value
from storyreel.fetcher import Fetcher
from storyreel.media.received import MOST_PICTURE_BYTES
from storyreel.orders import FilmWishes, size_for
from storyreel.studio import Studio

if TYPE_CHECKING:
    from storyreel.writing.references import Reading

SHORT_SIDE_PX = {"high": 1080, "standard": 720}
SHORTEST_PROMPT = 10  # characters


@dataclass(frozen=True, slots=True)
class VeoOrder:
    """A film that is asked for, its pictures and its motion video at hand or by address."""

    pictures: Sequence[Path | str | bytes]
    motion: Path | str | bytes | None = None
    use_case: str = "product_video"
    seconds: float = 5
    aspect: str = "16:9"
    quality: str = "high"
    instructions: str = ""
    model: str | None = None  # another than Veo
    deliver: bool = False  # to a file, for who has no server
    user: str = LOCAL
    api_key: str | None = None


class Analysis(Value):
    """Step 1: what the references show."""

    scene_description: str
    images: tuple[PictureNote, ...]
    motion: MotionNote | None
    reference_notes: tuple[str, ...]  # a line for each reference
    use_case: UseCase
    read_by: str  # "measure", or the vision model's name
    warnings: tuple[str, ...]


class Generation(Value):
    """Step 3: how the video stands."""

    task_id: str | None
    status: Literal["processing", "completed", "failed"]
    video_url: str | None = None  # while it is processing, and where it failed, none
    error: str | None = None
    provider: str | None = None
    model: str | None = None
    quote_usd: float | None = None  # what it was expected to cost when it was accepted
    notes: tuple[str, ...] = ()  # what is otherwise than asked, a sentence each


class Steps(Value):
    """The three steps of a request."""

    step1_analysis: Analysis | None
    step2_prompt: str | None
    step3_video_generation: Generation


class Prompted(Value):
    """The first two steps: the prompt may be read and edited before anything is paid for."""

    step1_analysis: Analysis
    step2_prompt: str
    prompt: str  # the same
    ready_for_editing: Literal[True] = True


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A film as one of the ways makes it."""

    way: str
    storyboard: Storyboard
    quote_usd: float | None
    notes: tuple[str, ...]


async def prompted(studio: Studio, order: VeoOrder) -> Prompted:
    """Steps 1 and 2. Raises InvalidRequest, MediaUnusable."""
    use_named(order.use_case)
    _, told = await _read(studio, replace(order, pictures=await _fetched(studio, order.pictures)))
    return told


async def generated(studio: Studio, order: VeoOrder) -> tuple[Steps, Film | None]:
    """All three steps; a film that could not be started is told in the third, since the first two are of use without it.

    Raises AuthenticationFailed and InvalidRequest before anything is read or fetched, then MediaUnusable.
    """
    ways = _ways(studio, order)
    order = replace(order, pictures=await _fetched(studio, order.pictures))
    reading, read = await _read(studio, order)
    third, film = await _begun(studio, order, ways, reading, reading.prompt)
    return Steps(step1_analysis=read.step1_analysis, step2_prompt=reading.prompt, step3_video_generation=third), film


async def generated_with(studio: Studio, order: VeoOrder, prompt: str) -> tuple[Steps, Film | None]:
    """The third step by a prompt that a person has read. Raises as `generated`."""
    if len(prompt.strip()) < SHORTEST_PROMPT:
        raise InvalidRequest(f"The prompt is too short: at least {SHORTEST_PROMPT} characters are wanted.", field="prompt")
    ways = _ways(studio, order)
    order = replace(order, pictures=await _fetched(studio, order.pictures))
    reading = await studio.read(order.pictures, use_case=order.use_case, writer="rules")
    third, film = await _begun(studio, order, ways, reading, prompt.strip())
    return Steps(step1_analysis=None, step2_prompt=prompt.strip(), step3_video_generation=third), film


def standing(film: Film, video_url: str | None) -> Generation:
    """Step 3 as the film stands now; `video_url` is told once it is ready."""
    ready = film.state is FilmState.READY and video_url is not None
    model, _, provider = film.order.model.partition("@")
    failed = film.state.ended and film.state is not FilmState.READY
    return Generation(
        task_id=film.id,
        status="completed" if ready else "failed" if failed else "processing",
        video_url=video_url if ready else None,
        error=(film.error or f"The film is {film.state.value}.") if failed else None,
        provider=provider,
        model=model,
    )


def steps_of(film: Film) -> Steps:
    """The steps that are known of a film which is on its way; what its references showed is not kept."""
    return Steps(step1_analysis=None, step2_prompt=film.storyboard.shots[0].prompt, step3_video_generation=standing(film, None))


async def _fetched(studio: Studio, pictures: Sequence[Path | str | bytes]) -> tuple[Path | bytes, ...]:
    """The same with what is given by address fetched, once. Raises MediaUnusable, which tells the picture by its number."""
    return tuple(await asyncio.gather(*(_picture(studio, number, one) for number, one in enumerate(pictures, start=1))))


async def _picture(studio: Studio, number: int, picture: Path | str | bytes) -> Path | bytes:
    from storyreel.media.pictures import open_picture
    from storyreel.media.received import MOST_SIDE_PX, received_picture

    field, called = f"reference_image{number}", f"Reference image {number}"
    fetched, found = b"", Path(picture) if isinstance(picture, str) else picture
    if isinstance(picture, str) and is_address(picture):
        fetched = await Fetcher(inward=studio.settings.fetch_inward).fetch(picture, most_bytes=MOST_PICTURE_BYTES, field=field)
    try:
        if fetched:
            return (await studio.judging(received_picture, fetched, called=called)).data or fetched
        await studio.judging(open_picture, found, most_side_px=MOST_SIDE_PX)
    except MediaUnusable as error:
        raise MediaUnusable(called, error.problem, field=field) from error
    return found


async def _read(studio: Studio, order: VeoOrder) -> "tuple[Reading, Prompted]":
    model = (order.model or prompt_model(studio.means())).partition("@")[0]
    reading = await studio.read(
        order.pictures, motion=order.motion, use_case=order.use_case, instructions=order.instructions, model=model
    )
    return reading, Prompted(step1_analysis=_analysis(reading), step2_prompt=reading.prompt, prompt=reading.prompt)


def _ways(studio: Studio, order: VeoOrder) -> tuple[str, ...]:
    if order.quality not in SHORT_SIDE_PX:
        raise InvalidRequest(f"{order.quality!r} is no quality; choose {' or '.join(SHORT_SIDE_PX)}.", field="quality")
    size_for(None, order.aspect)
    use_named(order.use_case)
    return (order.model,) if order.model else ways_to_veo(studio.means())


async def _begun(
    studio: Studio, order: VeoOrder, ways: Sequence[str], reading: "Reading", prompt: str
) -> tuple[Generation, Film | None]:
    """The film on its way, or why it is not."""
    shape = size_for(None, order.aspect).shape
    wishes = FilmWishes(
        size=str(Size.of_aspect(shape, SHORT_SIDE_PX[order.quality])),
        references=order.pictures,
        deliver=order.deliver,
        user=order.user,
        api_key=order.api_key,
    )
    try:
        first, *others = await asyncio.to_thread(_fitting, studio, order, ways, reading, prompt, wishes)
        wishes.update(model=first.way, fallbacks=tuple(one.way for one in others))
        film = await studio.start_film(first.storyboard, **wishes)
    except StoryreelError as error:
        return Generation(task_id=None, status="failed", error=str(error)), None
    notes = (*told_other(film.order.model, studio.means()), *first.notes)
    return standing(film, None).model_copy(update={"quote_usd": first.quote_usd, "notes": notes}), film


def _fitting(
    studio: Studio, order: VeoOrder, ways: Sequence[str], reading: "Reading", prompt: str, wishes: FilmWishes
) -> list[_Fitted]:
    """The film by every way that can make it, in their order. Raises what the first could not, where none can."""
    found: list[_Fitted] = []
    refused: StoryreelError | None = None
    for way in ways:
        try:
            board = studio.board_of(reading, prompt, model=way, length=order.seconds, aspect=order.aspect)
            plan = studio.plan(board, **{**wishes, "model": way})
        except StoryreelError as error:
            refused = refused or error
            continue
        usd = plan.quote.expected_usd
        found.append(_Fitted(plan.order.model, board, None if usd is None else float(usd), plan.notes))
    if not found and refused is not None:
        raise refused
    return found


def _analysis(reading: "Reading") -> Analysis:
    lines = [f"Image {note.number}: {note.words}" for note in reading.pictures]
    return Analysis(
        scene_description=reading.description,
        images=reading.pictures,
        motion=reading.motion,
        reference_notes=(*lines, *([f"Video: {reading.motion.words}"] if reading.motion else [])),
        use_case=reading.use_case,
        read_by="measure" if reading.offline else reading.spent.model,
        warnings=tuple(f"{one.message} {one.remedy}".strip() for one in reading.warnings),
    )
