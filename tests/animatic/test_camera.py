"""The camera: moves the way it is told, smoothly, by parts of a pixel."""

import numpy as np
import pytest

from storyreel.animatic.camera import Camera, eased
from storyreel.animatic.framing import Measure, lens_for
from storyreel.domain.storyboard import Angle, Move, Pace, ShotSize

STEADY = [move for move in Move if move not in {Move.STATIC, Move.HANDHELD}]


def camera(move: Move, pace: Pace = Pace.SLOW, seconds: float = 5) -> Camera:
    return Camera(lens_for(ShotSize.WIDE, Angle.EYE_LEVEL, 1280, 720, Measure()), move, pace, seconds)


def path(of: Camera, depth: float, x_m: float = 1.5, y_m: float = 1.0) -> np.ndarray:
    return np.array([of.at(k / 24).point(x_m, y_m, depth) for k in range(round(of.seconds * 24) + 1)])


@pytest.mark.parametrize("pace", list(Pace))
@pytest.mark.parametrize("move", STEADY)
def test_every_step_is_close_to_the_step_before(move: Move, pace: Pace) -> None:
    of = camera(move, pace)
    steps = np.diff(path(of, 2 * of.lens.depth_m), axis=0)
    assert np.abs(np.diff(steps, axis=0)).max() < 0.5  # pixels; no jerk
    assert np.abs(steps).max() < 12


@pytest.mark.parametrize(
    ("move", "axis", "sign"),
    [
        (Move.PAN_RIGHT, 0, -1),
        (Move.PAN_LEFT, 0, 1),
        (Move.TRACK_RIGHT, 0, -1),
        (Move.TRACK_LEFT, 0, 1),
        (Move.TILT_UP, 1, 1),
        (Move.TILT_DOWN, 1, -1),
        (Move.PUSH_IN, 0, 1),
        (Move.PULL_OUT, 0, -1),
    ],
)
def test_a_move_goes_one_way_only(move: Move, axis: int, sign: int) -> None:
    of = camera(move)
    assert (sign * np.diff(path(of, of.lens.depth_m)[:, axis]) >= 0).all()


def test_a_still_camera_holds_still() -> None:
    of = camera(Move.STATIC)
    assert np.ptp(path(of, 9.0)) == pytest.approx(np.ptp(path(of, 9.0)[:1]))


def test_near_things_pass_faster_than_far_ones() -> None:
    of = camera(Move.TRACK_RIGHT)
    near, middle, far = (np.ptp(path(of, times * of.lens.depth_m)[:, 0]) for times in (0.5, 1, 8))
    assert near > 1.5 * middle > 8 * far


def test_a_fast_move_goes_further_than_a_slow_one() -> None:
    slow, fast = (np.ptp(path(camera(Move.PUSH_IN, pace), 8.0)[:, 0]) for pace in (Pace.SLOW, Pace.FAST))
    assert fast > 1.5 * slow


def test_handheld_is_restless_but_never_jumps() -> None:
    way = path(camera(Move.HANDHELD), 8.0)
    assert np.abs(np.diff(way, axis=0)).max() < 4
    assert np.ptp(way[:, 0]) > 4


def test_easing_begins_at_nought_ends_at_one_and_never_turns_back() -> None:
    values = [eased(k / 50) for k in range(51)]
    assert values[0] == 0
    assert values[-1] == pytest.approx(1)
    assert values == sorted(values)


@pytest.mark.parametrize(
    ("size", "low", "high"), [(ShotSize.EXTREME_WIDE, 0.1, 0.2), (ShotSize.WIDE, 0.35, 0.5), (ShotSize.MEDIUM, 1.4, 1.8)]
)
def test_a_person_fills_as_much_of_the_frame_as_the_size_says(size: ShotSize, low: float, high: float) -> None:
    lens = lens_for(size, Angle.EYE_LEVEL, 1280, 720, Measure())
    assert low < lens.focal * 1.75 / lens.depth_m < high


def test_looking_from_below_lowers_the_horizon_and_from_above_lifts_it() -> None:
    low, eye, high = (lens_for(ShotSize.WIDE, angle, 1280, 720, Measure()) for angle in (Angle.LOW, Angle.EYE_LEVEL, Angle.HIGH))
    assert low.horizon > eye.horizon > high.horizon
    assert low.eye_m < eye.eye_m < high.eye_m
