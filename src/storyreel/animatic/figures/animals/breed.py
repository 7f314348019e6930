"""Four-legged animals told apart by their measures; the height at the withers is 1."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Breed:
    """What makes one animal look unlike another; lengths in heights at the withers."""

    head_kind: str  # key into `heads`
    stature: float  # overall height, head up, as usually told
    long: float = 1.0  # hip to shoulder
    rump: float = 0.97  # height of the rump
    chest: float = 0.46  # depth of the body behind the forelegs
    waist: float = 0.34  # and before the thighs
    neck: float = 0.34
    neck_deg: float = 38.0  # above level
    neck_thick: tuple[float, float] = (0.36, 0.22)  # at the shoulders, at the head
    head: float = 0.40  # length
    head_deg: float = -18.0  # muzzle down from level
    head_deep: float = 1.0  # stretches the head's height
    ear: str = "pointed"
    ear_long: float = 0.16
    tail: str = "bushy"
    tail_long: float = 0.55
    tail_deg: float = -52.0
    leg: tuple[float, float, float, float] = (0.125, 0.062, 0.040, 0.036)  # radii: thigh, knee, hock, fetlock
    paw: float = 0.11
    hoofed: bool = False
    back: float = -0.02  # rise of the mid back; a hump is a large one
    extra: str = ""  # mane, horns, antlers, trunk, hump, stripes, wool...
    stride: float = 0.30  # half a step
    period_s: float = 1.0  # of a walk


_DOG = Breed(
    "canine",
    1.28,
    long=0.96,
    neck=0.40,
    neck_deg=46,
    neck_thick=(0.38, 0.24),
    head=0.42,
    ear="floppy",
    tail="thin",
    tail_long=0.42,
    tail_deg=28,
    chest=0.44,
)
_HORSE = Breed("equine", 1.42, long=0.98, rump=1.0, chest=0.45, waist=0.39, neck=0.56, neck_deg=50, neck_thick=(0.44, 0.19),
               head=0.46, head_deg=-46, ear_long=0.11, tail="horse", tail_long=0.72, tail_deg=-74, leg=(0.145, 0.064, 0.042,
                   0.032),
               paw=0.085, hoofed=True, back=-0.02, extra="mane", stride=0.31, period_s=1.15)  # fmt: skip
_COW = Breed("bovine", 1.15, long=1.14, rump=1.0, chest=0.56, waist=0.50, neck=0.36, neck_deg=14, neck_thick=(0.44, 0.28),
    head=0.42,
             head_deg=-34, ear="leaf", ear_long=0.13, tail="tuft", tail_long=0.66, tail_deg=-84, leg=(0.14, 0.070, 0.050, 0.040),
             paw=0.085, hoofed=True, back=-0.015, extra="horns", stride=0.26, period_s=1.3)  # fmt: skip
_DEER = Breed("equine", 1.42, long=0.86, rump=1.0, chest=0.40, waist=0.31, neck=0.52, neck_deg=58, neck_thick=(0.32, 0.14),
    head=0.33,
              head_deg=-22, ear="leaf", ear_long=0.17, tail="stub", tail_long=0.14, tail_deg=-50, leg=(0.115, 0.046, 0.030,
                  0.024),
              paw=0.06, hoofed=True, stride=0.30, period_s=1.0)  # fmt: skip
_CAT = Breed("feline", 1.22, long=0.98, rump=0.99, chest=0.42, waist=0.36, neck=0.22, neck_deg=54, neck_thick=(0.30, 0.24),
    head=0.37,
             head_deg=-6, head_deep=1.12, ear="pointed", ear_long=0.17, tail="thin", tail_long=0.85, tail_deg=8, leg=(0.125,
                 0.062, 0.046, 0.044),
             paw=0.10, stride=0.29, period_s=0.85)  # fmt: skip
_LION = replace(_CAT, stature=1.22, long=1.08, chest=0.46, neck=0.30, neck_deg=34, head=0.42, head_deep=1.05, ear="round",
    ear_long=0.10,
                tail="tuft", tail_long=0.80, tail_deg=-38, leg=(0.14, 0.078, 0.056, 0.054), paw=0.14, period_s=1.15)  # fmt: skip

BREEDS: Mapping[str, Breed] = {
    "wolf": Breed("canine", 1.22, long=0.99, rump=0.96, chest=0.45, waist=0.30, neck=0.40, neck_deg=30, neck_thick=(0.44,
    0.29), head=0.46,
                  head_deg=-16, ear_long=0.17, tail_long=0.60, tail_deg=-58, leg=(0.13, 0.062, 0.042, 0.038), extra="ruff"),
    "dog": _DOG,
    "hound": replace(_DOG, ear="pointed", tail="bushy", tail_long=0.45, tail_deg=35),
    "puppy": replace(_DOG, long=0.85, head=0.46, head_deep=1.2, neck=0.26, leg=(0.14, 0.075, 0.058, 0.055), paw=0.13),
    "fox": Breed("canine", 1.24, long=1.06, rump=0.96, chest=0.42, waist=0.31, neck=0.34, neck_deg=28, neck_thick=(0.36,
    0.25), head=0.46,
                 head_deg=-14, head_deep=0.92, ear_long=0.22, tail="brush", tail_long=0.95, tail_deg=-26,
                 leg=(0.115, 0.052, 0.034, 0.032), paw=0.09, extra="fox", period_s=0.85),
    "cat": _CAT,
    "kitten": replace(_CAT, long=0.85, head=0.44, head_deep=1.1, tail_long=0.6, neck=0.2),
    "lion": replace(_LION, extra="lion mane"),
    "lioness": _LION,
    "tiger": replace(_LION, extra="stripes", tail="thin", tail_long=0.9),
    "leopard": replace(_LION, extra="spots", tail="thin", tail_long=0.9, chest=0.42),
    "bear": Breed("ursine", 1.14, long=1.08, rump=0.93, chest=0.62, waist=0.54, neck=0.30, neck_deg=12, neck_thick=(0.56,
    0.36), head=0.44,
                  head_deg=-20, ear="round", ear_long=0.10, tail="stub", tail_long=0.08, tail_deg=-40,
                  leg=(0.19, 0.115, 0.088, 0.080), paw=0.20, back=0.03, stride=0.24, period_s=1.3),
    "badger": Breed("ursine", 1.04, long=1.42, rump=0.97, chest=0.62, waist=0.58, neck=0.24, neck_deg=2, neck_thick=(0.58, 0.36),
                    head=0.50, head_deg=-14, head_deep=0.82, ear="round", ear_long=0.085, tail="bushy", tail_long=0.42,
                    tail_deg=-34, leg=(0.16, 0.095, 0.074, 0.068), paw=0.15, back=0.035, extra="badger", stride=0.22,
                    period_s=0.8),
    "raccoon": Breed("canine", 1.10, long=1.28, rump=1.04, chest=0.58, waist=0.52, neck=0.24, neck_deg=10,
                     neck_thick=(0.52, 0.38), head=0.46, head_deg=-14, head_deep=1.15, ear="round", ear_long=0.11,
                     tail="bushy", tail_long=0.80,
                     tail_deg=-26, leg=(0.14, 0.075, 0.055, 0.050), paw=0.12, back=0.04, extra="mask", stride=0.24,
                     period_s=0.8),
    "horse": _HORSE,
    "unicorn": replace(_HORSE, extra="unicorn"),
    "pegasus": replace(_HORSE, extra="wings"),
    "pony": replace(_HORSE, long=1.04, chest=0.52, neck=0.48, neck_thick=(0.48, 0.24), leg=(0.155, 0.080, 0.058, 0.046)),
    "donkey": replace(_HORSE, stature=1.42, neck=0.46, neck_deg=44, head=0.48, ear="long", ear_long=0.30, tail="tuft",
    tail_long=0.6,
                      extra="short mane", period_s=1.0),
    "zebra": replace(_HORSE, ear_long=0.15, tail="tuft", tail_long=0.6, extra="stripes"),
    "cow": _COW,
    "bull": replace(_COW, chest=0.62, neck_thick=(0.56, 0.36), back=0.02, extra="big horns"),
    "ox": replace(_COW, extra="big horns"),
    "buffalo": replace(_COW, chest=0.64, neck_thick=(0.62, 0.42), rump=0.90, back=0.04, neck_deg=0, extra="big horns"),
    "deer": replace(_DEER, extra="antlers"),
    "doe": _DEER,
    "moose": replace(_DEER, head=0.46, neck=0.36, neck_deg=34, neck_thick=(0.42, 0.24), head_deg=-30, head_deep=1.15, chest=0.46,
                     extra="antlers", stature=1.55),
    "reindeer": replace(_DEER, neck_deg=40, neck=0.44, chest=0.44, extra="antlers"),
    "goat": Breed("equine", 1.28, long=0.94, rump=0.99, chest=0.46, waist=0.42, neck=0.40, neck_deg=50, neck_thick=(0.34,
    0.20), head=0.36,
                  head_deg=-34, ear="leaf", ear_long=0.15, tail="stub", tail_long=0.16, tail_deg=40,
                  leg=(0.12, 0.058, 0.042, 0.036), paw=0.075, hoofed=True, extra="goat", stride=0.27, period_s=0.9),
    "sheep": Breed("equine", 1.16, long=0.98, rump=1.0, chest=0.58, waist=0.54, neck=0.28, neck_deg=32, neck_thick=(0.42,
    0.28), head=0.34,
                   head_deg=-28, ear="leaf", ear_long=0.14, tail="stub", tail_long=0.18, tail_deg=-70,
                   leg=(0.10, 0.050, 0.042, 0.036), paw=0.075, hoofed=True, extra="wool", stride=0.23, period_s=0.85),
    "pig": Breed("porcine", 1.08, long=1.28, rump=0.98, chest=0.66, waist=0.58, neck=0.22, neck_deg=4, neck_thick=(0.60,
    0.46), head=0.46,
                 head_deg=-14, ear="floppy", ear_long=0.17, tail="curl", tail_long=0.22, tail_deg=30,
                 leg=(0.15, 0.082, 0.060, 0.052), paw=0.08, hoofed=True, stride=0.20, period_s=0.75),
    "boar": Breed("porcine", 1.08, long=1.15, rump=0.86, chest=0.62, waist=0.46, neck=0.24, neck_deg=-4, neck_thick=(0.66,
    0.44), head=0.56,
                  head_deg=-18, ear_long=0.14, tail="thin", tail_long=0.30, tail_deg=-60, leg=(0.13, 0.066, 0.046, 0.040),
                  paw=0.075, hoofed=True, back=0.04, stride=0.24, period_s=0.75),
    "elephant": Breed("elephant", 1.10, long=0.92, rump=0.93, chest=0.60, waist=0.56, neck=0.19, neck_deg=16,
    neck_thick=(0.58, 0.44),
                      head=0.52, head_deg=-6, ear="fan", ear_long=0.40, tail="tuft", tail_long=0.46, tail_deg=-80,
                      leg=(0.19, 0.128, 0.112, 0.108), paw=0.13, hoofed=True, back=0.035, extra="trunk", stride=0.22,
                          period_s=1.7),
    "giraffe": Breed("equine", 1.78, long=0.70, rump=0.90, chest=0.36, waist=0.29, neck=0.84, neck_deg=66, neck_thick=(0.34,
    0.115),
                     head=0.27, head_deg=-24, ear="leaf", ear_long=0.09, tail="tuft", tail_long=0.48, tail_deg=-80,
                     leg=(0.105, 0.048, 0.034, 0.028), paw=0.06, hoofed=True, extra="giraffe", stride=0.28, period_s=1.5),
    "camel": Breed("equine", 1.30, long=0.88, rump=0.94, chest=0.42, waist=0.34, neck=0.66, neck_deg=40, neck_thick=(0.30, 0.15),
                   head=0.34, head_deg=-10, ear="round", ear_long=0.06, tail="tuft", tail_long=0.40, tail_deg=-80,
                   leg=(0.125, 0.062, 0.042, 0.036), paw=0.10, hoofed=True, extra="hump", stride=0.32, period_s=1.4),
    "rhino": Breed("bovine", 1.06, long=1.16, rump=0.98, chest=0.62, waist=0.58, neck=0.30, neck_deg=-4, neck_thick=(0.58,
    0.42), head=0.56,
                   head_deg=-26, head_deep=1.05, ear="leaf", ear_long=0.11, tail="tuft", tail_long=0.36, tail_deg=-84,
                   leg=(0.18, 0.115, 0.088, 0.080), paw=0.12, hoofed=True, extra="rhino", stride=0.22, period_s=1.2),
}  # fmt: skip
KIN: Mapping[str, str] = {
    "coyote": "wolf", "husky": "hound", "jackal": "fox", "panther": "lioness", "jaguar": "leopard", "cheetah": "leopard",
    "lynx": "lioness",
    "polar_bear": "bear", "panda": "bear", "mare": "horse", "stallion": "horse", "mule": "donkey", "calf": "cow",
    "yak": "buffalo",
    "bison": "buffalo", "stag": "deer", "elk": "moose", "fawn": "doe", "antelope": "goat", "gazelle": "doe", "ram": "goat",
    "lamb": "sheep", "hippo": "pig",
    "wild_boar": "boar", "puma": "lioness", "rhinoceros": "rhino", "hippopotamus": "pig", "mammoth": "elephant",
    "werewolf": "wolf",
}  # fmt: skip


def breed_of(name: str) -> Breed:
    """The breed of that name, or its nearest kin; a dog where the name is unknown."""
    return BREEDS.get(KIN.get(name, name), _DOG)
