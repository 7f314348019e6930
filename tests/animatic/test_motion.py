"""Who leaps leaves the ground and comes back; who falls comes down and lies there; riders have what they ride."""

from itertools import pairwise

import pytest
from tests.animatic.conftest import Ask, drawn, placed

from storyreel.animatic.figures.motion import FALL_S, LEAP_S, lift_of
from storyreel.animatic.tints import WARDROBE, worn_by
from storyreel.domain.storyboard import Facing, Pose, Position, ShotSize, Subject, TimeOfDay
from storyreel.lexicon.concepts import Kind

MOON = Subject(name="moon", concept="moon", position=Position.RIGHT)
LIGHTS = Subject(name="northern lights", concept="northern_lights", position=Position.BACKGROUND)


def test_a_leap_ends_where_it_began_and_is_above_the_ground_in_between() -> None:
    lifts = [lift_of(Pose.JUMP, k * LEAP_S / 30) for k in range(31)]

    assert lifts[0] == lifts[-1] == 0
    assert max(lifts) > 0.3
    assert max(abs(one - other) for one, other in pairwise(lifts)) < 0.1


def test_a_fall_ends_on_the_ground_and_stays_there() -> None:
    assert lift_of(Pose.FALL, 0) > 0.5
    assert [lift_of(Pose.FALL, FALL_S + late) for late in (0, 1, 60)] == [0, 0, 0]
    assert lift_of(Pose.WALK, 0.5) == 0


def test_who_fell_lies_there_except_where_nothing_ends_a_fall(ask: Ask) -> None:
    def height_m(place: str, pose: Pose) -> float:
        man = Subject(name="man", concept="man", pose=pose)
        there = placed(ask(place=place, size=ShotSize.MEDIUM_WIDE, subjects=(man,)))["man"]
        return there.actor.draw(2.0).height_m

    assert height_m("meadow", Pose.FALL) == pytest.approx(height_m("meadow", Pose.LIE), rel=0.05)
    assert height_m("sky", Pose.FALL) > 1.3 * height_m("meadow", Pose.FALL)


@pytest.mark.parametrize(
    ("who", "action", "size"),
    [("boy", "leaps", ShotSize.MEDIUM_WIDE), ("old_man", "jumps", ShotSize.WIDE), ("girl", "прыгает", ShotSize.MEDIUM)],
)
def test_who_leaps_is_in_the_frame_at_the_highest(ask: Ask, who: str, action: str, size: ShotSize) -> None:
    leaper = Subject(name=who, concept=who, pose=Pose.JUMP, action=action)
    picture = drawn(ask(place="city_street", size=size, subjects=(leaper,)))
    there = placed(ask(place="city_street", size=size, subjects=(leaper,)))[who]
    high_m = there.y_m + there.actor.tall_m * (1 + max(lift_of(Pose.JUMP, k * LEAP_S / 30) for k in range(31)))

    _, top = picture.stage.camera.at(0).point(there.x_m, high_m, there.z_m)

    assert 0 < top < 0.6 * picture.plate.height_px


@pytest.mark.parametrize(
    ("action", "below"), [("rides", "horse"), ("скачет", "horse"), ("drives", "car"), ("едет", "car"), ("开车", "car")]
)
def test_who_rides_nothing_that_is_named_has_something_to_ride(ask: Ask, action: str, below: str) -> None:
    woman = Subject(name="woman", concept="woman", pose=Pose.RIDE, action=action)

    def wide_m(*subjects: Subject) -> float:
        there = placed(ask(place="road", size=ShotSize.WIDE, subjects=subjects))
        return there["woman"].actor.width_m

    assert wide_m(woman) == pytest.approx(wide_m(woman, Subject(name=below, concept=below)))
    assert wide_m(woman) > 1.5


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("rides", "A surfer rides a wave."),
        ("rides", "A witch rides a broom."),
        ("sails", "The captain sails to the island."),
        ("катается", "Девочка катается на качелях."),
        ("едет", "Мальчик едет на льдине."),
    ],
)
def test_who_rides_something_else_is_on_no_horse_and_in_no_car(ask: Ask, action: str, words: str) -> None:
    woman = Subject(name="woman", concept="woman", pose=Pose.RIDE, action=action)

    assert placed(ask(place="road", size=ShotSize.WIDE, subjects=(woman,), description=words))["woman"].actor.width_m < 1.2


