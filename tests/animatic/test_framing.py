"""Who fills the frame: the first subject, a group whole, a rower in a boat, a ship far out."""

from dataclasses import replace

import pytest
from tests.animatic.conftest import Ask, drawn, placed

from storyreel.animatic.casting import Actor
from storyreel.animatic.company import company
from storyreel.animatic.figures.pace import pace_mps
from storyreel.animatic.layout import follow_of, lens_of, main_of
from storyreel.animatic.paint import Placed
from storyreel.animatic.places import setting_of
from storyreel.animatic.setting import Setting
from storyreel.domain.storyboard import Angle, Facing, Location, Look, Pose, Position, Shot, ShotSize, Subject
from storyreel.lexicon import concept


def shot_of(*subjects: Subject, size: ShotSize = ShotSize.MEDIUM) -> Shot:
    return Shot(id="s", beat="b", description="A shot.", seconds=4, size=size, subjects=subjects)


def at(place: str, shot: Shot) -> tuple[tuple[Actor, ...], Setting]:
    setting = setting_of(Location(id="l", name=place, place=place), shot)
    return company(shot, setting, 0), setting


GIRL, WOLF = Subject(name="a girl", concept="girl"), Subject(name="a wolf", concept="wolf")


def test_the_first_subject_is_framed_even_beside_a_person() -> None:
    shot = shot_of(WOLF, GIRL.model_copy(update={"position": Position.BACKGROUND}), size=ShotSize.CLOSE_UP)
    main = main_of(shot, at("snowy_forest", shot)[0])
    assert main is not None
    assert main.subject.concept == "wolf"


@pytest.mark.parametrize("size", [ShotSize.MEDIUM, ShotSize.MEDIUM_WIDE, ShotSize.WIDE])
def test_a_frame_holds_every_head_of_a_group(size: ShotSize) -> None:
    man = Subject(name="a man", concept="man", position=Position.RIGHT)
    shot = shot_of(GIRL.model_copy(update={"position": Position.LEFT}), man, WOLF, size=size)
    actors, setting = at("meadow", shot)
    lens = lens_of(shot, actors, main_of(shot, actors), setting, 1280, 720, 1.0)
    for one in actors:
        row = lens.horizon - lens.focal * (one.height_m - lens.eye_m) / lens.depth_m
        chin = lens.horizon - lens.focal * (0.75 * one.height_m - lens.eye_m) / lens.depth_m
        assert row > 0
        assert chin < 1


def test_who_is_at_sea_sits_in_one_boat() -> None:
    rower = Subject(name="a fisherman", concept="fisherman", pose=Pose.SIT)
    shot = shot_of(rower, Subject(name="a boat", concept="rowboat"), size=ShotSize.WIDE)
    (party,), _ = at("open_sea", shot)
    assert party.subject.concept == "fisherman"
    assert party.width_m > 3
    assert 1 < party.height_m < 1.5


def test_what_is_handed_outdoors_is_in_the_hand_and_not_on_a_table() -> None:
    shot = shot_of(GIRL, Subject(name="bread", concept="bread"))
    actors, _ = at("snowy_forest", shot)
    assert [one.subject.holds for one in actors] == ["bread"]


def test_a_detail_of_a_thing_beside_its_person_shows_the_hands() -> None:
    looks = GIRL.model_copy(update={"look": Look()})
    shot = shot_of(looks, Subject(name="bread", concept="bread"), size=ShotSize.DETAIL)
    (hands,), _ = at("snowy_forest", shot)
    assert (hands.subject.concept, hands.subject.holds) == ("hands", "bread")


def test_a_ship_in_a_wide_shot_lies_far_out() -> None:
    shot = shot_of(Subject(name="a ship", concept="ship"), size=ShotSize.WIDE)
    actors, setting = at("sea_shore", shot)
    lens = lens_of(shot, actors, main_of(shot, actors), setting, 1280, 720, 1.0)
    assert lens.depth_m < 20  # the lens is that of the shore; the ship is beyond


def test_the_camera_goes_along_so_that_feet_hold_the_ground() -> None:
    walker = GIRL.model_copy(update={"pose": Pose.WALK, "facing": Facing.RIGHT})
    shot = shot_of(walker, size=ShotSize.MEDIUM_WIDE)
    actors, setting = at("forest", shot)
    main = main_of(shot, actors)
    assert main is not None
    assert main.pace_m_s == pytest.approx(pace_mps("person", concept("girl").height_m, Pose.WALK))
    lens = lens_of(shot, actors, main, setting, 1280, 720, 1.0)
    assert 0 < follow_of(shot, main, lens, setting) < main.pace_m_s
    assert follow_of(shot, replace(main, pace_m_s=0.0), lens, setting) == 0


@pytest.mark.parametrize(("who", "mount"), [("knight", "horse"), ("girl", "bicycle"), ("woman", "camel")])
def test_who_rides_is_on_what_is_ridden(who: str, mount: str) -> None:
    rider = Subject(name=who, concept=who, pose=Pose.RIDE, position=Position.LEFT)
    shot = shot_of(rider, Subject(name=mount, concept=mount, position=Position.RIGHT), size=ShotSize.MEDIUM_WIDE)

    (both,), _ = at("road", shot)

    assert both.subject.concept == who
    assert both.height_m > max(concept(mount).height_m, 0.9 * concept(who).height_m)


def test_a_horse_far_behind_is_not_ridden() -> None:
    rider = Subject(name="a knight", concept="knight", pose=Pose.RIDE)
    shot = shot_of(rider, Subject(name="a horse", concept="horse", position=Position.BACKGROUND))
    assert len(at("road", shot)[0]) == 2


def test_who_is_looked_past_holds_nothing_before_the_lens() -> None:
    fisherman = Subject(name="a fisherman", concept="fisherman", position=Position.LEFT)
    shot = shot_of(GIRL.model_copy(update={"position": Position.RIGHT}), fisherman)

    (_, beside), _ = at("meadow", shot)
    (_, before), _ = at("meadow", shot.model_copy(update={"angle": Angle.OVER_THE_SHOULDER}))

    assert beside.width_m > 1
    assert before.width_m < 1


@pytest.mark.parametrize("size", [ShotSize.CLOSE_UP, ShotSize.MEDIUM])
@pytest.mark.parametrize(("who", "pose"), [("boy", Pose.SIT), ("man", Pose.STAND)])
def test_who_is_looked_past_leaves_the_other_face_free_and_has_a_head(ask: Ask, size: ShotSize, who: str, pose: Pose) -> None:
    pair = (Subject(name="main", concept=who, pose=pose, facing=Facing.LEFT), Subject(name="past", concept="old_woman"))
    request = ask(place="kitchen", size=size, frame="640x360", angle=Angle.OVER_THE_SHOULDER, subjects=pair)
    there, lens = placed(request), drawn(request).stage.lens
    past = there["past"]

    def across(one: Placed) -> float:
        return 0.5 + one.x_m * lens.focal * lens.height_px / one.z_m / lens.width_px

    head = lens.horizon - (past.y_m + past.actor.height_m - lens.eye_m) * lens.focal / past.z_m
    assert across(past) < 0.15 < 0.5 < across(there["main"])
    assert -0.4 < head < 0.6  # its top, in frame heights from the frame's: some of it may be cut off
