"""Who sits, lies or floats does so on what there is, from every side and at every size."""

import numpy as np
import pytest
from tests.animatic.conftest import Ask, drawn, placed

from storyreel.animatic.outline import Tone
from storyreel.animatic.paint import Placed
from storyreel.domain.storyboard import Facing, Pose, Position, ShotSize, Subject


@pytest.mark.parametrize("size", [ShotSize.CLOSE_UP, ShotSize.MEDIUM_WIDE, ShotSize.WIDE])
@pytest.mark.parametrize(("place", "bed"), [("park", "bench"), ("room", "sofa"), ("bedroom", "bed")])
def test_who_lies_on_something_lies_on_it(ask: Ask, place: str, bed: str, size: ShotSize) -> None:
    girl = Subject(name="girl", concept="girl", pose=Pose.LIE)
    there = placed(ask(place=place, size=size, subjects=(girl, Subject(name=bed, concept=bed, position=Position.RIGHT))))

    sleeper, under = there["girl"], there[bed]

    assert abs(sleeper.x_m - under.x_m) < 0.3
    assert 0.3 < sleeper.y_m < under.actor.height_m
    assert sleeper.z_m < under.z_m


@pytest.mark.parametrize(
    ("place", "bed", "other"),
    [
        ("room", "sofa", "child"),
        ("park", "bench", "dog"),
        ("bedroom", "bed", "old_woman"),
        ("bedroom", "bed", "cat"),
        ("bedroom", None, "child"),
        ("train_interior", None, "old_woman"),
    ],
)
def test_those_who_sleep_beside_one_another_share_a_bed(ask: Ask, place: str, bed: str | None, other: str) -> None:
    man = Subject(name="man", concept="old_man", pose=Pose.LIE, position=Position.LEFT)
    beside = Subject(name="other", concept=other, pose=Pose.LIE, position=Position.RIGHT, facing=Facing.LEFT)
    beds = (Subject(name="bed", concept=bed, position=Position.RIGHT),) if bed else ()

    there = placed(ask(place=place, size=ShotSize.MEDIUM, subjects=(man, beside, *beds)))

    first, second = there["man"], there["other"]
    assert first.mirrored is second.mirrored
    assert abs(first.x_m - second.x_m) < 0.7
    assert min(first.y_m, second.y_m) > 0.3
    if second.z_m > first.z_m:  # else it lies before the other one
        assert second.y_m > first.y_m + 0.1
    if bed:
        assert max(first.z_m, second.z_m) < there["bed"].z_m


def test_a_bed_that_stands_far_behind_lifts_nobody(ask: Ask) -> None:
    girl = Subject(name="girl", concept="girl", pose=Pose.LIE)
    bench = Subject(name="bench", concept="bench", position=Position.BACKGROUND)

    assert placed(ask(place="park", size=ShotSize.WIDE, subjects=(girl, bench)))["girl"].y_m == 0


@pytest.mark.parametrize(
    ("place", "told", "high"),
    [
        ("bedroom", "A girl sleeps.", True),
        ("train_interior", "A girl sleeps on the train.", True),
        ("bedroom", "A girl lies on the floor.", False),
        ("bedroom", "Девочка лежит на полу.", False),
        ("bedroom", "На полу спит девочка.", False),
        ("bedroom", "女孩躺在地板上。", False),
        ("bedroom", "A girl sleeps while her toys lie about; a lamp stands on the floor.", True),
        ("bedroom", "Девочка спит, игрушки разбросаны по полу.", True),
        ("kitchen", "A girl lies still.", False),
        ("meadow", "A girl sleeps.", False),
    ],
)
def test_who_sleeps_where_there_are_beds_sleeps_on_one(ask: Ask, place: str, told: str, high: bool) -> None:
    girl = Subject(name="girl", concept="girl", pose=Pose.LIE)

    there = placed(ask(place=place, description=told, size=ShotSize.MEDIUM_WIDE, subjects=(girl,)))

    assert (there["girl"].y_m > 0.3) is high


@pytest.mark.parametrize(("facing", "before"), [(Facing.AWAY, True), (Facing.RIGHT, False)])
def test_the_back_of_a_seat_is_before_who_is_seen_from_behind(ask: Ask, facing: Facing, before: bool) -> None:
    man = Subject(name="man", concept="man", pose=Pose.SIT, facing=facing)
    bench = Subject(name="bench", concept="bench", position=Position.RIGHT)

    there = placed(ask(place="park", size=ShotSize.WIDE, subjects=(man, bench)))

    assert (there["bench"].z_m < there["man"].z_m) is before


