"""Small things lie on what a shot names to lie on, and indoors on a table beside somebody; who sleds sits on the sled."""

import numpy as np
import pytest
from tests.animatic.conftest import Ask, placed

from storyreel.domain.storyboard import Pose, Position, ShotSize, Subject


@pytest.mark.parametrize(
    ("thing", "below", "high_m"),
    [
        ("shoes", "pedestal", 1.0),
        ("teapot", "stove", 0.85),
        ("cake", "table", 0.75),
        ("candle", "barrel", 0.9),
        ("laptop", "desk", 0.75),
    ],
)
@pytest.mark.parametrize("size", [ShotSize.WIDE, ShotSize.MEDIUM_WIDE, ShotSize.MEDIUM, ShotSize.CLOSE_UP])
def test_a_small_thing_lies_on_what_is_named_to_lie_on(ask: Ask, thing: str, below: str, high_m: float, size: ShotSize) -> None:
    there = placed(
        ask(place="room", size=size, subjects=(Subject(name=thing, concept=thing), Subject(name=below, concept=below)))
    )

    assert there[thing].y_m == pytest.approx(high_m, abs=0.01)
    assert abs(there[thing].x_m - there[below].x_m) < there[below].actor.width_m / 2
    assert there[thing].z_m < there[below].z_m


@pytest.mark.parametrize("thing", ["jar", "lamp", "laptop"])
def test_indoors_what_lies_about_beside_somebody_lies_on_a_table(ask: Ask, thing: str) -> None:
    someone = Subject(name="boy", concept="boy", pose=Pose.SIT)
    there = placed(ask(place="kitchen", size=ShotSize.MEDIUM_WIDE, subjects=(someone, Subject(name=thing, concept=thing))))

    assert there.keys() == {"boy", thing, "table"}
    assert there[thing].y_m == pytest.approx(0.75)


def test_a_ball_and_a_dog_lie_on_no_table(ask: Ask) -> None:
    names = ("table", "ball", "dog")
    there = placed(ask(place="room", size=ShotSize.WIDE, subjects=tuple(Subject(name=one, concept=one) for one in names)))

    assert (there["ball"].y_m, there["dog"].y_m) == (0.0, 0.0)


def test_a_table_in_the_background_stays_there(ask: Ask) -> None:
    near = Subject(name="someone", concept="man", pose=Pose.REACH, holds="apple")
    far = Subject(name="table", concept="table", position=Position.BACKGROUND)
    there = placed(ask(place="room", size=ShotSize.WIDE, subjects=(near, far)))

    assert there.keys() == {"someone", "table"}
    assert there["table"].z_m > there["someone"].z_m


def test_who_rides_a_sled_sits_on_it(ask: Ask) -> None:
    boy = Subject(name="boy", concept="boy", pose=Pose.RIDE)
    there = placed(ask(place="snowy_forest", size=ShotSize.WIDE, subjects=(boy, Subject(name="sled", concept="sled"))))

    assert there.keys() == {"boy"}
    assert there["boy"].actor.width_m > 1.0


@pytest.mark.parametrize("pose", [Pose.EMBRACE, Pose.CARRY])
@pytest.mark.parametrize(
    ("animal", "taken"), [("hedgehog", True), ("cat", True), ("duck", True), ("bear", False), ("horse", False)]
)
def test_a_small_animal_that_somebody_hugs_or_carries_is_in_their_arms(ask: Ask, pose: Pose, animal: str, taken: bool) -> None:
    girl, other = Subject(name="girl", concept="girl", pose=pose), Subject(name=animal, concept=animal)
    there = placed(ask(place="forest", size=ShotSize.WIDE, subjects=(girl, other)))

    assert there.keys() == ({"girl"} if taken else {"girl", animal})


def test_what_an_animal_has_found_is_seen_beside_it(ask: Ask) -> None:
    hedgehog = Subject(name="hedgehog", concept="hedgehog", pose=Pose.REACH, holds="balloon")
    there = placed(ask(place="forest", size=ShotSize.MEDIUM, subjects=(hedgehog, Subject(name="balloon", concept="balloon"))))

    assert there.keys() == {"hedgehog", "balloon"}


@pytest.mark.parametrize("pose", [Pose.STAND, Pose.WALK, Pose.RUN])
@pytest.mark.parametrize("who", ["man", "woman", "girl"])
def test_an_umbrella_is_over_the_head_and_hides_no_face(ask: Ask, who: str, pose: Pose) -> None:
    subject = Subject(name="someone", concept=who, pose=pose, holds="umbrella")
    actor = placed(ask(place="road", size=ShotSize.WIDE, subjects=(subject,)))["someone"].actor
    rings = [ring for shape in actor.draw(0.0).shapes for ring in shape.rings]
    canopy = max((ring for ring in rings if ring[:, 1].max() > actor.tall_m), key=lambda ring: float(np.ptp(ring[:, 0])))

    assert np.ptp(canopy[:, 0]) > 0.5
    assert canopy[:, 1].min() > 0.88 * actor.tall_m  # above the eyes


def test_what_an_animal_gives_is_seen_though_it_has_no_hands(ask: Ask) -> None:
    fox, bear = Subject(name="fox", concept="fox", pose=Pose.REACH, holds="balloon"), Subject(name="bear", concept="bear")

    assert placed(ask(place="forest", size=ShotSize.WIDE, subjects=(fox, bear))).keys() == {"fox", "bear", "balloon"}
