"""What a cloud makes: a playable clip, or a picture, that shows what was asked and begins and ends on the frames that were given.

The same request gives the same bytes. `Studio` makes each once and keeps it while there is room.
"""

import asyncio
import io
import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import av
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, VideoReformatter
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from storyreel.domain.errors import MediaUnusable
from storyreel.domain.values import frames_in
from storyreel.media.colour import BT709, FROM_RGB
from storyreel.media.encode import MP4 as MP4_OPTIONS
from storyreel.media.lettering import Lettering
from storyreel.media.pictures import open_picture, png_bytes
from storyreel.media.probe import probe
from storyreel.media.sound_track import RATE_HZ, Samples, SoundTrack, silence
from storyreel.media.video_track import VideoTrack

PNG, JPEG, WEBP, MP4 = "image/png", "image/jpeg", "image/webp", "video/mp4"
FADE_S = 0.25  # from the given first frame to the card, and from the card to the given last frame
STEPS_PER_S = 4  # distinct pictures; between them a picture stands, which costs next to nothing to encode
MOST_KEPT_BYTES = 128 * 1024 * 1024
BAR = "#ffb300"
_X264 = ":aq-mode=0:no-deblock=1:mbtree=0:bframes=0:subme=0:ref=1:qp=24"  # speed: these are cards that nobody judges
_FONTS = tuple(
    Path(__file__).parents[1] / "animatic" / "fonts" / name for name in ("NotoSans-Regular.ttf", "NotoSansSC-Regular.ttf")
)


Planes: TypeAlias = npt.NDArray[np.uint8]
"""The bytes of a 4:2:0 picture: its luma, then its two colours at half the width and height."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one generation was asked for, as the cloud understood it; it is what the result shows."""

    model: str
    prompt: str
    size: tuple[int, int]  # in pixels, even for a clip
    seconds: float = 0.0  # 0: a picture
    fps: int = 24
    sound: bool = False
    seed: int | None = None
    first: bytes | None = None  # the picture files themselves, any type that media reads
    last: bytes | None = None
    references: tuple[bytes, ...] = ()
    notes: tuple[str, ...] = ()  # further lines to show: "mode pro", "provider fal-ai"

    @property
    def digest(self) -> str:
        """Equal for equal requests."""
        parts = [repr((self.model, self.prompt, self.size, self.seconds, self.fps, self.sound, self.seed, self.notes)).encode()]
        parts += [sha256(picture or b"").digest() for picture in (self.first, self.last, *self.references)]
        return sha256(b"\0".join(parts)).hexdigest()