@pytest.mark.parametrize("thing", ["book", "newspaper"])
@pytest.mark.parametrize("who", ["boy", "woman"])
def test_who_sits_and_reads_holds_it_before_the_chest(ask: Ask, who: str, thing: str) -> None:
    def rings(holds: str | None) -> dict[bytes, float]:
        """The outlines of the figure, each with its lowest point."""
        reader = Subject(name="reader", concept=who, pose=Pose.SIT, holds=holds)
        drawing = placed(ask(size=ShotSize.MEDIUM_WIDE, subjects=(reader,)))["reader"].actor.draw(0.0)
        return {ring.tobytes(): float(np.min(ring[:, 1])) / drawing.height_m for one in drawing.shapes for ring in one.rings}

    bare, reading = rings(None), rings(thing)

    assert min(reading[ring] for ring in reading.keys() - bare.keys()) > 0.35


def test_who_floats_in_a_spaceship_touches_no_floor(ask: Ask) -> None:
    sides = Position.LEFT, Position.RIGHT
    flyers = tuple(Subject(name=side.value, concept="astronaut", pose=Pose.SWIM, position=side) for side in sides)

    there = placed(ask(place="spaceship_interior", size=ShotSize.MEDIUM_WIDE, subjects=flyers))

    assert len(there) == 2
    assert all(one.y_m > 0.3 for one in there.values())


@pytest.mark.parametrize("place", ["train_interior", "car_interior"])
def test_who_rides_in_a_train_or_car_sits(ask: Ask, place: str) -> None:
    rider = Subject(name="rider", concept="girl", pose=Pose.RIDE)

    assert placed(ask(place=place, size=ShotSize.MEDIUM_WIDE, subjects=(rider,)))["rider"].actor.subject.pose is Pose.SIT


def test_a_window_of_a_room_is_the_rooms_own_and_what_hangs_on_a_wall_stands_on_no_floor(ask: Ask) -> None:
    window, clock = (Subject(name=name, concept=name) for name in ("window", "clock"))

    assert not placed(ask(place="room", size=ShotSize.CLOSE_UP, subjects=(window,)))
    assert placed(ask(place="room", size=ShotSize.CLOSE_UP, subjects=(clock,)))["clock"].y_m > 0.5
    assert placed(ask(place="city_street", size=ShotSize.CLOSE_UP, subjects=(window,)))


@pytest.mark.parametrize("pose", [Pose.WALK, Pose.RUN])
@pytest.mark.parametrize("who", ["boy", "old_woman"])
def test_a_detail_of_who_walks_is_of_the_feet(ask: Ask, who: str, pose: Pose) -> None:
    picture = drawn(ask(size=ShotSize.DETAIL, subjects=(Subject(name="who", concept=who, pose=pose),)))
    walker = next(one for one in (*picture.behind, *picture.before) if isinstance(one, Placed))

    view, high = picture.stage.camera.at(0.0), walker.actor.height_m
    foot, knee, head = (view.point(walker.x_m, high * share, walker.z_m)[1] / 90 for share in (0.0, 0.25, 0.8))

    assert 0 < knee < foot < 1
    assert head < 0


def test_a_dragon_that_sleeps_lies_on_the_ground(ask: Ask) -> None:
    def height(pose: Pose) -> float:
        dragon = placed(ask(place="meadow", size=ShotSize.WIDE, subjects=(Subject(name="dragon", concept="dragon", pose=pose),)))
        return max(float(ring[:, 1].max()) for one in dragon["dragon"].actor.draw(0.0).shapes for ring in one.rings)

    assert height(Pose.LIE) < 0.5 * height(Pose.STAND)


@pytest.mark.parametrize(
    ("who", "pose", "wide_m"), [("cyclist", Pose.RUN, 1.4), ("knight", Pose.RIDE, 1.8), ("cowboy", Pose.RIDE, 1.8)]
)
def test_who_rides_is_drawn_on_what_goes_without_saying(ask: Ask, who: str, pose: Pose, wide_m: float) -> None:
    there = placed(ask(place="meadow", size=ShotSize.WIDE, subjects=(Subject(name=who, concept=who, pose=pose),)))

    assert there.keys() == {who}
    assert there[who].actor.subject.pose is Pose.RIDE
    assert there[who].actor.width_m > wide_m


@pytest.mark.parametrize(("who", "craft"), [("taxi_driver", "taxi"), ("bus_driver", "bus"), ("driver", "car")])
def test_who_drives_for_a_living_has_something_to_drive(ask: Ask, who: str, craft: str) -> None:
    def wide(*subjects: Subject) -> float:
        return max(one.actor.width_m for one in placed(ask(place="field", size=ShotSize.WIDE, subjects=subjects)).values())

    assert wide(Subject(name=who, concept=who, pose=Pose.RIDE)) == wide(Subject(name=craft, concept=craft))


def test_nobody_stands_in_a_car(ask: Ask) -> None:
    there = placed(ask(place="car_interior", size=ShotSize.MEDIUM, subjects=(Subject(name="who", concept="man"),)))

    assert there["who"].actor.subject.pose is Pose.SIT


