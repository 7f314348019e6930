"""What the check of a take finds, and what it must not call a fault. Requirement F5 (broken takes)."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pytest

from storyreel.domain.checks import FindingKind, TakeFinding
from storyreel.domain.values import Size
from storyreel.media.check import Wanted, check_take
from storyreel.standins.clips import Asked, clip_of, picture_of
from tests.media.footage import Pixels, make_clip, picture

WIDTH, HEIGHT = 160, 90


def ground(seed: int) -> npt.NDArray[np.float64]:
    """A picture of soft shapes, larger than a frame, so that a camera can move over it; from 0 to 255."""
    random = np.random.default_rng(seed)
    down, across = np.mgrid[0 : 4 * HEIGHT, 0 : 4 * WIDTH]
    turns = random.uniform(0.02, 0.2, (6, 2)) * random.choice([-1, 1], (6, 2))
    waves = sum(np.sin(across * x + down * y + index) for index, (x, y) in enumerate(turns))
    return np.asarray(128 + 20 * waves)


GROUND, OTHER = ground(1), ground(2)


def framed(of: npt.NDArray[np.float64], left: float = 0, zoom: float = 1.0, gain: float = 1.0) -> Pixels:
    """What a camera sees of a ground, `left` pixels along and so much nearer."""
    rows = (np.arange(HEIGHT) - HEIGHT / 2) / zoom + HEIGHT
    columns = (np.arange(WIDTH) - WIDTH / 2) / zoom + WIDTH + left
    seen = of[np.clip(rows.round().astype(int), 0, None)][:, columns.round().astype(int)]
    return np.repeat(np.clip(seen * gain, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)


def moving(index: int) -> Pixels:
    """A camera that goes by."""
    return framed(GROUND, left=index * 1.5)


BLACK = np.zeros((HEIGHT, WIDTH, 3), np.uint8)


class Found(Protocol):
    """What the check finds in a clip of these pictures, by kind."""

    def __call__(
        self,
        drawn: Callable[[int], Pixels],
        *,
        frames: int = 96,
        wanted: Wanted | None = None,
        sound: npt.NDArray[np.float32] | None = None,
    ) -> dict[str, TakeFinding]: ...


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """What the check finds in a clip of these pictures, by kind."""

    def check(
        drawn: Callable[[int], Pixels],
        *,
        frames: int = 96,
        wanted: Wanted | None = None,
        sound: npt.NDArray[np.float32] | None = None,
    ) -> dict[str, TakeFinding]:
        path = make_clip(tmp_path / "take.mp4", frames=frames, drawn=drawn, size=(WIDTH, HEIGHT), sound=sound, gop=24)
        return {one.kind.value: one for one in check_take(path, wanted or Wanted()).findings}

    return check


def test_a_clip_that_moves_has_nothing_found(found: Found) -> None:
    assert found(moving) == {}


@pytest.mark.parametrize(("first", "length"), [(0, 96), (0, 48), (30, 24), (40, 56)])
def test_black_is_found_where_and_as_long_as_it_is(found: Found, first: int, length: int) -> None:
    told = found(lambda index: BLACK if first <= index < first + length else moving(index))

    assert list(told) == ["black"]
    assert told["black"].at_s == pytest.approx(first / 24, abs=0.05)
    assert told["black"].detail[0] == pytest.approx(length / 24, abs=0.1)


def test_a_clip_may_come_out_of_black_and_end_in_it(found: Found) -> None:
    def fading(index: int) -> Pixels:
        return framed(GROUND, left=index * 1.5, gain=min(1.0, max(0, index - 12) / 24, max(0, 84 - index) / 24))

    assert found(fading) == {}


def test_a_night_sky_in_which_one_thing_moves_is_neither_black_nor_frozen(found: Found) -> None:
    def night(index: int) -> Pixels:
        sky = BLACK + 4
        sky[20:22, 30 + index // 4 : 32 + index // 4] = 200
        return sky

    assert found(night) == {}


@pytest.mark.parametrize(("first", "length"), [(0, 96), (28, 68), (10, 66)])
def test_a_clip_that_freezes_is_found_also_across_key_frames(found: Found, first: int, length: int) -> None:
    told = found(lambda index: moving(min(index, first) + max(0, index - first - length)))

    assert list(told) == ["frozen"]
    assert told["frozen"].at_s == pytest.approx(first / 24, abs=0.7)
    assert told["frozen"].detail[0] == pytest.approx(length / 24, abs=0.8)


def test_a_slow_push_in_and_a_short_hold_are_not_frozen(found: Found) -> None:
    assert found(lambda index: framed(GROUND, zoom=1 + index * 0.0008)) == {}
    assert found(lambda index: moving(min(index, 60))) == {}


def test_a_drawn_take_may_stand_still(found: Found) -> None:
    asked = Wanted(4, Size(width_px=WIDTH, height_px=HEIGHT), exact=True)

    assert found(lambda _: moving(0), wanted=asked) == {}


@pytest.mark.parametrize("at", [12, 40, 80])
def test_a_cut_inside_is_found_to_the_picture(found: Found, at: int) -> None:
    told = found(lambda index: moving(index) if index < at else framed(OTHER, left=index * 1.5))

    assert list(told) == ["cut"]
    assert told["cut"].at_s == pytest.approx(at / 24, abs=0.01)


@pytest.mark.parametrize("length", [1, 3, 6])
def test_a_flash_is_no_cut(found: Found, length: int) -> None:
    assert found(lambda index: framed(GROUND, left=index * 1.5, gain=2.5 if 40 <= index < 40 + length else 1.0)) == {}


def test_a_lamp_that_goes_on_and_a_camera_that_whips_are_no_cuts(found: Found) -> None:
    assert found(lambda index: framed(GROUND, left=index * 1.5, gain=0.4 if index < 40 else 1.0)) == {}
    assert found(lambda index: framed(GROUND, left=index * 0.5 + 30 * min(8, max(0, index - 40)))) == {}


def test_a_picture_that_stands_for_three_frames_each_is_neither_cut_nor_frozen(found: Found) -> None:
    assert found(lambda index: moving(index // 3 * 3)) == {}


def tone(level_db: float, seconds: float = 1.0) -> npt.NDArray[np.float32]:
    """Noise so loud, as of a room."""
    return (np.random.default_rng(1).normal(0, 10 ** (level_db / 20), (2, round(seconds * 48_000)))).astype(np.float32)


@pytest.mark.parametrize(
    ("sound", "asked", "kinds"),
    [
        (None, True, ["silent"]),
        (np.zeros((2, 48_000), np.float32), True, ["silent"]),
        (tone(-62), True, []),
        (tone(-30), True, []),
        (tone(-30), False, ["sound"]),
        (np.zeros((2, 48_000), np.float32), False, []),
        (tone(-30), None, []),
    ],
    ids=["no track", "silence", "a quiet room", "sound", "not asked", "silence, not asked", "does not matter"],
)
def test_sound_is_held_against_what_was_asked(
    found: Found, sound: npt.NDArray[np.float32] | None, asked: bool | None, kinds: list[str]
) -> None:
    assert list(found(moving, frames=24, wanted=Wanted(sound=asked), sound=sound)) == kinds


@pytest.mark.parametrize(("level_db", "kinds"), [(-200, ["silent"]), (-30, [])], ids=["silence", "a room"])
def test_sound_of_eight_bits_is_heard_around_its_middle(tmp_path: Path, level_db: float, kinds: list[str]) -> None:
    path = make_clip(tmp_path / "old.mov", drawn=moving, size=(WIDTH, HEIGHT), sound=tone(level_db), sound_codec="pcm_u8")

    assert [one.kind.value for one in check_take(path, Wanted(sound=True)).findings] == kinds


@pytest.mark.parametrize(
    ("frames", "asked_s", "kinds"), [(81, 80 / 24, []), (96, 4.3, []), (72, 4, ["length"]), (96, 3, ["length"])]
)
def test_a_length_is_told_where_no_step_of_a_model_explains_it(
    found: Found, frames: int, asked_s: float, kinds: list[str]
) -> None:
    told = found(moving, frames=frames, wanted=Wanted(asked_s))

    assert list(told) == kinds
    assert all(one.detail == (frames / 24, asked_s) for one in told.values())


@pytest.mark.parametrize(("width", "height", "kinds"), [(160, 90, []), (166, 88, []), (90, 160, ["size"]), (320, 180, ["size"])])
def test_another_size_is_told(found: Found, width: int, height: int, kinds: list[str]) -> None:
    assert list(found(moving, frames=24, wanted=Wanted(size=Size(width_px=width, height_px=height)))) == kinds


def test_only_what_is_worth_another_take_is_bad() -> None:
    assert {kind.value for kind in FindingKind if not kind.bad} == {"size", "sound"}


def test_a_clip_of_ten_bits_and_one_of_a_tall_picture_are_seen_as_well(tmp_path: Path) -> None:
    tall = make_clip(tmp_path / "tall.mp4", frames=48, size=(90, 160), drawn=lambda _: np.zeros((160, 90, 3), np.uint8))
    deep = make_clip(tmp_path / "deep.mp4", frames=48, pixel_format="yuv420p10le", drawn=lambda _: picture(0))

    assert [one.kind for one in check_take(tall).findings] == [FindingKind.BLACK]
    assert [one.kind for one in check_take(deep).findings] == [FindingKind.FROZEN]


def test_what_a_stand_in_makes_passes(tmp_path: Path) -> None:
    frame = picture_of(Asked("a", "A fox in the snow", (320, 180)))
    other = picture_of(Asked("b", "A harbour", (180, 320)))
    for number, asked in enumerate(
        [
            Asked("veo", "A fox", (320, 180), seconds=4, sound=True, first=frame, last=other),
            Asked("wan", "A harbour at night", (180, 320), seconds=5, fps=16, first=other),
            Asked("ltx", "Snow", (320, 180), seconds=3, fps=8),
        ]
    ):
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(clip_of(asked))
        size = Size(width_px=asked.size[0], height_px=asked.size[1])
        assert check_take(path, Wanted(asked.seconds, size, sound=asked.sound)).findings == ()
