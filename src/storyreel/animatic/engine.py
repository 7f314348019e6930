"""Draws and moves a shot: from a request to frames, each a pure function of request and number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from PIL import Image

from storyreel.animatic.ambience import ambience
from storyreel.animatic.camera import Camera
from storyreel.animatic.canvas import Canvas, Packed
from storyreel.animatic.casting import Actor, is_landmark
from storyreel.animatic.company import company
from storyreel.animatic.layout import follow_of, lay_out, lens_of, main_of, unit_of
from storyreel.animatic.lightplan import lamp_of
from storyreel.animatic.paint import Placed
from storyreel.animatic.palette import palette
from storyreel.animatic.photo import Dissolve, Still, Travel
from storyreel.animatic.places import setting_of
from storyreel.animatic.plate import Plate, bake, bakeable
from storyreel.animatic.setting import Layer, Setting
from storyreel.animatic.slate import Slate, room_below
from storyreel.animatic.stage import Lamp, Stage
from storyreel.animatic.surroundings import surroundings
from storyreel.animatic.weather import DISCS, NORTHERN_LIGHTS, Sky, weather_over
from storyreel.domain.generation import Request
from storyreel.domain.storyboard import Shot, TimeOfDay
from storyreel.domain.values import frames_in

__all__ = ["Picture", "ambience", "compose"]

HIGHEST_NAMED = 0.15  # in frame heights from the top: where a sun or moon is still seen whole


class Picture(Protocol):
    """A shot that can be drawn frame by frame, in any order, on any thread."""

    @property
    def frames(self) -> int:
        """How many frames it has."""
        ...

    def frame(self, index: int) -> Image.Image:
        """One frame, RGB, counted from 0."""
        ...

    def pixels(self, index: int) -> Packed:
        """The same frame as rows of packed RGB."""
        ...


@dataclass(frozen=True, slots=True)
class Slated:
    """A moved picture with a slate below, except on the frames that are pinned to given pictures."""

    picture: Picture
    slate: Slate
    pinned: frozenset[int]

    @property
    def frames(self) -> int:
        """How many frames it has."""
        return self.picture.frames

    def frame(self, index: int) -> Image.Image:
        """One frame, RGB, counted from 0."""
        frame = self.picture.frame(index)
        if index not in self.pinned:
            self.slate.lay(frame)
        return frame

    def pixels(self, index: int) -> bytes:
        """The same frame as rows of packed RGB."""
        return self.frame(index).tobytes()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shot drawn from its words."""

    stage: Stage
    plate: Plate
    behind: tuple[Layer, ...]  # from far to near, up to the subject
    before: tuple[Layer, ...]
    weather: Sky
    foot: bytes  # the slate's rows of packed RGB
    frames: int
    fps: int

    def frame(self, index: int) -> Image.Image:
        """One frame, RGB, counted from 0."""
        return Image.frombytes("RGB", (self.plate.width_px, self.plate.height_px), self.pixels(index))

    def pixels(self, index: int) -> Packed:
        """The same frame as rows of packed RGB."""
        time_s = index / self.fps
        view = self.stage.camera.at(time_s)
        canvas = Canvas((self.plate.width_px, self.plate.height_px), self.plate.at(view, index / max(1, self.frames - 1)))
        self.weather.behind(canvas, view, time_s)
        for layer in self.behind:
            layer.paint(canvas, view, time_s)
        canvas.settle()
        for layer in self.before:
            layer.paint(canvas, view, time_s)
        self.weather.before(canvas, view, time_s)
        packed = canvas.packed()
        return bytes(packed[: -len(self.foot)]) + self.foot if self.foot else packed


