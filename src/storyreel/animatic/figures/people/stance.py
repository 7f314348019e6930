"""What a body does at a moment: where hips, hands and feet are, as a function of time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import cos, pi, sin

from storyreel.animatic.figures.motion import aloft
from storyreel.domain.storyboard import Pose


@dataclass(frozen=True, slots=True)
class Foot:
    """An ankle: `x` ahead of the body and `lift` above its place on the ground, in leg lengths; toes up by `pitch_deg`."""

    x: float
    lift: float = 0.0
    pitch_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Hand:
    """A wrist seen from its shoulder: 0 degrees hangs down, 90 points ahead; `reach` 1 is a straight arm."""

    angle_deg: float
    reach: float = 0.97
    grip_deg: float = 0.0  # the hand itself, bent forward from the forearm


@dataclass(frozen=True, slots=True)
class Stance:
    """A whole body; near is the side that the viewer sees."""

    near_foot: Foot
    far_foot: Foot
    near_hand: Hand
    far_hand: Hand
    hip: float = 1.0  # height of the hip, 1 standing
    hip_x: float = 0.0  # in leg lengths
    lean_deg: float = 0.0
    nod_deg: float = 0.0  # head down
    turn_deg: float = 0.0  # the whole body, counter-clockwise about the hip
    near_knee: float = 1.0  # 1 bends forward
    far_knee: float = 1.0
    swing: float = 0.0  # how far coat tails and hair trail behind, 0 to 1
    rest: float | None = None  # height of the hip after the turn, as a share of the standing height
    upright: bool = True  # coat tails hang from the hips; else they follow the thighs


WALK_PERIOD_S = 1.08
WALK_REACH = 0.40  # half a step, in leg lengths
WALK_GROUNDED = 0.6  # share of the cycle that a foot is on the ground
RUN_PERIOD_S = 0.68


def _tread(share: float, reach: float, grounded: float, lift: float) -> Foot:
    """A foot in its cycle: back along the ground, then forward through the air."""
    share %= 1.0
    if share < grounded:
        t = share / grounded
        pitch = 16 * max(0.0, 1 - t / 0.16) - 34 * max(0.0, (t - 0.72) / 0.28) ** 1.4
        return Foot(reach * (1 - 2 * t), 0.0, pitch)
    t = (share - grounded) / (1 - grounded)
    return Foot(-reach * cos(pi * t), lift * sin(pi * t) ** 1.2, -34 + 50 * t**0.8)


def stand(phase_s: float) -> Stance:
    """Weight on one leg, breathing."""
    breath = sin(phase_s * 1.7)
    return Stance(
        Foot(-0.075, pitch_deg=0),
        Foot(0.085),
        Hand(-3 + breath, 0.975),
        Hand(13 - breath, 0.95),
        lean_deg=0.6 * breath,
        swing=0.08 + 0.06 * sin(phase_s * 1.1),
    )


def walk(phase_s: float) -> Stance:
    """A level walk."""
    share = phase_s / WALK_PERIOD_S
    beat = 2 * pi * share
    swing = cos(beat)
    return Stance(
        _tread(share, WALK_REACH, WALK_GROUNDED, 0.13),
        _tread(share + 0.5, WALK_REACH, WALK_GROUNDED, 0.13),
        Hand(4 - 27 * swing, 0.955 - 0.035 * max(0.0, -swing)),
        Hand(4 + 27 * swing, 0.955 - 0.035 * max(0.0, swing)),
        hip=0.969 - 0.018 * cos(2 * beat),
        lean_deg=4.0,
        nod_deg=1.0 + cos(2 * beat),
        swing=0.45 + 0.12 * sin(2 * beat),
    )


def run(phase_s: float) -> Stance:
    """A run with flight between the steps."""
    share = phase_s / RUN_PERIOD_S
    beat = 2 * pi * share
    swing = cos(beat)
    return Stance(
        _stride(share),
        _stride(share + 0.5),
        Hand(12 - 52 * swing, 0.72),
        Hand(12 + 52 * swing, 0.72),
        hip=0.96 + 0.04 * cos(2 * beat + 0.6),
        lean_deg=15.0,
        nod_deg=-6.0,
        swing=0.95 + 0.1 * sin(2 * beat),
    )


def _stride(share: float) -> Foot:
    share %= 1.0
    if share < 0.34:
        t = share / 0.34
        return Foot(0.42 - 1.0 * t, 0.02 * t, 8 - 44 * t)
    t = (share - 0.34) / 0.66
    return Foot(-0.08 - 0.50 * cos(pi * min(1.0, t * 1.02)), 0.10 + 0.42 * sin(pi * t) ** 0.8 * (1.1 - t), -60 + 70 * t)


def sit(phase_s: float) -> Stance:
    """On a seat at knee height."""
    breath = sin(phase_s * 1.6)
    return Stance(
        Foot(0.44, 0.0),
        Foot(0.58, 0.0),
        Hand(30 + breath, 0.80, 25),
        Hand(40, 0.82, 25),
        hip=0.545,
        hip_x=-0.06,
        lean_deg=2 + breath * 0.6,
        nod_deg=3,
        upright=False,
    )


def kneel(phase_s: float) -> Stance:
    """On the near knee."""
    breath = sin(phase_s * 1.5)
    return Stance(
        Foot(-0.46, 0.045, -62),
        Foot(0.42),
        Hand(26 + breath, 0.84, 10),
        Hand(46, 0.78, 10),
        hip=0.585,
        lean_deg=8 + breath * 0.5,
        nod_deg=10,
        upright=False,
    )


def lie(phase_s: float) -> Stance:
    """On the back, face up, a hand on the belly."""
    breath = sin(phase_s * 1.2)
    return Stance(
        Foot(0.03, 0.0, -14),
        Foot(0.04, 0.06, -10),
        Hand(4, 0.97),
        Hand(16 + breath, 0.84, -70),
        hip=0.995,
        turn_deg=90,
        rest=0.062,
        upright=False,
    )


def reach(phase_s: float) -> Stance:
    """Both arms out to something before the chest, the eyes on it."""
    strain = sin(phase_s * 1.6)
    return Stance(
        Foot(-0.14, 0.0),
        Foot(0.16, 0.0),
        Hand(62 + 2 * strain, 0.9, 14),
        Hand(50 - strain, 0.86, 14),
        hip=0.985,
        hip_x=0.03,
        lean_deg=7,
        nod_deg=9,
        swing=0.1,
    )


def carry(phase_s: float) -> Stance:
    """Both arms hold something against the body."""
    step = sin(phase_s * 1.7)
    return Stance(
        Foot(-0.09),
        Foot(0.13),
        Hand(48 + step, 0.74, 30),
        Hand(56 + step, 0.76, 30),
        hip=0.985,
        lean_deg=-5,
        nod_deg=4,
        swing=0.1,
    )


def play(phase_s: float) -> Stance:
    """Hands on keys or strings before the body, moving."""
    beat = phase_s * 2 * pi * 0.9
    return Stance(
        Foot(-0.08),
        Foot(0.13),
        Hand(50 + 5 * sin(beat), 0.80, 20),
        Hand(60 + 5 * sin(beat + 2), 0.84, 20),
        hip=0.99,
        lean_deg=4 + 2.5 * sin(beat / 2),
        nod_deg=9 + 4 * sin(beat / 2),
        swing=0.1,
    )


def embrace(phase_s: float) -> Stance:
    """Both arms open forward."""
    breath = sin(phase_s * 1.5)
    return Stance(
        Foot(-0.13, 0.0, -6),
        Foot(0.14),
        Hand(74 + breath * 2, 0.93, -10),
        Hand(104 + breath * 2, 0.93, -10),
        hip=0.99,
        lean_deg=8,
        nod_deg=4,
        swing=0.12,
    )


def dance(phase_s: float) -> Stance:
    """Turning on one foot, arms aloft, the other leg out behind."""
    beat = 2 * pi * phase_s / 1.3
    s, c = sin(beat), cos(beat)
    return Stance(
        Foot(-0.32 - 0.20 * s, 0.13 + 0.11 * s, -48),
        Foot(0.08 + 0.04 * c, 0.03 + 0.02 * c, -14),
        Hand(116 + 22 * s, 0.93, 16),
        Hand(-84 - 20 * s, 0.92, -20),
        hip=1.0 + 0.02 * c,
        lean_deg=-7 + 5 * s,
        nod_deg=-12 + 5 * c,
        swing=0.7 * s,
    )


def jump(phase_s: float) -> Stance:
    """In the air with the knees drawn up and the arms thrown forward; deep in the knees before and after."""
    air = aloft(phase_s)
    low = 1.0 if air <= 0 else 0.0
    return Stance(
        Foot(0.30 - 0.22 * low, 0.30 * air, -8),
        Foot(-0.16 + 0.12 * low, 0.20 * air, -34 * air),
        Hand(40 + 92 * air, 0.94),
        Hand(18 + 84 * air, 0.92),
        hip=0.80 + 0.20 * air,
        lean_deg=18 - 12 * air,
        nod_deg=-4,
        swing=0.6 * air,
    )


def climb(phase_s: float) -> Stance:
    """Hand over hand up something at the right."""
    beat = 2 * pi * phase_s / 1.8
    s = sin(beat)
    return Stance(
        Foot(0.24, 0.24 + 0.16 * s, 12),
        Foot(0.26, 0.24 - 0.16 * s, 12),
        Hand(140 - 16 * s, 0.86 - 0.1 * s, -10),
        Hand(140 + 16 * s, 0.86 + 0.1 * s, -10),
        hip=1.0,
        hip_x=-0.06,
        lean_deg=6,
        nod_deg=-22,
        swing=0.05,
        upright=False,
    )


def fall(phase_s: float) -> Stance:
    """Backwards through the air, limbs loose."""
    s = sin(phase_s * 4.2)
    return Stance(
        Foot(0.30 + 0.06 * s, 0.34, 20),
        Foot(0.52, 0.42 - 0.06 * s, 10),
        Hand(112 + 14 * s, 0.9, -20),
        Hand(150 - 14 * s, 0.9, -20),
        hip=1.0,
        lean_deg=10,
        nod_deg=16,
        turn_deg=62 + 6 * s,
        rest=0.45,
        swing=-0.7,
        upright=False,
    )


def swim(phase_s: float) -> Stance:
    """Crawl: prone, arms turning, feet beating."""
    beat = 2 * pi * phase_s / 1.5
    kick = sin(beat * 3)
    turning = (beat * 180 / pi) % 360
    return Stance(
        Foot(-0.02 + 0.10 * kick, 0.02, -55),
        Foot(-0.02 - 0.10 * kick, 0.02, -55),
        Hand(180 - turning, 0.93),
        Hand(-turning, 0.93),
        hip=1.0,
        nod_deg=-34,
        lean_deg=-4,
        turn_deg=-84,
        rest=0.0,
        upright=False,
    )


def fly(phase_s: float) -> Stance:
    """Through the air, one arm ahead."""
    s = sin(phase_s * 2.4)
    return Stance(
        Foot(-0.06, 0.0, -60),
        Foot(-0.16, 0.08, -60),
        Hand(168 + 3 * s, 0.99),
        Hand(150 - 3 * s, 0.86),
        hip=1.0,
        nod_deg=-44,
        lean_deg=-8,
        turn_deg=-66 + 3 * s,
        rest=0.30,
        swing=0.9 + 0.1 * s,
        upright=False,
    )


def ride(phase_s: float) -> Stance:
    """Astride, hands forward on reins or bars."""
    beat = sin(phase_s * 5.0)
    return Stance(
        Foot(0.12, 0.0, 8),
        Foot(0.20, 0.02, 8),
        Hand(48 + 2 * beat, 0.80, 10),
        Hand(54 + 2 * beat, 0.84, 10),
        hip=0.80 + 0.008 * beat,
        lean_deg=7,
        nod_deg=2,
        swing=0.5,
        upright=False,
    )


STANCES: Mapping[Pose, Callable[[float], Stance]] = {
    Pose.STAND: stand,
    Pose.WALK: walk,
    Pose.RUN: run,
    Pose.SIT: sit,
    Pose.KNEEL: kneel,
    Pose.LIE: lie,
    Pose.REACH: reach,
    Pose.CARRY: carry,
    Pose.PLAY: play,
    Pose.EMBRACE: embrace,
    Pose.DANCE: dance,
    Pose.JUMP: jump,
    Pose.CLIMB: climb,
    Pose.FALL: fall,
    Pose.SWIM: swim,
    Pose.FLY: fly,
    Pose.RIDE: ride,
}


def stance_of(pose: Pose, phase_s: float, *, old: bool = False) -> Stance:
    """The body at `phase_s` seconds into a pose; an old one steps shorter and slower."""
    if old and pose in {Pose.WALK, Pose.RUN}:
        one = walk(phase_s * 0.8)
        return replace(
            one,
            near_foot=replace(one.near_foot, x=one.near_foot.x * 0.66, lift=one.near_foot.lift * 0.6),
            far_foot=replace(one.far_foot, x=one.far_foot.x * 0.66, lift=one.far_foot.lift * 0.6),
            swing=0.25,
        )
    return STANCES[pose](phase_s)
