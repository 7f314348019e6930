"""A whole person seen from the front or from behind."""

from math import atan2, cos, pi, radians, sin

from storyreel.animatic.figures.curves import Point, filleted, hull, mirrored, move, smooth
from storyreel.animatic.figures.people import body, spacesuit
from storyreel.animatic.figures.people.build import Build, build_of
from storyreel.animatic.figures.people.front_hair import LONG
from storyreel.animatic.figures.people.front_head import draw_back, draw_front, draw_front_hat
from storyreel.animatic.figures.people.front_stance import FrontStance, front_stance_of
from storyreel.animatic.figures.people.grip import grip_of, hold_front, holding_front
from storyreel.animatic.figures.people.hair import hangs
from storyreel.animatic.figures.people.head import Head
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import elbow, limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Ring, Tone
from storyreel.domain.storyboard import Age, Facing, Figure, Garment, Look, Pose

TOE = smooth(mirrored([(0.0, 0.20), (0.17, 0.20), (0.24, -0.02), (0.27, -0.20), (0.20, -0.265), (0.0, -0.28)]), 4)
"""A shoe from the front, in foot lengths from the ankle."""


def draw_facing(wish: Wish) -> Sketch:
    """A person of standing height 1 who looks at the viewer, or away."""
    away, look = wish.faces is Facing.AWAY, wish.look
    build = build_of(look)
    stance = front_stance_of(wish.pose, wish.phase_s)
    if wish.holds is not None:
        stance = holding_front(stance, grip_of(wish.holds, 1.0 / wish.height_m, wish.pose), wish.pose)
    wears = frozenset(look.wears)
    hip = build.ankle + (build.hip_height - build.ankle) * stance.hip
    sketch = Sketch()
    sway = 0.012 * sin(wish.phase_s * 1.9 + wish.seed)
    drawn = _Frontal(sketch, build, stance, look, hip, away, sway, wish.variant)
    if Garment.CLOAK in wears and not away:
        drawn.cloak(Tone.SHADE)
    raised = wish.pose in {Pose.CARRY, Pose.PLAY, Pose.RIDE, Pose.SIT, Pose.KNEEL, Pose.CLIMB}
    if away and raised:
        drawn.arms()
    drawn.legs()
    drawn.hair(wish.seed)
    drawn.trunk(near=wish.near)
    if not (away and raised):
        drawn.arms(before=wish.holds is not None)
    if Garment.CLOAK in wears and away:
        drawn.cloak(Tone.BODY)
    drawn.head(near=wish.near, seed=wish.seed)
    if wish.holds is not None:
        hold_front(sketch, wish.holds, drawn.palm(1), wish.pose, 1.0 / wish.height_m)
        sketch.fill(Tone.BODY if drawn.suited else Tone.SKIN, drawn.hand(1))
    return sketch


