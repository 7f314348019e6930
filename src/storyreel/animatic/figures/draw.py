"""The one way to a figure: a family's name and what is wished of it, answered by a drawing."""

from storyreel.animatic.figures.names import NAMES
from storyreel.animatic.figures.registry import MOVING, STILL
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing
from storyreel.domain.storyboard import Facing, Look, Pose


def families() -> frozenset[str]:
    """The names that `draw` knows."""
    return frozenset(MOVING) | frozenset(STILL) | frozenset(NAMES)


def is_still(family: str) -> bool:
    """Whether a family looks the same at every `phase_s`, so that one drawing serves a whole shot."""
    return _known(family)[0] in STILL


def _known(family: str) -> tuple[str, str]:
    """The family that a name stands for, and the variant it implies."""
    return (family, "") if family in MOVING or family in STILL else NAMES.get(family, (family, ""))


def draw(
    family: str,
    *,
    variant: str = "",
    height_m: float,
    pose: Pose = Pose.STAND,
    look: Look | None = None,
    phase_s: float = 0.0,
    seed: int = 0,
    holds: Drawing | None = None,
    near: bool = False,
    faces: Facing = Facing.RIGHT,
) -> Drawing:
    """A family's outline in metres, facing right (left is the mirror of it, which the caller makes).

    `height_m` is the height of the thing as it usually stands; `phase_s` moves legs, wings, wheels and leaves; `near` adds
    what only a close view shows; a `variant` that the family does not know draws its usual form. Raises KeyError for a
    family that is not in `families()`.
    """
    family, implied = _known(family)
    artist = MOVING.get(family) or STILL[family]
    wish = Wish(height_m, variant or implied, pose, look or Look(), phase_s, seed, holds, near, faces)
    return artist(wish)
