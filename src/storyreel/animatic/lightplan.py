"""Where the one light of a shot stands, from its hour, direction and the main subject's side."""

from storyreel.animatic.camera import Lens
from storyreel.animatic.stage import Lamp
from storyreel.domain.storyboard import Direction, Facing, LightSource, Shot, TimeOfDay, Weather

ROWS: dict[TimeOfDay, float] = {TimeOfDay.DAWN: 0.06, TimeOfDay.DAY: 0.42, TimeOfDay.DUSK: 0.09, TimeOfDay.NIGHT: 0.38}
"""How high sun or moon stands over the horizon, in frame heights."""


def lamp_of(shot: Shot, lens: Lens) -> Lamp:
    """The light of a shot."""
    direction = shot.light.direction
    away = 0.74 if shot.subjects and shot.subjects[0].facing is Facing.RIGHT else 0.26
    across = {Direction.LEFT: 0.2, Direction.RIGHT: 0.8, Direction.BEHIND: away, Direction.FRONT: 0.5, Direction.ABOVE: 0.5}[
        direction
    ]
    row = lens.horizon - ROWS[shot.time_of_day]
    if direction is Direction.ABOVE:
        row = min(row, 0.08)
    if shot.time_of_day in {TimeOfDay.DAY, TimeOfDay.NIGHT}:
        row = min(row, 0.2) if direction is not Direction.BEHIND else max(0.13, row)
    seen = direction is not Direction.FRONT and shot.weather in {Weather.CLEAR, Weather.WIND, Weather.SAND, Weather.SNOW}
    return Lamp(
        shot.light.source,
        direction,
        across,
        row,
        seen and shot.light.source not in {LightSource.LAMP, LightSource.FIRE, LightSource.WINDOW},
    )