class Studio:
    """Makes results in threads, each once, and keeps the latest; shared by all clouds of a process."""

    def __init__(self, most_bytes: int = MOST_KEPT_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._making: dict[tuple[str, str], asyncio.Task[bytes]] = {}

    async def make(self, asked: Asked, media_type: str = MP4) -> bytes:
        """The result's file: MP4 for "video/mp4", otherwise the picture in that type."""
        place = (asked.digest, media_type)
        if place in self._kept:
            self._kept.move_to_end(place)
            return self._kept[place]
        if place not in self._making:
            made = clip_of if media_type == MP4 else picture_of
            work = asyncio.to_thread(made, asked) if made is clip_of else asyncio.to_thread(picture_of, asked, media_type)
            self._making[place] = asyncio.ensure_future(work)
        try:
            data = await asyncio.shield(self._making[place])
        finally:
            if place in self._making and self._making[place].done():
                del self._making[place]
        self._keep(place, data)
        return data

    def _keep(self, place: tuple[str, str], data: bytes) -> None:
        self._kept[place] = data
        while sum(map(len, self._kept.values())) > self._most_bytes and len(self._kept) > 1:
            self._kept.popitem(last=False)


def clip_of(asked: Asked) -> bytes:
    """An MP4, H.264, and AAC where sound was asked: of exactly that size, rate and whole number of frames."""
    count = frames_in(asked.seconds, asked.fps)
    return _clip(asked, count, _Scenes(asked, count).frame)


def black_of(clip: bytes) -> bytes:
    """A clip as long and large as that one, with a tone where it has sound, and black; what is no clip stays as it is."""
    with TemporaryDirectory(prefix="standin-") as folder:
        path = Path(folder) / "clip.mp4"
        path.write_bytes(clip)
        try:
            facts = probe(path)
        except MediaUnusable:
            return clip
    asked = Asked("black", "", (facts.width_px, facts.height_px), facts.seconds, round(facts.fps), sound=facts.sound is not None)
    black = VideoFrame.from_ndarray(np.zeros((facts.height_px, facts.width_px, 3), np.uint8), "rgb24").reformat(format="yuv420p")
    return _clip(asked, facts.frames, lambda _: black)


def _clip(asked: Asked, count: int, frame: Callable[[int], VideoFrame]) -> bytes:
    with TemporaryDirectory(prefix="standin-") as folder:
        path = Path(folder) / "clip.mp4"
        with av.open(str(path), "w", format="mp4", options=MP4_OPTIONS) as container:
            video = VideoTrack(container, asked.size, Fraction(asked.fps), x264=_X264)
            sound = SoundTrack(container) if asked.sound else None
            tone = _tone(asked, count) if sound else silence(0)
            for number in range(count):
                video.write_yuv(frame(number))
                if sound:
                    sound.write(tone[sound.samples : round((number + 1) * RATE_HZ / asked.fps)])
            video.finish()
            if sound:
                sound.finish()
        return path.read_bytes()


def picture_of(asked: Asked, media_type: str = PNG) -> bytes:
    """A picture of exactly that size, with the prompt and small views of the pictures that were given."""
    card = _card(asked, _fitted(asked.first, asked.size) if asked.first else None)
    if media_type == PNG:
        return png_bytes(card)
    file = io.BytesIO()
    card.save(file, format=media_type.removeprefix("image/").upper(), quality=92)
    return file.getvalue()


class _Scenes:
    """The pictures of a clip by number, ready to be encoded: what stands is converted once, and changed as planes of 4:2:0."""

    def __init__(self, asked: Asked, count: int) -> None:
        self._asked, self._count = asked, count
        converter = VideoReformatter()
        first, last = (_fitted(picture, asked.size) if picture else None for picture in (asked.first, asked.last))
        self._card = _planes(_card(asked, first), converter)
        self._first = _planes(first, converter) if first else None
        self._last = _planes(last, converter) if last else None
        self._bar = _planes(Image.new("RGB", (2, 2), BAR), converter)[[0, 4, 5]]
        self._shown: tuple[tuple[int, int], VideoFrame] | None = None

    def frame(self, number: int) -> VideoFrame:
        step = self._step(number)
        if self._shown is None or self._shown[0] != step:
            width, height = self._asked.size
            self._shown = step, VideoFrame.from_ndarray(self._drawn(*step).reshape(height * 3 // 2, width), "yuv420p")
        return self._shown[1]

    def _step(self, number: int) -> tuple[int, int]:
        """Where a picture lies: its standing step, and how much (0 to 100) of the first (+) or last (-) frame it shows."""
        fade = min(max(1, round(FADE_S * self._asked.fps)), self._count - 1) or 1
        if self._first is not None and number < fade:
            return 0, 100 - 100 * number // fade
        left = self._count - 1 - number
        if self._last is not None and left < fade:
            return 0, -(100 - 100 * left // fade)
        return number * STEPS_PER_S // self._asked.fps + 1, 0

    def _drawn(self, step: int, fade: int) -> Planes:
        over = self._first if fade > 0 else self._last
        if over is not None and abs(fade) == 100:
            return over
        shown = self._card.copy()
        self._draw_bar(shown, step / max(1, self._count * STEPS_PER_S / self._asked.fps))
        if over is None or not fade:
            return shown
        return np.asarray(Image.blend(Image.fromarray(shown[None]), Image.fromarray(over[None]), abs(fade) / 100))[0]

    def _draw_bar(self, planes: Planes, done: float) -> None:
        """How far the clip is, as a bar at its foot: what moves."""
        width, height = self._asked.size
        across, thick = (
            round(width / 2 * min(1.0, done)),
            max(1, height // 120),
        )  # in steps of the colours, which are of two pixels
        luma, colours = planes[: width * height].reshape(height, width), planes[width * height :].reshape(2, height // 2, -1)
        luma[height - 2 * thick :, : 2 * across] = self._bar[0]
        colours[:, height // 2 - thick :, :across] = self._bar[1:, None, None]


def _planes(picture: Image.Image, converter: VideoReformatter) -> Planes:
    """A picture of an even size as 4:2:0 in the colours of the track."""
    rgb = VideoFrame.from_ndarray(np.asarray(picture), "rgb24")
    yuv = converter.reformat(rgb, format="yuv420p", dst_colorspace=BT709, dst_color_range=ColorRange.MPEG, interpolation=FROM_RGB)
    return yuv.to_ndarray().astype(np.uint8, copy=False).reshape(-1)


def _fitted(picture: bytes, size: tuple[int, int]) -> Image.Image:
    """A picture that fills the size: scaled, and cut where its shape is another."""
    return ImageOps.fit(open_picture(picture, name="The frame"), size, Image.Resampling.LANCZOS)


def _card(asked: Asked, first: Image.Image | None) -> Image.Image:
    """The ground in a colour of the prompt's own, over the first frame where there is one, and on it what was asked."""
    width, height = asked.size
    hue = int(sha256(f"{asked.prompt}\0{asked.seed}".encode()).hexdigest()[:4], 16) / 0xFFFF
    card = _ground(asked.size, hue)
    if first:
        soft = first.filter(ImageFilter.BoxBlur(max(1, width // 60)))
        card = Image.blend(card, soft, 0.5)
    canvas = ImageDraw.Draw(card, "RGBA")
    unit = max(9, min(width, height) // 18)
    edge = unit
    canvas.rectangle((edge // 2, edge // 2, width - edge // 2, height - edge // 2), fill=(10, 12, 18, 120))
    y = edge + unit
    for text, size_px, most, colour in _lines(asked, unit):
        letters = _letters(size_px)
        for line in letters.wrapped(text, width - 2 * edge, most):
            if y > height - edge:
                break
            letters.draw(canvas, (edge, y), line, colour)
            y += round(size_px * 1.35)
        y += size_px // 3
    _draw_views(card, asked, y, edge)
    return card


def _lines(asked: Asked, unit: int) -> Sequence[tuple[str, int, int, str]]:
    """Text, its size in pixels, how many lines it may take, its colour."""
    kind = f"{asked.seconds:g} s   {asked.fps} fps   {'sound' if asked.sound else 'silent'}" if asked.seconds else "picture"
    seed = "" if asked.seed is None else f"   seed {asked.seed}"
    facts = f"{asked.size[0]}x{asked.size[1]}   {kind}{seed}"
    small = max(9, unit * 2 // 3)
    return [
        (asked.model, unit, 2, "#ffffff"),
        (facts, small, 2, "#ffe08a"),
        *((note, small, 1, "#9fd8ff") for note in asked.notes),
        (asked.prompt, small, 7, "#f2f2f2"),
    ]


def _draw_views(card: Image.Image, asked: Asked, top: int, edge: int) -> None:
    """Small views of the pictures that were given, named, at the foot of the card."""
    named = [("first", asked.first), ("last", asked.last)]
    named += [(f"ref {number}", picture) for number, picture in enumerate(asked.references, 1)]
    views = [(name, picture) for name, picture in named if picture]
    room = card.height - edge - max(top, card.height // 2)
    if not views or room < 24:
        return
    letters, canvas = _letters(max(9, room // 9)), ImageDraw.Draw(card)
    widest = max(16, (card.width - 2 * edge) // len(views) - edge // 2)
    x = edge
    for name, picture in views:
        view = open_picture(picture, name="The picture")
        view.thumbnail((widest, room - letters.size_px * 3 // 2))
        card.paste(view, (x, card.height - edge - view.height))
        letters.draw(canvas, (x, card.height - edge - view.height - letters.size_px // 3), name, "#9fd8ff")
        x += view.width + edge // 2


def _ground(size: tuple[int, int], hue: float) -> Image.Image:
    """A slope from a colour to a darker one."""
    width, height = size
    top, foot = (np.array(_rgb(hue, light)) for light in (0.62, 0.24))
    slope = np.linspace(0, 1, height)[:, None]
    rows = (top[None, :] * (1 - slope) + foot[None, :] * slope).astype(np.uint8)
    return Image.fromarray(np.repeat(rows[:, None, :], width, axis=1))


def _rgb(hue: float, light: float) -> tuple[float, float, float]:
    red, green, blue = (0.5 + 0.5 * math.cos(math.tau * (hue + shift)) for shift in (0.0, 1 / 3, 2 / 3))
    return 255 * light * (0.3 + 0.7 * red), 255 * light * (0.3 + 0.7 * green), 255 * light * (0.3 + 0.7 * blue)


def _tone(asked: Asked, count: int) -> Samples:
    """A soft chord in a pitch of the prompt's own, fading in and out."""
    samples = round(count * RATE_HZ / asked.fps)
    pitch = 110 * 2 ** (int(asked.digest[:2], 16) % 12 / 12)
    times = np.arange(samples) / RATE_HZ
    wave = 0.08 * (np.sin(math.tau * pitch * times) + 0.5 * np.sin(math.tau * 1.5 * pitch * times))
    ramp = np.minimum(1.0, np.minimum(times, times[::-1]) / 0.05)
    return np.repeat((wave * ramp)[:, None], 2, axis=1).astype(np.float32)


@cache
def _letters(size_px: int) -> Lettering:
    return Lettering([font for font in _FONTS if font.exists()], size_px)
