"""A whole person seen from the side, facing right."""

from math import sin

from storyreel.animatic.figures.curves import move
from storyreel.animatic.figures.people import body, clothes, spacesuit
from storyreel.animatic.figures.people.build import Build, build_of
from storyreel.animatic.figures.people.grip import hold, holding
from storyreel.animatic.figures.people.hats import draw_hat
from storyreel.animatic.figures.people.head import Head
from storyreel.animatic.figures.people.profile import draw_profile
from storyreel.animatic.figures.people.skeleton import Arm, Leg, Skeleton, pose_side
from storyreel.animatic.figures.people.stance import Stance
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import limb
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Tone
from storyreel.domain.storyboard import Age, Figure, Garment, Look, Pose

OPEN_HANDS = frozenset({Pose.REACH, Pose.EMBRACE, Pose.DANCE, Pose.JUMP, Pose.FALL, Pose.FLY, Pose.SWIM, Pose.CLIMB})
SKIRTS = {Garment.COAT: (1.22, 0.085), Garment.DRESS: (1.78, 0.150), Garment.SUIT: (0.34, 0.02)}
"""Hem and flare of what hangs from the waist, as `clothes.skirt` takes them, from the outermost garment inwards."""

WOMANS_SKIRT, SHIRT_TAIL = (1.12, 0.085), (0.22, 0.02)


def draw_side(wish: Wish, stance: Stance) -> Sketch:
    """A person of standing height 1; what is held keeps its own size in metres."""
    pose, look, holds, near = wish.pose, wish.look, wish.holds, wish.near
    if holds is not None:
        stance = holding(stance, holds, 1.0 / wish.height_m, pose, wish.phase_s)
    build = build_of(look)
    bones = pose_side(build, stance)
    wears = frozenset(look.wears)
    sway = sin(wish.phase_s * 1.9 + wish.seed)
    sketch = Sketch()
    if Garment.CLOAK in wears:
        sketch.fill(Tone.SHADE, clothes.cloak(build, bones, stance, sway, behind=True))
    suited = Garment.SPACESUIT in wears
    if suited:
        spacesuit.draw_body(sketch, build, bones, clothes.skirt(build, bones, stance, 0.34, 0.02, sway))
    else:
        _arm(sketch, build, bones.far_arm, pose, wears, Tone.SHADE, gripping=False, near=near)
        _leg(sketch, build, bones.far_leg, look, Tone.SHADE)
        _leg(sketch, build, bones.near_leg, look, Tone.BODY)
        _trunk(sketch, build, bones, stance, look, sway, near=near)
    _head(sketch, build, bones, stance, look, sway, seed=wish.seed, near=near, mood=wish.variant)
    if Garment.CLOAK in wears:
        sketch.fill(Tone.BODY, clothes.cloak(build, bones, stance, sway, behind=False))
    if Garment.SCARF in wears:
        clothes.scarf(sketch, bones, stance, sway)
    if holds is not None:
        hold(sketch, holds, body.palm(build, bones.near_arm), bones, pose, 1.0 / wish.height_m)
    elif look.age is Age.OLD and pose in {Pose.STAND, Pose.WALK} and Figure.PERSON is not look.figure:
        _stick(sketch, body.palm(build, bones.near_arm))
    if suited:
        spacesuit.draw_arm(sketch, build, bones.near_arm, Tone.PALE, gripping=holds is not None)
    else:
        _arm(sketch, build, bones.near_arm, pose, wears, Tone.BODY, gripping=holds is not None, near=near)
    return sketch


def _arm(
    sketch: Sketch, build: Build, part: Arm, pose: Pose, wears: frozenset[Garment], tone: Tone, *, gripping: bool, near: bool
) -> None:
    ease = 0.008 if wears & {Garment.COAT, Garment.SUIT} else 0.003
    shape = (
        body.FIST if gripping or pose in {Pose.CARRY, Pose.RUN, Pose.RIDE} else body.OPEN if pose in OPEN_HANDS else body.RELAXED
    )
    sketch.fill(Tone.SKIN, body.hand(build, part, shape))
    if near and tone is Tone.BODY and shape is body.RELAXED:
        sketch.fill(Tone.SHADE, *body.knuckles(build, part))
    sleeve = body.arm(build, part, ease)
    if tone is Tone.BODY:
        sketch.fill(Tone.SHADE, *(move(ring, -0.007, -0.003) for ring in sleeve))
    sketch.fill(tone, *sleeve)


def _leg(sketch: Sketch, build: Build, part: Leg, look: Look, tone: Tone) -> None:
    bare = look.figure is Figure.WOMAN and Garment.SUIT not in look.wears
    shape = body.HEELED if bare and look.age is Age.ADULT else body.SHOE
    ease = -0.006 if bare else 0.004
    sketch.fill(tone, *body.leg(build, part, ease))
    sketch.fill(Tone.SHADE, body.foot(build, part, shape))


def _trunk(sketch: Sketch, build: Build, bones: Skeleton, stance: Stance, look: Look, sway: float, *, near: bool) -> None:
    wears, woman = frozenset(look.wears), look.figure is Figure.WOMAN
    bust = 0.014 if woman and look.age is not Age.CHILD else 0.0
    neck = limb((bones.trunk(-0.004, 0.93), bones.chin), (build.head * 0.235, build.head * 0.215))
    sketch.fill(Tone.SKIN, *neck)
    coat, suit = Garment.COAT in wears, Garment.SUIT in wears
    tailored = coat or suit
    hem, flare = _skirt(wears, woman=woman)
    sketch.fill(Tone.BODY, clothes.skirt(build, bones, stance, hem, flare, sway))
    sketch.fill(Tone.BODY, body.trunk(build, bones, 0.012 if tailored else 0.004, bust=bust))
    if suit:
        clothes.shirt_front(sketch, build, bones, tie=not woman)
    if coat:
        clothes.belt(sketch, build, bones)
    if near and not suit:
        clothes.opening(sketch, build, bones, -0.1)
    if tailored:
        clothes.collar(sketch, bones, Tone.SHADE if coat else Tone.BODY)


def _skirt(wears: frozenset[Garment], *, woman: bool) -> tuple[float, float]:
    """Hem and flare of what covers the legs: the outermost garment decides."""
    return next((cut for garment, cut in SKIRTS.items() if garment in wears), WOMANS_SKIRT if woman else SHIRT_TAIL)


def _head(
    sketch: Sketch, build: Build, bones: Skeleton, stance: Stance, look: Look, sway: float, *, seed: int, near: bool, mood: str
) -> None:
    wears = frozenset(look.wears)
    head = Head(bones.chin, build.head, bones.head_deg, mood)
    breeze = max(-0.6, stance.swing + 0.16 * sway)
    if Garment.SPACESUIT in wears:
        spacesuit.draw_globe_behind(sketch, head)
        draw_profile(sketch, head, look, near=near, seed=seed, breeze=breeze, bare=False)
        spacesuit.draw_globe(sketch, head)
        return
    covered = bool(wears & {Garment.HOOD, Garment.HELMET})
    draw_profile(sketch, head, look, near=near, seed=seed, breeze=breeze, bare=not covered)
    draw_hat(sketch, head, wears)


def _stick(sketch: Sketch, palm: tuple[float, float]) -> None:
    x, y = palm
    sketch.fill(Tone.SHADE, *limb(((x - 0.005, y + 0.015), (x + 0.05, 0.0)), (0.009, 0.007)))