@pytest.mark.parametrize(
    ("hour", "subjects"), [(TimeOfDay.NIGHT, {"sun"}), (TimeOfDay.DAY, {"moon"}), (TimeOfDay.DUSK, {"moon"})]
)
def test_sun_and_moon_together_are_both_seen(ask: Ask, hour: TimeOfDay, subjects: set[str]) -> None:
    both = (Subject(name="sun", concept="sun"), Subject(name="moon", concept="moon"))
    request = ask(place="meadow", size=ShotSize.WIDE, time_of_day=hour, subjects=both)

    assert placed(request).keys() == subjects
    assert drawn(request).stage.heavens == {"sun", "moon"} - subjects


@pytest.mark.parametrize("size", [ShotSize.MEDIUM, ShotSize.MEDIUM_WIDE, ShotSize.CLOSE_UP])
@pytest.mark.parametrize("craft", ["truck", "bus"])
def test_a_long_vehicle_beside_somebody_is_seen_whole(ask: Ask, craft: str, size: ShotSize) -> None:
    subjects = (Subject(name="woman", concept="woman"), Subject(name=craft, concept=craft, position=Position.RIGHT))
    request = ask(place="road", size=size, subjects=subjects)
    there, stage = placed(request), drawn(request).stage

    assert there[craft].actor.width_m <= 2 * stage.across(there[craft].z_m)
    assert there[craft].z_m > there["woman"].z_m


def test_the_moon_that_is_spoken_of_is_the_one_in_the_sky(ask: Ask) -> None:
    wolf = Subject(name="wolf", concept="wolf", facing=Facing.RIGHT)
    night = {"place": "meadow", "size": ShotSize.WIDE, "time_of_day": TimeOfDay.NIGHT}

    both, alone = ask(subjects=(wolf, MOON), **night), ask(subjects=(MOON,), **night)

    assert "moon" not in placed(both)
    assert drawn(both).stage.lamp.disc
    assert "moon" in placed(alone)
    assert not drawn(alone).stage.lamp.disc


def test_northern_lights_are_green_and_fill_the_sky(ask: Ask) -> None:
    bear = Subject(name="bear", concept="polar_bear")
    night = {"place": "arctic", "size": ShotSize.WIDE, "time_of_day": TimeOfDay.NIGHT, "frame": "320x180"}

    def greens(*subjects: Subject) -> list[float]:
        frame = drawn(ask(subjects=subjects, **night)).frame(0)
        across = [frame.crop((x, 20, x + 80, 70)).resize((1, 1)).getpixel((0, 0)) for x in range(0, 320, 80)]
        return [one[1] - one[0] for one in across if isinstance(one, tuple)]

    lit, dark = greens(bear, LIGHTS), greens(bear)

    assert "northern lights" not in placed(ask(subjects=(bear, LIGHTS), **night))
    assert all(one > other + 4 for one, other in zip(lit, dark, strict=True))


def test_people_wear_colours_of_their_own_the_same_in_every_shot(ask: Ask) -> None:
    def tint(member: str, concept: str = "man") -> tuple[float, ...]:
        someone = Subject(name=concept, concept=concept, member=member)
        return placed(ask(place="park", subjects=(someone,)))[concept].actor.tint

    assert len({worn_by(f"person-{number}") for number in range(60)}) == len(WARDROBE)
    assert tint("man") == tint("man") == worn_by("man")
    assert tint("man-2") != tint("man-3")
    assert tint("chef", "chef") == tint("chef-2", "chef")


def test_what_is_drawn_by_lines_has_a_body(ask: Ask) -> None:
    there = placed(ask(place="kitchen", size=ShotSize.DETAIL, subjects=(Subject(name="jar", concept="jar"),)))["jar"]
    body, *lines = there.actor.draw(0.0).shapes

    assert len(body.rings) == 1
    assert lines
    assert body.tone is not lines[0].tone
    assert there.actor.kind is Kind.OBJECT
