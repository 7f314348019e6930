"""Given pictures that move: a camera over a still, a passage from one still to another, a still that becomes a drawn shot."""

from dataclasses import dataclass
from typing import Protocol

from PIL import Image, ImageOps

from storyreel.animatic.camera import PACES, drift, eased
from storyreel.animatic.overlay import Fall, falling
from storyreel.domain.storyboard import Move, Shot
from storyreel.domain.values import Size

SPARE = 1.5  # a source is kept at most this much larger than the frame


class Moving(Protocol):
    """Something with frames."""

    @property
    def frames(self) -> int:
        """How many frames it has."""
        ...

    def frame(self, index: int) -> Image.Image:
        """One frame, RGB, counted from 0."""
        ...


@dataclass(frozen=True, slots=True)
class Still:
    """A picture that fills the frame, with some resolution to spare for moving in."""

    source: Image.Image  # RGB, of the frame's shape
    size: tuple[int, int]

    @classmethod
    def fitted(cls, picture: Image.Image, size: Size) -> "Still":
        """The picture cropped to the frame's shape about its middle; upright by its own orientation tag."""
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        wanted = size.width_px, size.height_px
        if upright.size == wanted:
            return cls(upright, wanted)
        factor = min(SPARE, max(1.0, min(upright.width / wanted[0], upright.height / wanted[1])))
        kept = round(wanted[0] * factor), round(wanted[1] * factor)
        return cls(ImageOps.fit(upright, kept, Image.Resampling.LANCZOS), wanted)

    def seen(self, zoom: float, x: float = 0.0, y: float = 0.0) -> Image.Image:
        """The part that a camera sees: `zoom` from 1 up, x and y from -1 to 1 within the room that the zoom leaves."""
        wide, high = self.source.width / zoom, self.source.height / zoom
        left = (self.source.width - wide) / 2 * (1 + x)
        top = (self.source.height - high) / 2 * (1 + y)
        return self.source.resize(self.size, Image.Resampling.BICUBIC, box=(left, top, left + wide, top + high))

    @property
    def whole(self) -> Image.Image:
        """The picture at rest."""
        return self.seen(1.0) if self.source.size != self.size else self.source.copy()


@dataclass(frozen=True, slots=True)
class Path:
    """A camera's way over a still that begins at rest on the whole of it."""

    move: Move
    strength: float
    seed: int

    def at(self, done: float, time_s: float) -> tuple[float, float, float]:  # noqa: PLR0911 - a return a move
        """Zoom, x and y at a moment; (1, 0, 0) at 0."""
        much = self.strength
        match self.move:
            case Move.PAN_LEFT | Move.TRACK_LEFT:
                return 1 + 0.16 * much * done, -done, 0.0
            case Move.PAN_RIGHT | Move.TRACK_RIGHT | Move.ORBIT:
                return 1 + 0.16 * much * done, done, 0.0
            case Move.TILT_UP | Move.CRANE_UP:
                return 1 + 0.16 * much * done, 0.0, -done
            case Move.TILT_DOWN | Move.CRANE_DOWN:
                return 1 + 0.16 * much * done, 0.0, done
            case Move.HANDHELD:
                start = min(1.0, time_s / 0.8)
                return 1 + 0.06 * start, 0.5 * start * drift(time_s, self.seed), 0.5 * start * drift(time_s, self.seed + 1)
            case Move.STATIC:
                return 1 + 0.025 * done, 0.0, 0.0
            case Move.PUSH_IN | Move.PULL_OUT:
                return 1 + 0.2 * much * done, 0.0, 0.0


@dataclass(frozen=True, slots=True)
class Travel:
    """One given picture: moved, or left for the drawn shot in the middle; begins (or ends) exactly on it."""

    first: Still | None
    last: Still | None
    drawn: Moving | None
    shot: Shot
    frames: int
    fps: int
    seed: int

    def frame(self, index: int) -> Image.Image:
        """One frame, RGB, counted from 0."""
        part = index / max(1, self.frames - 1)
        done = eased(part)
        still = self.first or self.last
        assert still is not None  # noqa: S101 - compose gives one of them
        gone = done if self.first else 1 - done
        if gone <= 0:
            return still.whole
        zoom, x, y = self._path(gone, index)
        moved = still.seen(zoom, x, y)
        if self.drawn is None:
            return self._weather().over(moved, index / self.fps, min(1.0, gone * 5))
        share = _smooth((part if self.first else 1 - part), 0.12, 0.58)
        return Image.blend(moved, self.drawn.frame(index), share) if share > 0 else moved

    def pixels(self, index: int) -> bytes:
        """The same frame as rows of packed RGB."""
        return self.frame(index).tobytes()

    def _path(self, gone: float, index: int) -> tuple[float, float, float]:
        shot = self.shot
        if self.drawn is None and self.first and shot.move is Move.PULL_OUT:
            # the given picture is the widest view there is: come to it from near, or the move would show its rims
            return Path(Move.PUSH_IN, 0.35, self.seed).at(gone, index / self.fps)
        much = PACES[shot.pace] * min(1.5, max(0.4, (shot.seconds / 5) ** 0.7))
        return Path(shot.move, much * (0.6 if self.drawn else 1.0), self.seed).at(gone, index / self.fps)

    def _weather(self) -> Fall:
        return falling(self.shot.weather, self.seed)


@dataclass(frozen=True, slots=True)
class Dissolve:
    """From one given picture to another: both move towards a common framing and melt in the middle third."""

    first: Still
    last: Still
    shot: Shot
    frames: int
    fps: int
    seed: int

    def frame(self, index: int) -> Image.Image:
        """One frame, RGB, counted from 0."""
        part = index / max(1, self.frames - 1)
        if part <= 0:
            return self.first.whole
        if part >= 1:
            return self.last.whole
        done, share = eased(part), _smooth(part, 0.33, 0.67)
        zoom = 1 + 0.16 * done
        here = self.first.seen(zoom) if share < 1 else None
        there = self.last.seen(1 + 0.16 * (1 - done)) if share > 0 else None
        if here is None or there is None:
            frame = here or there
            assert frame is not None  # noqa: S101 - one of them is seen at any share
        else:
            frame = Image.blend(here, there, share)
        return falling(self.shot.weather, self.seed).over(frame, index / self.fps, min(1.0, 6 * part, 6 * (1 - part)))

    def pixels(self, index: int) -> bytes:
        """The same frame as rows of packed RGB."""
        return self.frame(index).tobytes()


def _smooth(part: float, start: float, end: float) -> float:
    place = min(1.0, max(0.0, (part - start) / (end - start)))
    return place * place * (3 - 2 * place)
