from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties import examples

from storyreel.animatic.figures import draw, families, is_still
from storyreel.animatic.figures.pace import pace_mps
from storyreel.animatic.outline import Drawing, Ring, Shape, Tone
from storyreel.domain.storyboard import Age, Facing, Figure, Garment, Look, Pose

ASKED = """
person hand face quadruped bird fish insect snake turtle dragon dinosaur lighthouse house tower skyscraper castle church
temple mill barn tent bridge ruin well gate fence statue tomb sailboat ship rowboat submarine car taxi truck bus train
tram bicycle motorcycle carriage plane helicopter balloon rocket spaceship tree_round tree_conifer tree_bare palm bush
flower grass cactus mushroom rock lamp_post lantern candle campfire bench table chair bed piano violin guitar door
window bottle letter book map key sword umbrella suitcase box chest clock phone computer camera telescope lamp cup bowl
bread apple cake ball kite balloon_toy doll robot crown ring mirror painting flag bell anchor wheel rope stick hammer
axe gun crystal moon sun star cloud
"""
NAMES = sorted(families())
looks = st.builds(
    Look,
    age=st.sampled_from(Age),
    figure=st.sampled_from(Figure),
    wears=st.lists(st.sampled_from(Garment), max_size=4, unique=True).map(tuple),
)
times = st.floats(0, 60, allow_nan=False)
heights = st.floats(0.05, 40)


def rings(drawing: Drawing) -> list[Ring]:
    return [ring for shape in drawing.shapes for ring in shape.rings]


def sound(drawing: Drawing) -> bool:
    """Whether every outline is one: finite, of three points or more, and within what the drawing says of itself."""
    every = np.concatenate(rings(drawing))
    spread = np.ptp(every[:, 0])
    return (
        all(ring.ndim == 2 and ring.shape[0] >= 3 and ring.shape[1] == 2 for ring in rings(drawing))
        and bool(np.isfinite(every).all())
        and drawing.width_m > 0
        and drawing.height_m > 0
        and bool(abs(spread - drawing.width_m) < 1e-6 * max(1.0, drawing.width_m))
        and float(every[:, 1].max()) <= drawing.height_m * 1.0001
    )


def same(a: Drawing, b: Drawing) -> bool:
    pairs = zip(rings(a), rings(b), strict=True)
    return (
        a.glows == b.glows and (a.width_m, a.height_m) == (b.width_m, b.height_m) and all(np.array_equal(x, y) for x, y in pairs)
    )


def test_every_family_that_was_asked_for_is_there() -> None:
    assert set(ASKED.split()) <= families()


def test_every_family_draws_sound_outlines_of_about_the_height_it_was_asked() -> None:
    drawings = {family: draw(family, height_m=2.0, seed=3, phase_s=0.4) for family in NAMES}
    assert [family for family, drawing in drawings.items() if not sound(drawing)] == []
    assert [family for family, drawing in drawings.items() if not 0.6 <= drawing.height_m <= 6.0] == []


@given(
    family=st.sampled_from(NAMES),
    height=heights,
    phase=times,
    seed=st.integers(0, 99),
    pose=st.sampled_from(Pose),
    near=st.booleans(),
)
@settings(max_examples=examples(150), deadline=None)
def test_any_wish_is_answered_by_a_sound_drawing_and_always_the_same(
    family: str, height: float, phase: float, seed: int, pose: Pose, near: bool
) -> None:
    def once() -> Drawing:
        return draw(family, height_m=height, phase_s=phase, seed=seed, pose=pose, near=near)

    assert sound(once())
    assert same(once(), once())


@given(
    look=looks, pose=st.sampled_from(Pose), phase=times, faces=st.sampled_from(Facing), near=st.booleans(), seed=st.integers(0, 9)
)
@settings(max_examples=examples(150), deadline=None)
def test_people_of_any_look_in_any_pose_are_sound(
    look: Look, pose: Pose, phase: float, faces: Facing, near: bool, seed: int
) -> None:
    assert sound(draw("person", height_m=1.7, look=look, pose=pose, phase_s=phase, faces=faces, near=near, seed=seed))


@given(family=st.sampled_from([name for name in NAMES if is_still(name)]), phase=times, seed=st.integers(0, 9))
@settings(max_examples=examples(40), deadline=None)
def test_a_still_family_never_changes_with_time(family: str, phase: float, seed: int) -> None:
    assert same(draw(family, height_m=1.0, seed=seed), draw(family, height_m=1.0, seed=seed, phase_s=phase))


