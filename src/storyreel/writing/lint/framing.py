"""Rules about size, places and moves."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from storyreel.domain.storyboard import ShotSize, Storyboard
from storyreel.writing.lint.remark import Remark, key_of, numbered
from storyreel.writing.visual.camera import STRONG, kind_of

if TYPE_CHECKING:
    from storyreel.domain.model import Limits

_WIDE = {ShotSize.EXTREME_WIDE, ShotSize.WIDE}


def same_size_twice(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """Two neighbours with the same size, angle and subjects look like a jump."""
    for (_, before), (number, shot) in pairwise(numbered(film)):
        same_view = (before.size, before.angle) == (shot.size, shot.angle)
        if same_view and {*map(key_of, before.subjects)} == {*map(key_of, shot.subjects)} and shot.subjects:
            yield Remark(
                number,
                f"It has the size and angle of the shot before ({shot.size.value}) on the same subject.",
                "Change the size by two steps, or the angle.",
            )


def no_establishing_shot(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """A place that is new should be seen wide before anything in it, within two shots."""
    number = 1
    place = ""
    for scene in film.scenes:
        is_new = scene.location != place
        if is_new and not any(shot.size in _WIDE for shot in scene.shots[:2]):
            yield Remark(
                number,
                f"The place is new ({scene.heading or scene.location}) and is not seen wide.",
                "Open the scene with a wide shot.",
            )
        place = scene.location
        number += len(scene.shots)


def three_strong_moves(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """Strong moves tire when they come three in a row."""
    run = 0
    for number, shot in numbered(film):
        run = run + 1 if shot.move in STRONG else 0
        if run == 3:
            yield Remark(
                number, "It is the third strong camera move in a row.", "Hold one of the three still, or move it gently."
            )


def pan_against_pan(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """A pan that goes back over the pan before undoes it."""
    for (_, before), (number, shot) in pairwise(numbered(film)):
        if kind_of(before.move) == kind_of(shot.move) == "pan" and before.move is not shot.move:
            yield Remark(
                number,
                f"It pans against the pan of the shot before ({shot.move.value}).",
                "Pan the same way, or hold this shot still.",
            )


def one_size(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """A film of one size has no rhythm."""
    shots = film.shots
    if len(shots) > 2 and len({shot.size for shot in shots}) == 1:
        yield Remark(None, f"All {len(shots)} shots are {shots[0].size.value}.", "Mix wide shots, mediums and close-ups.")