class _Frontal:
    """Draws the parts of one body into one sketch."""

    __slots__ = ("away", "build", "cloth", "ease", "hip", "look", "mood", "neck", "sketch", "stance", "suited", "sway", "wears")

    def __init__(
        self, sketch: Sketch, build: Build, stance: FrontStance, look: Look, hip: float, away: bool, sway: float, mood: str
    ) -> None:
        self.mood = mood
        self.sketch, self.build, self.stance, self.look, self.away, self.sway = sketch, build, stance, look, away, sway
        self.hip = hip
        drop = 0.04 if look.age is Age.OLD else 0.0
        self.neck = hip + build.spine * (1 - drop)
        self.wears = frozenset(look.wears)
        self.suited = Garment.SPACESUIT in self.wears
        self.cloth = Tone.PALE if self.suited else Tone.BODY
        self.ease = spacesuit.EASE if self.suited else 0.007 if self.wears & {Garment.COAT, Garment.SUIT} else 0.002

    def _leg(self, side: int) -> tuple[Point, Point, Point]:
        step = self.stance.feet[0 if side < 0 else 1]
        start = (side * self.build.hips * 0.62 + self.stance.shift, self.hip)
        target = (side * (self.build.hips * 0.62 + step.out * self.build.leg), self.build.ankle + step.lift * self.build.leg)
        if step.knee is not None:
            knee = (side * (self.build.hips * 0.62 + step.knee[0]), step.knee[1])
            return start, knee, target
        length = ((start[0] - target[0]) ** 2 + (start[1] - target[1]) ** 2) ** 0.5
        thigh = min(self.build.thigh, length * 0.51)
        knee, ankle = elbow(start, target, thigh, max(length - thigh, 0.02) * 1.001, -side)
        return start, knee, ankle

    def _arm(self, side: int) -> tuple[Point, Point, Point]:
        one = self.stance.hands[0 if side < 0 else 1]
        start = (
            side * (self.build.shoulders - self.build.arm_radii[0] * 0.70) + self.stance.shift,
            self.neck - self.build.spine * 0.135,
        )
        a = radians(one.angle_deg)
        reach = self.build.arm * one.reach
        wrist = (start[0] + side * reach * sin(a), start[1] - reach * cos(a))
        share = max(0.5, one.reach, one.flat)
        bend, end = elbow(
            start, wrist, self.build.upper_arm * share, self.build.forearm * share, side if one.angle_deg < 120 else -side
        )
        return start, bend, end

    def hand(self, side: int) -> Ring:
        """One hand; -1 is the left of the picture."""
        _, bend, wrist = self._arm(side)
        turn = _heading(bend, wrist)
        shape = body.FIST if self.stance.fists else body.RELAXED
        flipped = shape * (1.0, -1.0) if side > 0 else shape
        return move(flipped * self.build.arm * 0.26, *wrist, turn_deg=turn)

    def palm(self, side: int) -> Point:
        """Where a hand holds a thing."""
        _, bend, wrist = self._arm(side)
        a = radians(_heading(bend, wrist))
        return (wrist[0] + 0.03 * cos(a), wrist[1] + 0.03 * sin(a))

    def legs(self) -> None:
        """Trousers or bare legs, and shoes."""
        bare = self.look.figure is Figure.WOMAN and Garment.SUIT not in self.wears and not self.suited
        a, b, c = self.build.leg_radii
        ease = -0.008 if bare else self.ease if self.suited else 0.0
        for side in (-1, 1):
            start, knee, ankle = self._leg(side)
            self.sketch.fill(self.cloth, *limb((start, knee, ankle), (a * 0.92 + ease, b + ease, c + ease), belly=0.05))
            self.sketch.fill(Tone.SHADE, move(TOE, *ankle, scale=self.build.foot * 0.82))
        inner = ribbon([(self.stance.shift, self.hip - 0.03), (0.0, self.hip - 0.16)], (0.003, 0.008), 3)
        self.sketch.fill(Tone.SHADE, inner)

    def arms(self, *, before: bool = False) -> None:
        """Sleeves and hands."""
        a, b, c = self.build.arm_radii
        ease = self.ease
        for side in (-1, 1):
            if not (before and side > 0):
                self.sketch.fill(Tone.BODY if self.suited else Tone.SKIN, self.hand(side))
            joints = self._arm(side)
            inner = [move(ring, -side * 0.006, -0.002) for ring in limb(joints, (a + ease, b + ease, c + ease * 0.7), belly=0.06)]
            self.sketch.fill(Tone.SHADE, *inner)
            self.sketch.fill(self.cloth, *limb(joints, (a + ease, b + ease, c + ease * 0.7), belly=0.06))
            if self.suited:
                spacesuit.draw_cuff(self.sketch, self.build, (joints[1], joints[2]))

    def trunk(self, *, near: bool) -> None:
        """Neck, jacket or dress, and what lies on it."""
        build, hip, neck, dx = self.build, self.hip, self.neck, self.stance.shift
        throat = build.head * (0.20 if self.look.figure is Figure.WOMAN or self.look.age is Age.CHILD else 0.25)
        self.sketch.fill(
            Tone.SKIN, *limb(((dx, neck - 0.02), (dx, neck + build.neck + build.head * 0.12)), (throat, throat * 0.92))
        )
        self.sketch.fill(self.cloth, self._skirt())
        s = build.shoulders
        half = [(0.034, 1.085), (s * 0.46, 1.025), (s * 0.86, 0.965), (s * 0.985, 0.86), (s * 0.88, 0.66),
            (build.waist * 1.18, 0.44),
                (build.hips * 1.20, 0.12), (build.hips * 1.14, -0.12), (build.hips * 0.5, -0.20)]  # fmt: skip
        ring = smooth([(x + dx, hip + y * (neck - hip)) for x, y, _ in mirrored([*half, (0.0, -0.16)])], 4)
        self.sketch.fill(self.cloth, ring)
        if self.suited:
            high = neck - hip
            low, top = (0.10, 1.0) if self.away else (0.50, 0.80)
            across = s * (0.80 if self.away else 0.46)
            corners = ((dx - across, hip + low * high), (dx + across, hip + top * high))
            spacesuit.draw_front_panel(self.sketch, corners, away=self.away)
        elif not self.away:
            self._chest(near=near)

    def _chest(self, *, near: bool) -> None:
        hip, up, dx, s = self.hip, self.neck - self.hip, self.stance.shift, self.build.shoulders

        def at(x: float, y: float) -> Point:
            return (x * s + dx, hip + y * up)

        if Garment.SUIT in self.wears:
            self.sketch.flat(Tone.PALE, [at(-0.30, 1.02), at(0.30, 1.02), at(0.0, 0.52)])
            if self.look.figure is not Figure.WOMAN:
                self.sketch.flat(Tone.ACCENT, [at(-0.07, 0.99), at(0.07, 0.99), at(0.11, 0.66), at(0.0, 0.56), at(-0.11, 0.66)])
            for k in (-1, 1):
                self.sketch.flat(
                    Tone.SHADE, [at(0.28 * k, 1.04), at(0.46 * k, 0.84), at(0.36 * k, 0.82), at(0.02 * k, 0.48), at(0.0, 0.52)]
                )
        elif Garment.COAT in self.wears:
            for k in (-1, 1):
                self.sketch.flat(Tone.SHADE, [at(0.26 * k, 1.09), at(0.50 * k, 0.92), at(0.16 * k, 0.72), at(0.0, 0.82)])
            self.sketch.fill(Tone.SHADE, ribbon([at(0.02, 0.8), at(0.03, 0.3), at(0.02, -0.6)], (0.004, 0.006, 0.006), 3))
            waist = self.build.waist / s * 1.2
            self.sketch.flat(Tone.SHADE, [at(-waist, 0.40), at(waist, 0.40), at(waist, 0.31), at(-waist, 0.31)])
        else:
            self.sketch.smooth(
                Tone.SKIN, [(*at(-0.33, 1.10), 1), at(-0.20, 1.0), at(0.0, 0.965), at(0.20, 1.0), (*at(0.33, 1.10), 1)], 4
            )
        if near and Garment.SUIT not in self.wears:
            for y in (0.68, 0.50, 0.24):
                self.sketch.disc(Tone.PALE, *at(0.10, y), 0.008)
        if Garment.SCARF in self.wears:
            self.sketch.fill(
                Tone.ACCENT, ribbon([at(0.18, 1.0), at(0.34, 0.8), at(0.30 + 4 * self.sway, 0.50)], (0.034, 0.042, 0.048), 4)
            )
            self.sketch.smooth(Tone.ACCENT, [at(-0.45, 0.99), at(-0.36, 1.14), at(0.36, 1.14), at(0.45, 0.99), at(0.0, 0.90)], 5)

    def _skirt(self) -> Ring:
        woman, suit = self.look.figure is Figure.WOMAN, Garment.SUIT in self.wears or self.suited
        dress, coat = Garment.DRESS in self.wears, Garment.COAT in self.wears
        hem, flare = (1.78, 0.07) if dress else (1.22, 0.035) if coat else (1.12, 0.04) if woman and not suit else (0.30, 0.0)
        points: list[Point] = []
        for side in (-1, 1):
            start, knee, ankle = self._leg(side)
            points += [
                (side * self.build.waist * 1.18 + self.stance.shift, self.hip + 0.42 * self.build.spine),
                (start[0] + side * 0.035, self.hip),
            ]
            t = min(hem, 1.0)
            points.append((start[0] + (knee[0] - start[0]) * t + side * 0.052, start[1] + (knee[1] - start[1]) * t))
            if hem > 1:
                x = knee[0] + (ankle[0] - knee[0]) * (hem - 1)
                points.append((x + side * (0.058 + flare) + self.sway, self.hip - (self.hip - self.build.ankle) * hem / 2))
        return filleted(hull(points), 0.03)

    def cloak(self, tone: Tone) -> None:
        """A cloak spread behind the body, or seen from behind."""
        s, top = self.build.shoulders, self.neck
        half = [
            (0.03, 1.03),
            (s * 0.75, 0.985),
            (s * 1.22, 0.90),
            (s * 1.42, 0.66),
            (s * 1.60, 0.30),
            (s * 1.85 + self.sway, 0.085),
            (s * 0.8, 0.05),
            (0.0, 0.06),
        ]
        self.sketch.smooth(tone, [(x + self.stance.shift, y * top) for x, y, _ in mirrored(half)], 5)
        if self.away:
            for x in (-0.55, 0.1, 0.7):
                fold = ribbon(
                    [(x * s * 0.5, top * 0.80), (x * s, top * 0.42), (x * s * 1.5, top * 0.10)], (0.002, 0.008, 0.012), 4
                )
                self.sketch.fill(Tone.SHADE, fold)

    def hair(self, seed: int) -> None:
        """Long hair that falls behind the shoulders of one who looks at us."""
        hidden = self.wears & {Garment.HOOD, Garment.HELMET, Garment.SPACESUIT}
        if hangs(self.look, seed) and not self.away and not hidden:
            self.sketch.fill(Tone.HAIR, self._placed().place(LONG))

    def _placed(self) -> Head:
        return Head(
            (self.stance.shift * 1.1, self.neck + self.build.neck - 0.004), self.build.head, self.stance.tilt_deg, self.mood
        )

    def head(self, *, near: bool, seed: int) -> None:
        """The head with its hair and hat."""
        head = self._placed()
        bare = not self.wears & {Garment.HOOD, Garment.HELMET, Garment.SPACESUIT}
        if self.suited:
            spacesuit.draw_globe_behind(self.sketch, head)
        if self.away:
            draw_back(self.sketch, head, self.look, seed=seed, bare=bare)
        else:
            draw_front(self.sketch, head, self.look, near=near, seed=seed, bare=bare)
        if self.suited:
            spacesuit.draw_globe(self.sketch, head, front=True, away=self.away)
        else:
            draw_front_hat(self.sketch, head, self.wears, away=self.away)


def _heading(a: Point, b: Point) -> float:
    return atan2(b[1] - a[1], b[0] - a[0]) * 180 / pi