@given(
    age=st.sampled_from(Age),
    figure=st.sampled_from(Figure),
    height=st.floats(0.6, 2.2),
    faces=st.sampled_from(Facing),
    phase=times,
    pose=st.sampled_from([Pose.STAND, Pose.WALK, Pose.CARRY]),
)
@settings(max_examples=examples(80), deadline=None)
def test_a_standing_person_is_as_tall_as_asked_within_a_tenth(
    age: Age, figure: Figure, height: float, faces: Facing, phase: float, pose: Pose
) -> None:
    drawn = draw("person", height_m=height, look=Look(age=age, figure=figure), faces=faces, phase_s=phase, pose=pose)
    assert abs(drawn.height_m / height - 1) < 0.10


def low_points(phase: float) -> tuple[float, float]:
    """How far forward the two shoes are, the far one first."""
    drawing = draw("person", height_m=1.0, pose=Pose.WALK, look=Look(figure=Figure.MAN), phase_s=phase)
    shoes = [one.rings[0] for one in drawing.shapes if one.tone is Tone.SHADE and one.rings[0][:, 1].max() < 0.22]
    assert len(shoes) == 2
    return float(shoes[0][:, 0].mean()), float(shoes[1][:, 0].mean())


def test_walking_legs_alternate() -> None:
    leads = [far > near for far, near in (low_points(0.09 * k) for k in range(24))]
    changes = sum(a != b for a, b in pairwise(leads))
    assert changes == 4
    assert 8 <= sum(leads) <= 16


def test_a_walker_always_has_a_foot_on_the_ground() -> None:
    for k in range(20):
        drawing = draw("person", height_m=1.7, pose=Pose.WALK, phase_s=0.07 * k)
        assert -0.03 < min(float(ring[:, 1].min()) for ring in rings(drawing)) < 0.03


@pytest.mark.parametrize("family", ["lighthouse", "horse", "oak", "ship", "candle"])
def test_an_unknown_name_is_refused_and_a_known_one_drawn(family: str) -> None:
    if family in families():
        assert sound(draw(family, height_m=1.0))
    else:
        with pytest.raises(KeyError):
            draw(family, height_m=1.0)


def test_a_lighthouse_carries_the_beam_in_its_lamp_room() -> None:
    drawing = draw("lighthouse", height_m=30.0)
    beam = next(one for one in drawing.glows if one.beam)
    assert drawing.height_m == pytest.approx(30.0, rel=0.01)
    assert 0.8 < beam.y_m / 30 < 0.9
    assert any(shape.tone is Tone.GLOW for shape in drawing.shapes)


def test_what_is_held_keeps_its_size_and_brings_its_light() -> None:
    lantern = draw("lantern", height_m=0.35)
    keeper = draw("person", height_m=1.75, look=Look(wears=(Garment.COAT, Garment.CAP)), holds=lantern)
    assert len(keeper.glows) == len(lantern.glows)
    assert keeper.glows[0].radius_m == pytest.approx(lantern.glows[0].radius_m)
    assert 0.4 < keeper.glows[0].y_m < 1.4


def test_a_rider_sits_on_the_back_of_a_horse() -> None:
    rider = draw("person", height_m=1.75, pose=Pose.RIDE)
    mounted = draw("quadruped", variant="horse", height_m=2.1, holds=rider)
    assert 2.2 < mounted.height_m < 3.0


def test_animals_differ_by_variant_and_seeds_grow_different_trees() -> None:
    wolf, horse = (draw("quadruped", variant=name, height_m=1.0) for name in ("wolf", "horse"))
    assert wolf.width_m != pytest.approx(horse.width_m, rel=0.02)
    assert not same(draw("tree_bare", height_m=5.0, seed=1), draw("tree_bare", height_m=5.0, seed=2))


def test_a_close_view_shows_more_than_a_far_one() -> None:
    far, near = (draw("person", height_m=1.7, near=near) for near in (False, True))
    assert len(near.shapes) > len(far.shapes)


def holes(shape: Shape) -> int:
    """Rings beyond the first, which must run against it, so that both rules of filling leave them open."""

    def area(ring: Ring) -> float:
        x, y = ring[:, 0], ring[:, 1]
        return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))

    first, *others = shape.rings
    return sum(area(first) * area(ring) < 0 for ring in others)


