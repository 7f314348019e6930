"""The part of a studio that looks at pictures and clips that it is given: what they show, and what a film with them would be."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Unpack

from storyreel.addresses import is_address, shown
from storyreel.domain.as_said import as_said
from storyreel.domain.errors import InvalidRequest, MediaUnusable
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import ANY_PICTURE, Digest, Size
from storyreel.media.one_at_a_time import OneAtATime
from storyreel.media.received import MOST_PICTURE_BYTES
from storyreel.orders import (
    FilmWishes,
    Pictures,
    ReadingWishes,
    brief_for,
    language_for,
    must_be_wishes,
    size_of_picture,
    wished_size,
)
from storyreel.planner import Planner

if TYPE_CHECKING:
    from storyreel.admission import Plan
    from storyreel.writing.references import Reading


READ_PX = 1024  # of a reference's longer side, where it is described


@dataclass(frozen=True, slots=True)
class Given:
    """A picture that was given, as PNG, and its size."""

    png: bytes
    width_px: int
    height_px: int


class Viewer(Planner):
    """Pictures and clips by their file, their address or their bytes."""

    @cached_property
    def judging(self) -> OneAtATime:
        """Where a picture or a clip that was given is looked into: one may take 200 MB while it is read."""
        return OneAtATime()

    @cached_property
    def watching(self) -> OneAtATime:
        """The same where a clip is watched through: that takes longer, and pictures need not wait for it."""
        return OneAtATime()

    async def read(self, pictures: Sequence[Path | str | bytes], **wishes: Unpack[ReadingWishes]) -> "Reading":
        """One to three pictures, and perhaps a motion video, as a description and a prompt that may be edited; makes no film.

        Raises InvalidRequest, MediaUnusable; with a vision model AuthenticationFailed, InsufficientCredit.
        """
        from storyreel.media.sampling import sampled
        from storyreel.writing.references import Motion, read_references

        must_be_wishes(ReadingWishes, wishes)
        images = [await self._picture(picture, field="reference", most_side_px=READ_PX) for picture in pictures]
        video, motion = wishes.get("motion"), None
        if video is not None:
            async with self._clip(video) as path:
                told = await self.watching(sampled, path)
            motion = Motion(told.frames, told.seconds)
        name = (wishes.get("model") or self.settings.model).partition("@")[0]
        writer = wishes.get("writer") or self.settings.writer
        return await read_references(
            [image.png for image in images],
            motion,
            use_case=wishes.get("use_case") or "general",
            instructions=wishes.get("instructions") or "",
            account=None if writer == "rules" else self.accounts["openai"],
            model=writer,
            family="generic" if name.startswith("auto") else self.catalogue.model(name).family,
            sound=wishes.get("sound", False),
        )

    async def plan_film(self, storyboard: Storyboard, **wishes: Unpack[FilmWishes]) -> "Plan":
        """The same as `plan`, with the reference pictures looked at. Raises MediaUnusable, and as `learn` and `plan`."""
        await self.learn(storyboard, **wishes)
        given = wishes.get("references", ())
        images = [await self._picture(picture, field="reference") for picture in given]
        digests = tuple(_digest(image.png) for image in images)
        plan = await asyncio.to_thread(self._planned, storyboard, wishes, Pictures(references=digests))
        for picture, image in zip(given, images, strict=True):
            self._must_take(plan, image, picture, field="reference")
        return plan

    async def plan_animation(self, picture: Path | str | bytes, text: str = "", **wishes: Unpack[FilmWishes]) -> "Plan":
        """What the film of one picture would be made by, and its price in US dollars. Raises MediaUnusable, and as `plan`."""
        data, board, asked = await self._animation(picture, text, wishes)
        return await self._plan_from(data, board, asked)

    async def _plan_from(self, picture: bytes, board: Storyboard, wishes: FilmWishes) -> "Plan":
        return await asyncio.to_thread(self._planned, board, wishes, Pictures(first_frame=_digest(picture)))

    def _must_take(self, plan: "Plan", image: Given, picture: Path | str | bytes, *, field: str) -> None:
        """Raises MediaUnusable for a picture that the film's model would refuse."""
        from storyreel.catalog.pictures import must_take

        named = "The picture" if isinstance(picture, bytes) else str(picture)
        model, _ = self.catalogue.known_route(plan.order.model)
        must_take(model, image.width_px, image.height_px, called=shown(named) if is_address(named) else named, field=field)

    async def _animation(
        self, picture: Path | str | bytes, text: str, wishes: FilmWishes
    ) -> tuple[bytes, Storyboard, FilmWishes]:
        """The picture as PNG in a shape that the model makes, its storyboard, and the wishes with the film's size."""
        from storyreel.writing import animate_shot

        must_be_wishes(FilmWishes, wishes)
        brief, language = brief_for(wishes), language_for(wishes.get("language"))
        image = await self._picture(picture)
        shape = size_of_picture(image.width_px, image.height_px)
        size = wished_size(wishes, otherwise=shape)
        seconds = brief.shot_seconds or brief.film_seconds or 6.0
        board = await asyncio.to_thread(partial(animate_shot, text, seconds, language=None if text.strip() else language))
        if wishes.get("as_said") and text:
            board = as_said(board, text, seconds)
        asked: FilmWishes = {**wishes, "size": str(size), "aspect": None, "resolution": None}
        made: FilmWishes = {**asked, "budget": None}  # what it costs is asked of the picture that is sent
        await self.learn(board, **made)
        plan = await asyncio.to_thread(self._planned, board, made, Pictures(first_frame=ANY_PICTURE))
        self._must_take(plan, image, picture, field="input")
        if plan.order.size.shape != shape.shape:
            image = await self.judging(_filled, image, plan.order.size)
            self._must_take(plan, image, picture, field="input")
        return image.png, board, asked

    @asynccontextmanager
    async def _clip(self, source: Path | str | bytes) -> AsyncGenerator[Path]:
        """A video by its file, its address or its bytes, as a file; from elsewhere, it must be bounded. Raises MediaUnusable."""
        from storyreel.media.received import must_be_bounded

        if not isinstance(source, bytes) and not (isinstance(source, str) and is_address(source)):
            yield Path(source)
            return
        with TemporaryDirectory() as folder:
            path, field = Path(folder) / "motion.mp4", "video_reference"
            if isinstance(source, bytes):
                await asyncio.to_thread(path.write_bytes, source)
            else:
                from storyreel.fetcher import MOST_CLIP_BYTES, Fetcher

                fetcher = Fetcher(inward=self.settings.fetch_inward)
                await fetcher.fetch_file(source, path, most_bytes=MOST_CLIP_BYTES, field=field)
            try:
                await self.judging(must_be_bounded, path)
            except MediaUnusable as error:
                raise MediaUnusable("The video", error.problem, field=field) from error
            yield path

    async def _picture(self, source: Path | str | bytes, *, field: str = "input", most_side_px: int | None = None) -> Given:
        """A picture by its file, its address or its bytes, upright and in sRGB, one at a time. Raises MediaUnusable."""
        if isinstance(source, str) and not source:
            raise InvalidRequest("The picture's name is empty; give a file's name, or an address.", field=field)
        if isinstance(source, str) and is_address(source):
            from storyreel.fetcher import Fetcher

            data = await Fetcher(inward=self.settings.fetch_inward).fetch(source, most_bytes=MOST_PICTURE_BYTES, field=field)
            look = partial(_looked_at, data, name=shown(source), stranger=True, most_side_px=most_side_px)
        else:
            look = partial(_looked_at, Path(source) if isinstance(source, str) else source, most_side_px=most_side_px)
        return await self.judging(look)


def _looked_at(source: Path | bytes, *, name: str = "", stranger: bool = False, most_side_px: int | None = None) -> Given:
    from storyreel.media.pictures import open_picture, png_bytes
    from storyreel.media.received import MOST_SIDE_PX

    image = open_picture(source, name=name, stranger=stranger, most_side_px=most_side_px or MOST_SIDE_PX)
    return Given(png_bytes(image), image.width, image.height)


def _filled(image: Given, size: Size) -> Given:
    """The same cut to the shape of what is made."""
    from storyreel.media.pictures import filled, open_picture, png_bytes

    return Given(png_bytes(filled(open_picture(image.png), size)), size.width_px, size.height_px)


def _digest(data: bytes) -> Digest:
    return hashlib.sha256(data).hexdigest()
