"""A shot drawn from its words: the same every time, as long as asked, with everybody in it."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageChops
from tests.animatic.conftest import Ask, placed
from tests.properties import examples

from storyreel.animatic.engine import Picture, compose
from storyreel.animatic.places import setting_of
from storyreel.domain.generation import Request
from storyreel.domain.storyboard import Angle, Facing, Mood, Move, Pose, Position, Shot, ShotSize, Subject, TimeOfDay, Weather
from storyreel.domain.values import Size, frames_in


def digest(picture: Picture, *indexes: int) -> str:
    return hashlib.sha256(b"".join(picture.frame(k).tobytes() for k in indexes)).hexdigest()


def difference(one: Image.Image, other: Image.Image) -> float:
    return float(np.abs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float)).mean())


def test_the_same_request_gives_the_same_frames(ask: Ask) -> None:
    request = ask(weather=Weather.RAIN, time_of_day=TimeOfDay.NIGHT, move=Move.HANDHELD, seed=5)
    assert digest(compose(request), 0, 7, 23) == digest(compose(request), 0, 7, 23)


def test_a_frame_depends_on_nothing_but_its_number(ask: Ask) -> None:
    picture = compose(ask(weather=Weather.SNOW, move=Move.PUSH_IN))
    backwards = [digest(picture, k) for k in (20, 10, 0)]
    with ThreadPoolExecutor(3) as threads:
        together = [threads.submit(digest, picture, k).result() for k in (20, 10, 0)]
    assert backwards == together


def test_another_seed_gives_another_picture(ask: Ask) -> None:
    assert digest(compose(ask(seed=1)), 0) != digest(compose(ask(seed=2)), 0)


@pytest.mark.parametrize("seconds", [0.04, 0.5, 1.0, 2.52, 3.98])
def test_a_shot_has_as_many_frames_as_its_seconds(ask: Ask, seconds: float) -> None:
    picture = compose(ask(seconds=seconds))
    assert picture.frames == frames_in(seconds)
    assert picture.frame(picture.frames - 1).size == (160, 90)


def test_a_subject_that_the_lexicon_does_not_know_is_still_seen(ask: Ask) -> None:
    unknown = Subject(name="Зорблакс 机器", concept=None)
    with_it, without = compose(ask(subjects=(unknown,))), compose(ask(subjects=()))
    assert difference(with_it.frame(3), without.frame(3)) > 1


def test_a_concept_that_is_gone_from_the_lexicon_is_still_seen(ask: Ask) -> None:
    gone = Subject(name="a gizmo", concept="no such concept")
    assert difference(compose(ask(subjects=(gone,))).frame(3), compose(ask(subjects=())).frame(3)) > 1


def test_what_is_said_to_be_red_is_drawn_so_and_what_is_said_to_be_black_is_darker(ask: Ask) -> None:
    def mean(name: str) -> tuple[float, float, float]:
        """The colour about the middle of the frame."""
        door = Subject(name=name, concept="door")
        pixels = np.asarray(compose(ask(subjects=(door,), time_of_day=TimeOfDay.DAY)).frame(0), dtype=float)
        red, green, blue = pixels[30:75, 65:95].reshape(-1, 3).mean(axis=0)
        return red, green, blue

    plain, red, black = mean("the door"), mean("the red door"), mean("the black door")
    assert red[0] - red[1] > plain[0] - plain[1] + 20
    assert sum(black) < sum(plain) - 30


def test_a_request_without_a_shot_is_drawn() -> None:
    picture = compose(Request(prompt="a quiet field", seconds=0.5, size=Size.parse("96x64")))
    assert picture.frame(0).size == (96, 64)


def test_a_still_camera_still_shows_life(ask: Ask) -> None:
    picture = compose(ask(seconds=2, subjects=(), move=Move.STATIC))
    assert 0 < difference(picture.frame(0), picture.frame(40)) < 12


subjects = st.builds(
    Subject,
    name=st.text(min_size=1, max_size=12),
    concept=st.sampled_from([None, "man", "wolf", "lighthouse", "ship", "bottle", "moon", "seagull", "tree"]),
    pose=st.sampled_from(Pose),
    position=st.sampled_from(Position),
    facing=st.sampled_from(Facing),
)


@settings(max_examples=examples(60), deadline=None)
@given(
    cast=st.lists(subjects, max_size=4),
    size=st.sampled_from(ShotSize),
    angle=st.sampled_from(Angle),
    move=st.sampled_from(Move),
    mood=st.sampled_from(Mood),
    frame=st.sampled_from(["96x64", "64x96", "64x64"]),
    slate=st.booleans(),
)
def test_any_shot_can_be_drawn(
    cast: list[Subject], size: ShotSize, angle: Angle, move: Move, mood: Mood, frame: str, slate: bool
) -> None:
    shot = Shot(
        id="s", beat="b", description="Anything.", subjects=tuple(cast), size=size, angle=angle, move=move, mood=mood, seconds=1
    )
    request = Request(prompt="x", seconds=1, size=Size.parse(frame), shot=shot, slate=slate)
    picture = compose(request)
    for index in (0, 23):
        assert picture.frame(index).mode == "RGB"


@pytest.mark.parametrize("angle", [Angle.EYE_LEVEL, Angle.HIGH])
@pytest.mark.parametrize("place", ["harbour", "river", "lake"])
def test_a_ship_lies_before_the_far_bank_and_whole_in_the_frame(ask: Ask, place: str, angle: Angle) -> None:
    def seen(place: str) -> NDArray[np.bool_]:
        """Where the colour of a ship is seen: (height, width)."""
        plain, red = (
            compose(ask(place=place, frame="320x180", size=ShotSize.WIDE, angle=angle, subjects=(ship,))).frame(0)
            for ship in (Subject(name=name, concept="sailing_ship") for name in ("a ship", "a red ship"))
        )
        return np.asarray(ImageChops.difference(plain, red)).max(axis=2) > 8

    here = seen(place)

    assert not here[0].any()
    assert here.sum() > 0.9 * seen("open_sea").sum()


@pytest.mark.parametrize("place", ["sea_shore", "harbour", "river", "lake", "ship_deck", "bridge"])
def test_who_stands_behind_stands_on_the_ground_and_not_on_the_water(ask: Ask, place: str) -> None:
    sides = Position.LEFT, Position.BACKGROUND
    men = tuple(Subject(name=f"man {side.value}", concept="man", position=side) for side in sides)
    request = ask(place=place, size=ShotSize.WIDE, subjects=men)
    assert request.shot is not None

    there, setting = placed(request).values(), setting_of(request.location, request.shot)

    assert len(there) == 2
    assert all(one.z_m < (setting.edge or setting.water_from) * one.stage.unit for one in there)


@pytest.mark.parametrize(("place", "seat", "count"), [("park", "bench", 1), ("room", "sofa", 2), ("room", "chair", 1)])
def test_who_sits_sits_on_the_seat_that_is_there(ask: Ask, place: str, seat: str, count: int) -> None:
    sides = Position.LEFT, Position.RIGHT
    men = tuple(Subject(name=f"man {k}", concept="man", pose=Pose.SIT, position=sides[k]) for k in range(count))
    bench = Subject(name=seat, concept=seat, position=Position.RIGHT)

    there = placed(ask(place=place, size=ShotSize.MEDIUM_WIDE, subjects=(*men, bench)))
    under, *sitters = there.pop(seat), *there.values()

    assert len(sitters) == count
    assert all(abs(one.x_m - under.x_m) < under.actor.width_m / 2 and one.z_m < under.z_m for one in sitters)


def test_a_church_behind_a_walker_is_not_hidden_by_houses(ask: Ask) -> None:
    walker = Subject(name="a man", concept="man", pose=Pose.WALK, position=Position.LEFT)

    def seen(name: str) -> Image.Image:
        church = Subject(name=name, concept="church", position=Position.BACKGROUND)
        return compose(ask(place="village", frame="320x180", size=ShotSize.MEDIUM_WIDE, subjects=(walker, church))).frame(0)

    shown = np.asarray(ImageChops.difference(seen("a church"), seen("a red church"))).max(axis=2) > 4

    assert shown.sum() > 300


def test_a_member_of_the_cast_looks_the_same_wherever_the_shot_names_them(ask: Ask) -> None:
    anna = Subject(name="Anna", concept="woman", member="anna", position=Position.LEFT)
    bert = Subject(name="Bert", concept="man", member="bert", position=Position.RIGHT)
    orders = [(anna, bert), (bert, anna)]

    first, second = (placed(ask(subjects=order, seed=2))["Anna"].actor.draw(0.0) for order in orders)

    assert [shape.tone for shape in first.shapes] == [shape.tone for shape in second.shapes]
    assert all(
        np.array_equal(a, b)
        for one, other in zip(first.shapes, second.shapes, strict=True)
        for a, b in zip(one.rings, other.rings, strict=True)
    )


@pytest.mark.parametrize("size", list(ShotSize))
@pytest.mark.parametrize("place", ["meadow", "city_street", "ship_deck"])
@pytest.mark.parametrize("thing", ["coin", "ant"])
def test_a_tiny_thing_on_the_ground_is_in_the_frame_and_not_hidden(ask: Ask, thing: str, place: str, size: ShotSize) -> None:
    def seen(name: str) -> NDArray[np.uint8]:
        told = Subject(name=f"a {name} {thing}", concept=thing)
        picture = compose(ask(place=place, frame="320x180", size=size, subjects=(told,)))
        return np.asarray(picture.frame(0))

    shown = np.abs(seen("red").astype(int) - seen("blue").astype(int)).max(axis=2) > 12

    assert shown.sum() > 8


@pytest.mark.parametrize("who", ["wolf", "man", "crab"])
def test_nobody_stands_before_the_lens_where_one_looks_past_who_is_there(ask: Ask, who: str) -> None:
    def shade(angle: Angle) -> float:
        subject = Subject(name=who, concept=who, facing=Facing.AWAY, position=Position.RIGHT)
        frame = compose(ask(place="desert", size=ShotSize.MEDIUM_WIDE, angle=angle, subjects=(subject,))).frame(0)
        return float(np.asarray(frame.convert("L"), dtype=float)[60:, :40].mean())

    assert shade(Angle.OVER_THE_SHOULDER) > 0.8 * shade(Angle.EYE_LEVEL)
