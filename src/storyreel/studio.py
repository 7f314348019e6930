"""The studio: the one façade that every door calls. Words, pictures or a storyboard in; films out."""

import asyncio
import hashlib
import secrets
import threading
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, Unpack

from storyreel.accounts import Account
from storyreel.crew import Crew
from storyreel.domain.errors import Cancelled, InvalidRequest, restored
from storyreel.domain.events import Event
from storyreel.domain.film import LOCAL, Film, FilmState, ShotReport, Writing
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Digest
from storyreel.editor import Editor
from storyreel.fetcher import MOST_CLIP_BYTES, MOST_PICTURE_BYTES, Fetcher, is_address, shown
from storyreel.keyring import Keyring
from storyreel.orders import (
    FilmWishes,
    Pictures,
    ReadingWishes,
    brief_for,
    must_leave_storyboard,
    order_for,
    output_for,
    size_for,
    size_of_picture,
    story_part,
)
from storyreel.planner import NOT_KEPT, writing_of
from storyreel.settings import Settings

if TYPE_CHECKING:
    from PIL.Image import Image

    from storyreel.admission import Plan
    from storyreel.diagnosis import Diagnosis
    from storyreel.library.sweep import Swept
    from storyreel.media.join import JoinReport
    from storyreel.media.probe import ClipFacts
    from storyreel.production.line import Line
    from storyreel.writing.llm import Written
    from storyreel.writing.references import Reading


FILM_SUFFIXES = {".mp4", ".m4v"}
STOPPED_FROM_OUTSIDE = {
    *("output_unwritable", "store_unusable", "line_busy"),
    *("insufficient_credit", "authentication_failed", "rate_limited", "provider_unavailable", "timed_out"),
}
"""Failures that lie in this machine or at a provider and not in the film: it may well go on now."""


