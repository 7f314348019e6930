"""How a body is built: lengths and thicknesses as shares of its height, by age and figure."""

from dataclasses import dataclass, replace

from storyreel.domain.storyboard import Age, Figure, Look


@dataclass(frozen=True, slots=True)
class Build:
    """Every figure is a share of the standing height; radii are half a thickness."""

    head: float  # chin to crown
    spine: float  # hip joint to the base of the neck
    neck: float
    thigh: float
    shin: float
    ankle: float  # height of the ankle above the ground
    foot: float
    upper_arm: float
    forearm: float
    shoulders: float  # half the width, seen from the front
    chest: float  # half the depth in a three-quarter view, as the next two
    waist: float
    hips: float
    arm_radii: tuple[float, float, float]  # shoulder, elbow, wrist
    leg_radii: tuple[float, float, float]  # hip, knee, ankle
    stoop_deg: float = 0.0  # how far the upper spine bends forward
    flex: float = 0.0  # how far the knees give, as a share of the leg

    @property
    def leg(self) -> float:
        """Hip joint to ankle, straight."""
        return self.thigh + self.shin

    @property
    def arm(self) -> float:
        """Shoulder to wrist, straight."""
        return self.upper_arm + self.forearm

    @property
    def hip_height(self) -> float:
        """The hip joint above the ground, standing."""
        return self.ankle + self.leg * (0.992 - self.flex)


MAN = Build(
    head=0.133,
    spine=0.319,
    neck=0.035,
    thigh=0.248,
    shin=0.238,
    ankle=0.034,
    foot=0.128,
    upper_arm=0.166,
    forearm=0.146,
    shoulders=0.112,
    chest=0.084,
    waist=0.070,
    hips=0.070,
    arm_radii=(0.034, 0.027, 0.020),
    leg_radii=(0.056, 0.038, 0.027),
)
WOMAN = replace(
    MAN,
    head=0.132,
    spine=0.317,
    neck=0.039,
    shoulders=0.096,
    chest=0.072,
    waist=0.052,
    hips=0.073,
    foot=0.115,
    arm_radii=(0.027, 0.022, 0.017),
    leg_radii=(0.054, 0.035, 0.023),
)
PERSON = replace(MAN, shoulders=0.104, chest=0.078, waist=0.064, hips=0.070)
CHILD = Build(
    head=0.182,
    spine=0.302,
    neck=0.030,
    thigh=0.220,
    shin=0.220,
    ankle=0.038,
    foot=0.135,
    upper_arm=0.145,
    forearm=0.135,
    shoulders=0.098,
    chest=0.078,
    waist=0.072,
    hips=0.074,
    arm_radii=(0.032, 0.027, 0.021),
    leg_radii=(0.054, 0.040, 0.030),
)


def build_of(look: Look) -> Build:
    """The build that a look asks for."""
    if look.age is Age.CHILD:
        return CHILD
    grown = {Figure.MAN: MAN, Figure.WOMAN: WOMAN}.get(look.figure, PERSON)
    if look.age is Age.OLD:
        return replace(grown, spine=grown.spine * 1.02, stoop_deg=24.0, flex=0.012, waist=grown.waist * 1.12)
    return grown