def test_two_who_ride_have_a_bicycle_each(ask: Ask) -> None:
    boys = [
        Subject(name=name, concept="boy", pose=Pose.RIDE, position=side)
        for name, side in (("a", Position.LEFT), ("b", Position.RIGHT))
    ]
    there = placed(ask(place="meadow", size=ShotSize.WIDE, subjects=(*boys, Subject(name="bicycles", concept="bicycle"))))

    assert there.keys() == {"a", "b"}
    assert all(one.actor.width_m > 1.4 for one in there.values())


def test_two_who_drive_in_one_car_are_both_seen(ask: Ask) -> None:
    def skin(*names: str) -> int:
        people = [Subject(name=name, concept="man", pose=Pose.RIDE) for name in names]
        there = placed(ask(place="field", size=ShotSize.WIDE, subjects=(*people, Subject(name="car", concept="car"))))
        assert there.keys() == {names[0]}
        return sum(one.tone is Tone.SKIN for one in there[names[0]].actor.draw(0.0).shapes)

    assert skin("a", "b") == 2 * skin("a") > 0
    assert skin("a", "b", "c", "d") == 4 * skin("a")


@pytest.mark.parametrize("who", ["cyclist", "knight"])
def test_who_rides_is_not_put_into_a_car_beside_them(ask: Ask, who: str) -> None:
    rider = Subject(name="rider", concept=who, pose=Pose.RIDE)
    there = placed(ask(place="field", size=ShotSize.WIDE, subjects=(rider, Subject(name="car", concept="car"))))

    assert there.keys() == {"rider", "car"}
    assert there["rider"].actor.width_m > 1.4


def test_each_is_in_or_on_what_is_theirs(ask: Ask) -> None:
    people = [Subject(name="driver", concept="driver", pose=Pose.RIDE), Subject(name="rider", concept="man", pose=Pose.RIDE)]
    things = [Subject(name="horse", concept="horse"), Subject(name="car", concept="car")]
    there = placed(ask(place="field", size=ShotSize.WIDE, subjects=(*people, *things)))

    assert there.keys() == {"driver", "rider"}
    assert any(one.tone is Tone.WINDOW for one in there["driver"].actor.draw(0.0).shapes)
    assert not any(one.tone is Tone.WINDOW for one in there["rider"].actor.draw(0.0).shapes)


@pytest.mark.parametrize(("pose", "low"), [(Pose.STAND, True), (Pose.FLY, False)])
def test_a_plane_stands_at_the_airport_unless_it_flies(ask: Ask, pose: Pose, low: bool) -> None:
    plane = placed(ask(place="airport", size=ShotSize.WIDE, subjects=(Subject(name="plane", concept="plane", pose=pose),)))[
        "plane"
    ]

    assert (plane.grounded, plane.y_m == 0) == (low, low)


@pytest.mark.parametrize("craft", ["car", "taxi", "tractor", "bus", "truck"])
def test_who_drives_is_seen_through_the_window(ask: Ask, craft: str) -> None:
    driver = Subject(name="driver", concept="man", pose=Pose.RIDE)
    there = placed(ask(place="field", size=ShotSize.WIDE, subjects=(driver, Subject(name=craft, concept=craft))))

    assert there.keys() == {"driver"}
    drawing = there["driver"].actor.draw(0.0)
    empty = placed(ask(place="field", size=ShotSize.WIDE, subjects=(Subject(name=craft, concept=craft),)))[craft].actor.draw(0.0)
    skin = [ring for one in drawing.shapes for ring in one.rings if one.tone is Tone.SKIN]
    assert abs(drawing.width_m - empty.width_m) < 0.1
    assert any(np.ptp(ring[:, 1]) > 0.1 and ring[:, 1].min() > 0.4 * drawing.height_m for ring in skin)


def test_who_lies_down_has_put_away_what_they_carry(ask: Ask) -> None:
    def high(pose: Pose) -> float:
        there = placed(ask(place="meadow", size=ShotSize.WIDE, subjects=(Subject(name="who", concept="fisherman", pose=pose),)))
        return max(float(ring[:, 1].max()) for one in there["who"].actor.draw(0.0).shapes for ring in one.rings)

    assert high(Pose.LIE) < 1.0 < high(Pose.STAND)


@pytest.mark.parametrize("thing", ["stairs", "ladder", "tree"])
@pytest.mark.parametrize("facing", [Facing.RIGHT, Facing.LEFT])
def test_who_climbs_is_on_what_is_climbed(ask: Ask, thing: str, facing: Facing) -> None:
    boy = Subject(name="boy", concept="boy", pose=Pose.CLIMB, facing=facing)
    there = placed(ask(place="meadow", size=ShotSize.WIDE, subjects=(boy, Subject(name=thing, concept=thing))))

    climber, climbed = there["boy"], there[thing]
    assert 0.5 < climber.y_m < climbed.actor.height_m
    assert abs(climber.x_m - climbed.x_m) < climbed.actor.width_m / 2
    assert climber.z_m < climbed.z_m < 1.05 * climber.z_m