def compose(request: Request, *, first_frame: Image.Image | None = None, last_frame: Image.Image | None = None) -> Picture:
    """The picture of a request: drawn from its shot, or moved from the pictures given.

    With a first frame that a drawn shot follows (its subjects are known), the still travels into the new composition; without
    subjects the picture itself is moved. Frame 0 equals `first_frame` and the last frame `last_frame`, fitted to the size.
    """
    shot = request.shot or Shot(id="shot", beat="", description=request.prompt, seconds=request.seconds)
    frames = frames_in(request.seconds, request.fps)
    if first_frame is None and last_frame is None:
        return _drawn(request, shot, frames)
    first = Still.fitted(first_frame, request.size) if first_frame else None
    last = Still.fitted(last_frame, request.size) if last_frame else None
    moved: Picture
    if first and last:
        moved = Dissolve(first, last, shot, frames, request.fps, request.seed)
    else:
        drawn = _drawn(request, shot, frames) if shot.subjects else None
        moved = Travel(first, last, drawn, shot, frames, request.fps, request.seed)
    if not request.slate:
        return moved
    pinned = frozenset(([0] if first else []) + ([frames - 1] if last else []))
    return Slated(moved, Slate.of(request), pinned)


def _drawn(request: Request, shot: Shot, frames: int) -> Drawn:
    setting = setting_of(request.location, shot)
    stage, placed = _staged(request, shot, setting, frames)
    weather = weather_over(stage, setting)
    stage = replace(stage, landmarks=tuple((one.z_m, one.x_m, one.actor.width_m / 2) for one in placed if is_landmark(one.actor)))
    layers: list[Layer] = [*setting.build(stage), *placed, *surroundings(stage, setting, shot, placed)]
    ordered: Sequence[Layer] = sorted(layers, key=lambda layer: -layer.z_m)
    baked = bakeable(stage, ordered) if not weather.moves_behind else 0
    depth = stage.lens.depth_m
    main = min(placed, key=lambda one: abs(one.z_m - depth), default=None)
    middle = max(baked, next((k for k, layer in enumerate(ordered) if layer is main), len(ordered)))
    foot = Slate.of(request).strip.convert("RGB").tobytes() if request.slate else b""
    plate = bake(stage, setting, weather, ordered[:baked])
    return Drawn(stage, plate, tuple(ordered[baked:middle]), tuple(ordered[middle:]), weather, foot, frames, request.fps)


def _staged(request: Request, shot: Shot, setting: Setting, frames: int) -> tuple[Stage, Sequence[Placed]]:
    width, height = request.size.width_px, request.size.height_px
    floor_px = height - (room_below(request) if request.slate else 0)
    everyone = company(shot, setting, request.seed)
    actors = tuple(one for one in everyone if not _is_of_the_sky(one, everyone, setting, shot))
    heavens = frozenset(str(one.subject.concept) for one in everyone if one not in actors)
    main = main_of(shot, actors)
    lens = lens_of(shot, actors, main, setting, width, height, floor_px / height)
    camera = Camera(lens, shot.move, shot.pace, frames / request.fps, request.seed, follow_of(shot, main, lens, setting))
    lamp = lamp_of(shot, lens)
    stage = Stage(
        camera=camera,
        palette=palette(shot.time_of_day, shot.mood, shot.weather),
        lamp=_with_named_disc(lamp, heavens, actors),
        time=shot.time_of_day,
        weather=shot.weather,
        mood=shot.mood,
        seed=request.seed,
        floor_px=floor_px,
        unit=unit_of(lens, shot, actors, main, setting),
        heavens=heavens,
    )
    return stage, lay_out(stage, setting, shot, actors, main)


def _is_of_the_sky(one: Actor, everyone: Sequence[Actor], setting: Setting, shot: Shot) -> bool:
    """Whether a moon that is named is the one in the sky at that hour, rather than a second one; alone it is a subject."""
    if not setting.sky or setting.roof:
        return False
    there = "moon" if shot.time_of_day is TimeOfDay.NIGHT else "sun"
    return one.subject.concept == NORTHERN_LIGHTS or (one.subject.concept == there and len(everyone) > 1)


def _with_named_disc(lamp: Lamp, heavens: frozenset[str], actors: Sequence[Actor]) -> Lamp:
    """The light, whose disc is seen whole where it is spoken of, and not at all where it is a subject by itself."""
    if heavens & DISCS:
        return replace(lamp, disc=True, y=max(lamp.y, HIGHEST_NAMED))
    own = {one.subject.concept for one in actors} & DISCS
    return replace(lamp, disc=lamp.disc and not own)
