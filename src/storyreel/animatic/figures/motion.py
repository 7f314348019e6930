"""How a body leaves the ground and comes back to it: leaps, and falls that end."""

from storyreel.domain.storyboard import Pose

LEAP_S = 1.5  # from one leap to the next
_OFF, _ON = 0.28, 0.82  # shares of it: when the feet leave the ground, and when they touch it
LEAP = 0.36  # of a body's height
FALL_S = 0.75  # until whoever falls lies there
FALL = 0.7  # of a body's height, from where the fall is seen
LIFTED = {Pose.JUMP: LEAP, Pose.FALL: FALL}
"""How high above its place a body gets, in its heights."""


def aloft(phase_s: float) -> float:
    """How high a leap is at a moment, from 0 on the ground to 1."""
    share = (phase_s / LEAP_S) % 1.0
    if not _OFF < share < _ON:
        return 0.0
    t = (share - _OFF) / (_ON - _OFF)
    return 4 * t * (1 - t)


def lift_of(pose: Pose, phase_s: float) -> float:
    """How high above its place a body is at a moment, in its heights."""
    if pose is Pose.JUMP:
        return LEAP * aloft(phase_s)
    if pose is Pose.FALL and phase_s < FALL_S:
        return FALL * (1 - (phase_s / FALL_S) ** 2)
    return 0.0