class Studio(Editor, Crew, Keyring):
    """Everything Storyreel does for one home folder. Opening it costs nothing: each part starts when it is first needed."""

    def __init__(
        self,
        home: Path | None = None,
        *,
        settings: Settings | None = None,
        accounts: Mapping[str, Account] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        token: Callable[[], str] = lambda: secrets.token_hex(2),
    ) -> None:
        super().__init__(home, settings=settings, accounts=accounts, now=now)
        self._token = token
        self._opened: Line | None = None
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._opened is not None:
            await self._opened.close()
            self._opened = None

    # Films.

    async def make_film(self, story: "str | Storyboard | Written", **wishes: Unpack[FilmWishes]) -> Film:
        """The finished film of a prompt, a script or a storyboard, delivered. Raises any StoryreelError that ended it."""
        return await self.wait(await self.start_film(story, **wishes))

    async def start_film(self, story: "str | Storyboard | Written", **wishes: Unpack[FilmWishes]) -> Film:
        """A film that is accepted: its row is committed and the line works on it. Raises before anything is started."""
        brief = brief_for(wishes)
        if not isinstance(story, str):
            must_leave_storyboard(wishes)
        written = await self.write(story, **story_part(wishes)) if isinstance(story, str) else story
        board, writing = (written, None) if isinstance(written, Storyboard) else (written.storyboard, writing_of(written))
        aspect = brief.aspect if wishes.get("size") or wishes.get("aspect") else board.aspect
        return await self._start(board, wishes, aspect=aspect, writing=writing)

    async def animate(self, picture: Path | str | bytes, text: str = "", **wishes: Unpack[FilmWishes]) -> Film:
        """The film of one shot that begins on a picture and moves as the words say. Raises any StoryreelError that ended it."""
        return await self.wait(await self.start_animation(picture, text, **wishes))

    async def start_animation(self, picture: Path | str | bytes, text: str = "", **wishes: Unpack[FilmWishes]) -> Film:
        """An accepted film of one picture; its shape is the picture's where nothing else is wished. Raises MediaUnusable."""
        data, board, asked = await self._animation(picture, text, wishes)
        await asyncio.to_thread(self._planned, board, asked, Pictures(first_frame=_digest(data)))
        first = await (await self._line()).blobs.put_bytes(data)
        return await self._start(board, asked, aspect=board.aspect, first_frame=first)

    async def plan_animation(self, picture: Path | str | bytes, text: str = "", **wishes: Unpack[FilmWishes]) -> "Plan":
        """What the film of one picture would be made by, and its price in US dollars. Raises MediaUnusable, and as `plan`."""
        data, board, asked = await self._animation(picture, text, wishes)
        return await asyncio.to_thread(self._planned, board, asked, Pictures(first_frame=_digest(data)))

    async def plan_film(self, storyboard: Storyboard, **wishes: Unpack[FilmWishes]) -> "Plan":
        """The same as `plan`, with the reference pictures looked at. Raises MediaUnusable, and as `learn` and `plan`."""
        await self.learn(storyboard, **wishes)
        from storyreel.media.pictures import png_bytes

        given = wishes.get("references", ())
        images = [await self._picture(picture, field="reference") for picture in given]
        shown_ones = tuple([_digest(await asyncio.to_thread(png_bytes, image)) for image in images])
        plan = await asyncio.to_thread(self._planned, storyboard, wishes, Pictures(references=shown_ones))
        for picture, image in zip(given, images, strict=True):
            self._must_take(plan, image, picture, field="reference")
        return plan

    def _must_take(self, plan: "Plan", image: "Image", picture: Path | str | bytes, *, field: str) -> None:
        """Raises MediaUnusable for a picture that the film's model would refuse."""
        from storyreel.catalog.pictures import must_take

        named = "The picture" if isinstance(picture, bytes) else str(picture)
        model, _ = self.catalogue.known_route(plan.order.model)
        must_take(model, image.width, image.height, called=shown(named) if is_address(named) else named, field=field)

    async def _animation(
        self, picture: Path | str | bytes, text: str, wishes: FilmWishes
    ) -> tuple[bytes, Storyboard, FilmWishes]:
        """The picture as PNG in a shape that the model makes, its storyboard, and the wishes with the film's size."""
        from storyreel.media.pictures import filled, png_bytes
        from storyreel.writing import animate_shot

        brief = brief_for(wishes)
        image = await self._picture(picture)
        size = size_for(wishes.get("size"), wishes.get("aspect"), otherwise=size_of_picture(image.width, image.height))
        board = await asyncio.to_thread(animate_shot, text, brief.shot_seconds or brief.film_seconds or 6.0)
        asked: FilmWishes = {**wishes, "size": str(size), "aspect": None}
        made: FilmWishes = {**asked, "budget": None}  # what it costs is asked of the picture that is sent
        await self.learn(board, **made)
        plan = self._planned(board, made, Pictures(first_frame=NOT_KEPT))
        self._must_take(plan, image, picture, field="input")
        if plan.order.size.shape != size_of_picture(image.width, image.height).shape:
            image = await asyncio.to_thread(filled, image, plan.order.size)
            self._must_take(plan, image, picture, field="input")
        return await asyncio.to_thread(png_bytes, image), board, asked

    async def _start(
        self,
        board: Storyboard,
        wishes: FilmWishes,
        *,
        aspect: str,
        first_frame: Digest | None = None,
        writing: Writing | None = None,
    ) -> Film:
        from storyreel.admission import plan_of
        from storyreel.library.names import new_film_id

        await self.learn(board, **wishes)
        id = new_film_id(board.title, self._token())
        pictures = Pictures(first_frame=first_frame, references=await self._kept(wishes.get("references", ())))
        usual = self.settings
        order = order_for(wishes, default_model=usual.model, aspect=aspect, pictures=pictures, default_writer=usual.writer)
        output = wishes.get("output")
        if wishes.get("deliver", True):
            order = order.model_copy(update={"output": output_for(Path(output) if output else None, id, Path.cwd())})
        plan = await asyncio.to_thread(plan_of, board, order, self.means(), self._at_hand)
        film = Film(
            id=id,
            title=board.title,
            state=FilmState.QUEUED,
            storyboard=plan.storyboard,
            order=plan.order,
            created=self._now(),
            user=wishes.get("user", LOCAL),
            api_key=wishes.get("api_key"),
        )
        return await (await self._line()).produce(film, writing, plan.quote.expected_usd)

    # References.

    async def read(self, pictures: Sequence[Path | str | bytes], **wishes: Unpack[ReadingWishes]) -> "Reading":
        """One to three pictures, and perhaps a motion video, as a description and a prompt that may be edited; makes no film.

        Raises InvalidRequest, MediaUnusable; with a vision model AuthenticationFailed, InsufficientCredit.
        """
        from storyreel.media.pictures import png_bytes
        from storyreel.media.sampling import sampled
        from storyreel.writing.references import Motion, read_references

        images = [await self._picture(picture, field="reference") for picture in pictures]
        video, motion = wishes.get("motion"), None
        if video is not None:
            async with self._clip(video) as path:
                told = await asyncio.to_thread(sampled, path)
            motion = Motion(told.frames, told.seconds)
        name = (wishes.get("model") or self.settings.model).partition("@")[0]
        writer = wishes.get("writer") or self.settings.writer
        return await read_references(
            [await asyncio.to_thread(png_bytes, image) for image in images],
            motion,
            use_case=wishes.get("use_case") or "general",
            instructions=wishes.get("instructions") or "",
            account=None if writer == "rules" else self.accounts["openai"],
            model=writer,
            family="generic" if name.startswith("auto") else self.catalogue.model(name).family,
        )

    @asynccontextmanager
    async def _clip(self, source: Path | str | bytes) -> AsyncGenerator[Path]:
        """A video by its file, its address or its bytes, as a file. Raises MediaUnusable."""
        if isinstance(source, str) and is_address(source):
            fetcher = Fetcher(inward=self.settings.fetch_inward)
            source = await fetcher.fetch(source, most_bytes=MOST_CLIP_BYTES, field="video_reference")
        if not isinstance(source, bytes):
            yield Path(source)
            return
        with TemporaryDirectory() as folder:
            path = Path(folder) / "motion.mp4"
            await asyncio.to_thread(path.write_bytes, source)
            yield path

    async def _picture(self, source: Path | str | bytes, *, field: str = "input") -> "Image":
        """A picture by its file, its address or its bytes, upright and in sRGB. Raises MediaUnusable."""
        from storyreel.media.pictures import open_picture

        if isinstance(source, str) and is_address(source):
            data = await Fetcher(inward=self.settings.fetch_inward).fetch(source, most_bytes=MOST_PICTURE_BYTES, field=field)
            return await asyncio.to_thread(open_picture, data, name=shown(source))
        if isinstance(source, str) and not source:
            raise InvalidRequest("The picture's name is empty; give a file's name, or an address.", field=field)
        return await asyncio.to_thread(open_picture, source if isinstance(source, bytes) else Path(source))

    async def _kept(self, pictures: Sequence[Path | str | bytes]) -> tuple[Digest, ...]:
        """The pictures in our own store, as PNG. Raises MediaUnusable."""
        if not pictures:
            return ()
        from storyreel.media.pictures import png_bytes

        line = await self._line()
        images = [await self._picture(picture, field="reference") for picture in pictures]
        return tuple([await line.blobs.put_bytes(await asyncio.to_thread(png_bytes, image)) for image in images])

    async def wait(self, film: Film | str) -> Film:
        """The film once it has ended, or waits for approval. Raises the StoryreelError that ended it, if one did."""
        ended = await (await self._line()).wait(_id(film))
        if ended.state is FilmState.CANCELLED:
            raise Cancelled(f"The film {ended.id}", film=ended.id)
        if ended.state not in {FilmState.READY, FilmState.AWAITING_APPROVAL}:
            raise restored(ended.error_code or ended.state, ended.error or f"The film {ended.id} is {ended.state}.")
        return ended

    async def events(self, film: Film | str, after: int = 0) -> AsyncGenerator[Event]:
        """What happens to a film, from the event after that number until the film ends; what is told is told once."""
        async for event in (await self._line()).follow(_id(film), after):
            yield event

    async def cancel(self, film: Film | str) -> None:
        """End a film tidily: nothing more is sent, what is being made is called off, what was finished is kept."""
        await (await self._line()).cancel(_id(film))

    async def restart(self, film: Film | str | None = None, *, cache: bool = True) -> tuple[Film, ...]:
        """Take every unfinished film up again, or that one; shots that are ready are not made again. Raises UnknownFilm.

        Without `cache`, the clips of other films' equal shots do not serve.
        """
        line = await self._line()
        chosen = await self._unfinished() if film is None else (await self.film(_id(film)),)
        return tuple([await line.resume(one.id, cache=cache) for one in chosen])

    async def _unfinished(self) -> tuple[Film, ...]:
        """Films that go on by themselves once they are taken up, and those that something outside them stopped."""
        stopped = [
            film for film in await self.films() if film.error_code in STOPPED_FROM_OUTSIDE and film.state is FilmState.FAILED
        ]
        return (*await (await self._line()).unfinished(), *reversed(stopped))

    async def resume(self, film: Film | str | None = None) -> tuple[Film, ...]:
        """Every unfinished film, or that one, carried to its end and delivered, as it then stands."""
        line = await self._line()
        return tuple([await line.wait(one.id) for one in await self.restart(film)])

    # The shelf.

    async def film(self, id: str) -> Film:
        """The film of that id, or of the only id that begins so. Raises UnknownFilm."""
        from storyreel.library.films import find_film

        return await (await self._line()).database.read(find_film, id)

    async def films(self, limit: int = 100, *, user: str | None = None, after: str = "", search: str = "") -> tuple[Film, ...]:
        """The films, newest first: of one user, those that come after that id, those whose title or id has that text in it."""
        from storyreel.library.films import films

        return tuple(await (await self._line()).database.read(films, limit=limit, user=user, after=after, search=search))

    async def shots(self, film: Film | str) -> tuple[ShotReport, ...]:
        """The film's shots in order, each with the take it uses and where that was delivered."""
        from storyreel.production.report import shot_reports

        line = await self._line()
        return await line.database.read(shot_reports, await self.film(_id(film)))

    async def unbilled(self) -> dict[str, frozenset[str]]:
        """The takes of each film whose price nobody told; their cost is counted as nothing. An empty name is the storyboard's."""
        from storyreel.library.ledger import unbilled

        return await (await self._line()).database.read(unbilled)

    async def sweep(self, *, dry_run: bool = False) -> "Swept":
        """Remove what nothing refers to; what went, or would go, in bytes."""
        from storyreel.library.sweep import sweep

        line = await self._line()
        return await sweep(line.home, line.database, line.blobs, now=self._now(), dry_run=dry_run)

    def diagnose(self) -> "Diagnosis":
        """What this machine has and lacks; a key's value is never told."""
        from storyreel.diagnosis import diagnose

        return diagnose(self.settings, self.accounts, self.home, lambda: self.catalogue, self._now)

    # Clips that are there already.

    async def join(
        self,
        clips: Sequence[Path],
        output: Path,
        *,
        sound: str = "exact",
        reencode: bool = False,
        skip_damaged: bool = False,
        on_progress: Callable[[float], None] | None = None,
    ) -> "JoinReport":
        """Several clips as one film at `output`; video is copied where they agree. `on_progress` is told the share that is done.

        Raises InvalidRequest, MediaUnusable, OutputBroken, OutputUnwritable. Cancelled, the join stops and nothing stays.
        """
        from storyreel.media.join import SoundMode, join

        if sound not in set(SoundMode):
            raise InvalidRequest(f"{sound!r} is not a way to join sound; choose {' or '.join(SoundMode)}.", field="sound")
        if output.suffix.lower() not in FILM_SUFFIXES:
            raise InvalidRequest(f"{output.name}: a film is written as MP4; end the name with .mp4.", field="output")
        stopped = threading.Event()
        work = partial(join, clips, output, sound=SoundMode(sound), reencode=reencode, skip_damaged=skip_damaged)
        try:
            return await asyncio.to_thread(work, on_progress=on_progress, cancelled=stopped.is_set)
        finally:
            stopped.set()

    async def frame(self, clip: Path, at: "float | Literal['first', 'last']") -> "Image":
        """One exact frame of a clip: the first, the very last, or the one that is shown at a second."""
        from storyreel.media.frames import first_frame, frame_at, last_frame

        match at:
            case "first":
                return await asyncio.to_thread(first_frame, clip)
            case "last":
                return await asyncio.to_thread(last_frame, clip)
            case _:
                return await asyncio.to_thread(frame_at, clip, at)

    async def probe(self, clip: Path) -> "ClipFacts":
        """What a clip is. Raises MediaUnusable, OutputBroken."""
        from storyreel.media.probe import probe

        return await asyncio.to_thread(probe, clip)

    async def line(self) -> "Line":
        """The line, opened: what a door that outlives a film works with. Raises StoreUnusable."""
        return await self._line()

    async def _line(self) -> "Line":
        async with self._opening:
            if self._opened is None:
                from storyreel.production.line import open_line

                self._opened = await open_line(
                    self.home.root,
                    catalogue=self.catalogue,
                    accounts=self.accounts,
                    workers=self.settings.workers,
                    pace=self.settings.pace,
                    budgets=self.settings.budgets,
                    sharing=self.sharing,
                    now=self._now,
                    observer=self.observe(),
                )
            return self._opened


def _digest(data: bytes) -> Digest:
    return hashlib.sha256(data).hexdigest()


def _id(film: Film | str) -> str:
    return film if isinstance(film, str) else film.id