@pytest.mark.parametrize("family", ["bridge", "lantern", "ring", "bicycle"])
def test_holes_run_against_their_outline(family: str) -> None:
    pierced = [shape for shape in draw(family, height_m=1.0).shapes if len(shape.rings) > 1]
    assert pierced
    assert all(holes(shape) == len(shape.rings) - 1 for shape in pierced)


def test_a_walkers_standing_foot_stays_where_it_is_at_its_pace() -> None:
    pace = pace_mps("person", 1.0, Pose.WALK)
    times = [0.10 + 0.02 * k for k in range(15)]  # the near foot is on the ground
    places = [low_points(time)[1] + pace * time for time in times]
    assert max(places) - min(places) < 0.03


@pytest.mark.parametrize(("family", "pose"), [("person", Pose.STAND), ("ship", Pose.WALK)])
def test_what_does_not_step_has_no_pace(family: str, pose: Pose) -> None:
    assert pace_mps(family, 2.0, pose) == 0.0


@pytest.mark.parametrize("garment", [Garment.CROWN, Garment.SPACESUIT])
@pytest.mark.parametrize("faces", [Facing.RIGHT, Facing.CAMERA, Facing.AWAY])
def test_a_crown_and_a_space_suit_are_seen_from_every_side(garment: Garment, faces: Facing) -> None:
    bare, clad = (draw("person", height_m=1.75, look=Look(wears=wears), faces=faces) for wears in ((), (garment,)))
    assert clad.height_m > bare.height_m
    assert len(clad.shapes) > len(bare.shapes)


@pytest.mark.parametrize("figure", Figure)
@pytest.mark.parametrize("faces", [Facing.RIGHT, Facing.CAMERA])
@pytest.mark.parametrize("mood", ["", "joy", "fear", "wonder"])
def test_nobody_has_painted_lips(figure: Figure, faces: Facing, mood: str) -> None:
    seen = draw("person", variant=mood, height_m=1.7, look=Look(figure=figure), faces=faces, near=True, seed=0)
    assert not any(shape.tone is Tone.ACCENT for shape in seen.shapes)


@pytest.mark.parametrize(("boat", "high"), [("rowboat", 0.85), ("canoe", 0.62), ("raft", 2.6)])
def test_a_rower_sits_in_a_boat_with_head_and_shoulders_above_its_side(boat: str, high: float) -> None:
    rower = draw("person", height_m=1.75, pose=Pose.SIT)
    whole = draw(boat, height_m=high, holds=replace(rower, height_m=1.75))
    head = max(float(shape.rings[0][:, 1].max()) for shape in whole.shapes if shape.tone is Tone.SKIN)
    assert 0.9 < head < 1.75
    assert min(float(ring[:, 1].min()) for ring in rings(whole)) > -0.35


@pytest.mark.parametrize(("group", "most"), [("crowd", 2.2), ("couple", 0.8), ("family", 1.2)])
def test_a_group_is_of_people_as_tall_as_one_person(group: str, most: float) -> None:
    drawn = draw(group, height_m=1.7)
    assert 1.6 < drawn.height_m < 2.0
    assert 0.5 * most < drawn.width_m / 1.7 < 1.4 * most


@pytest.mark.parametrize(("thing", "high"), [("key", 0.05), ("letter", 0.15), ("bottle", 0.28), ("violin", 0.6)])
def test_what_two_hands_show_stands_in_their_middle_and_keeps_its_size(thing: str, high: float) -> None:
    held = draw(thing, height_m=high)
    hands, shown = (draw("hands", height_m=0.19, holds=one) for one in (None, held))
    assert shown.height_m > hands.height_m * 0.9
    assert abs(shown.height_m - (0.24 * 0.19 + max(high, 0.08))) < 0.07
    assert min(float(ring[:, 1].min()) for ring in rings(shown)) < -0.3  # sleeves, for the frame to cut


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("age", [Age.CHILD, Age.ADULT])
def test_a_woman_has_the_same_hair_from_every_side(seed: int, age: Age) -> None:
    look = Look(age=age, figure=Figure.WOMAN, wears=())

    sides = [
        draw("person", height_m=1.7, look=look, seed=seed, faces=faces) for faces in (Facing.RIGHT, Facing.CAMERA, Facing.AWAY)
    ]

    lowest = [min(ring[:, 1].min() for shape in one.shapes if shape.tone is Tone.HAIR for ring in shape.rings) for one in sides]
    hangs = [low < 0.82 * one.height_m for low, one in zip(lowest, sides, strict=True)]
    assert len(set(hangs)) == 1, lowest
