"""What is done shows: its tool is in the hand though no words say so, who rides does not go on foot, what flies flies."""

import pytest

from storyreel.domain.storyboard import Pose
from tests.writing.texts import main_shots, written


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("A man reads on a park bench.", "book"),
        ("An old man sweeps the yard.", "broom"),
        ("A boy fishes from the pier.", "fishing_rod"),
        ("A grandmother waters the roses.", "watering_can"),
        ("Девочка рисует в саду.", "paintbrush"),
        ("Старик колет дрова во дворе.", "axe"),
        ("爷爷在院子里扫地。", "broom"),
        ("女孩在窗边看书。", "book"),
    ],
)
def test_who_does_something_has_what_it_is_done_with(text: str, tool: str) -> None:
    (shot,) = main_shots(written(text))

    assert shot.subjects[0].holds == tool


def test_each_of_several_has_one() -> None:
    (shot,) = main_shots(written("Two workers dig in the garden."))

    assert [one.holds for one in shot.subjects] == ["shovel", "shovel"]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("She reads a letter by the window.", "letter"),
        ("A dog digs in the garden.", None),
        ("A carpenter repairs a chair.", None),
        ("A girl is ready.", None),
    ],
)
def test_nothing_is_made_up_where_words_or_kind_say_otherwise(text: str, holds: str | None) -> None:
    (shot,) = main_shots(written(text))

    assert shot.subjects[0].holds == holds


@pytest.mark.parametrize("text", ["A woman is behind the wheel of an old truck.", "Женщина за рулём старого грузовика."])
def test_who_is_behind_the_wheel_drives_and_no_wheel_lies_about(text: str) -> None:
    (shot,) = main_shots(written(text))

    assert shot.subjects[0].pose is Pose.RIDE
    assert {one.concept for one in shot.subjects} == {"woman", "truck"}


@pytest.mark.parametrize(
    "text", ["A motorcyclist races down the road.", "Велосипедист мчится по дороге.", "骑骆驼的商人穿过沙漠。"]
)
def test_no_feet_are_shown_of_who_rides(text: str) -> None:
    storyboard = written(text)

    assert {one.pose for shot in main_shots(storyboard) for one in shot.subjects[:1]} == {Pose.RIDE}
    told = " ".join(shot.description for shot in storyboard.shots)
    assert not [word for word in ("feet", "Feet", "ноги", "Ноги", "脚", "steps") if word in told]


def test_who_drives_in_a_car_is_seen_from_outside() -> None:
    storyboard = written("A couple drives along the coast in a car.")

    assert {one.place for one in storyboard.bible.locations} == {"sea_shore"}
    assert "car" in {one.concept for shot in main_shots(storyboard) for one in shot.subjects}


@pytest.mark.parametrize(
    ("text", "pose"),
    [("A plane takes off from the airport.", Pose.FLY), ("A mechanic repairs a plane in the hangar.", Pose.STAND)],
)
def test_a_plane_flies_where_it_does_and_no_line_moves_it_where_it_does_not(text: str, pose: Pose) -> None:
    storyboard = written(text)
    planes = [one.pose for shot in storyboard.shots for one in shot.subjects if one.concept == "plane"]

    assert set(planes) == {pose}
    assert pose is Pose.FLY or not any(
        "moves on" in shot.description or "cuts through" in shot.description for shot in storyboard.shots
    )


@pytest.mark.parametrize(
    ("text", "who", "seat"),
    [
        ("An old man sits on a bench. A boy comes and gives him a ball. The old man smiles.", "old_man", "bench"),
        ("Старик сидит на скамейке. К нему подходит мальчик. Старик улыбается.", "old_man", "bench"),
        ("A man reads in a train; across from him a girl sleeps.", "man", None),
    ],
)
def test_who_sits_goes_on_sitting_there_while_they_only_talk_or_look(text: str, who: str, seat: str | None) -> None:
    shots = [shot for shot in main_shots(written(text)) if who in {one.concept for one in shot.subjects}]

    assert len(shots) > 1
    assert {one.pose for shot in shots for one in shot.subjects if one.concept == who} == {Pose.SIT}
    assert all(seat is None or seat in {one.concept for one in shot.subjects} for shot in shots)


def test_who_stands_up_or_goes_sits_no_more() -> None:
    first, *rest = main_shots(written("A man sits on a bench. He walks to the lake. He looks at the water."))

    assert first.subjects[0].pose is Pose.SIT
    assert not [one for shot in rest for one in shot.subjects if one.member and one.pose is Pose.SIT]


@pytest.mark.parametrize(
    ("text", "pose", "other"),
    [
        ("Старик сидит на скамейке. К нему подходит мальчик.", Pose.WALK, Pose.SIT),
        ("Девочка бежит по лесу. За ней гонится волк.", Pose.RUN, Pose.RUN),
        ("An old man sits on a bench. Towards him walks a boy.", Pose.WALK, Pose.SIT),
    ],
)
def test_who_stands_behind_the_verb_of_an_inverted_clause_does_it(text: str, pose: Pose, other: Pose) -> None:
    first, second = main_shots(written(text))
    member = first.subjects[0].member

    assert {one.pose for one in second.subjects if one.member and one.member != member} == {pose}
    assert {one.pose for one in second.subjects if one.member == member} == {other}


@pytest.mark.parametrize(
    "text",
    [
        "Her eyes water.",
        "He fixes his tie.",
        "A man digs into his pocket.",
        "He sweeps her off her feet.",
        "She reads his mind.",
        "A girl paints her nails.",
        "A programmer writes code.",
        "Она читает его мысли.",
        "男孩扫了一眼房间。",
    ],
)
def test_figures_of_speech_need_no_tool(text: str) -> None:
    (shot,) = main_shots(written(text))

    assert {one.holds for one in shot.subjects} & {
        "broom",
        "shovel",
        "pen",
        "book",
        "paintbrush",
        "watering_can",
        "wrench",
    } == set()


@pytest.mark.parametrize(
    ("text", "poses"),
    [
        ("A doctor examines a boy on a chair.", {"doctor": Pose.STAND, "boy": Pose.SIT}),
        ("A mother reads to her son on the sofa.", {"mother": Pose.SIT, "boy": Pose.SIT}),
        ("A man and a woman talk on a bench.", {"man": Pose.SIT, "woman": Pose.SIT}),
        ("A boy runs after a girl on a bicycle.", {"boy": Pose.RUN, "girl": Pose.RIDE}),
        ("A girl on a camel crosses the dunes.", {"girl": Pose.RIDE}),
        ("Девушка за столиком печатает на ноутбуке.", {"young_woman": Pose.SIT}),
        ("Анна садится в поезд.", {"woman": Pose.WALK}),
        ("父亲坐在轮椅上，手里抱着一束花。", {"father": Pose.SIT}),
    ],
)
def test_a_seat_is_theirs_who_are_told_to_be_on_it(text: str, poses: dict[str, Pose]) -> None:
    (shot,) = main_shots(written(text))

    assert {one.concept: one.pose for one in shot.subjects if one.concept in poses} == poses


def test_each_goes_on_sitting_on_a_seat_of_their_own() -> None:
    *_, man, woman = main_shots(written("A man sits on a bench. A woman sits on a chair. The man talks. The woman listens."))

    assert {one.concept for one in man.subjects} == {"man", "bench"}
    assert {one.concept for one in woman.subjects} == {"woman", "chair"}


def test_who_is_chased_rides_on_and_away() -> None:
    _, chase = main_shots(written("A girl rides a horse through the forest. A wolf chases her."))

    assert {one.concept: one.pose for one in chase.subjects} == {"wolf": Pose.RUN, "girl": Pose.RIDE, "horse": Pose.STAND}
    assert len({one.facing for one in chase.subjects if one.concept != "horse"}) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Two couples dance in the square.", 2),
        ("Two newlyweds dance in the square.", 1),
        ("Молодожёны танцуют на площади.", 1),
        ("一对情侣在广场上跳舞。", 1),
        ("两对情侣在广场上跳舞。", 2),
    ],
)
def test_couples_are_counted_and_newlyweds_are_a_couple(text: str, count: int) -> None:
    (shot,) = main_shots(written(text))

    assert len([one for one in shot.subjects if one.concept == "couple"]) == count


@pytest.mark.parametrize(
    ("text", "who", "holds"),
    [
        ("他把一束花送到医院。", "man", "bouquet"),
        ("小熊把蜂蜜送给奶奶。", "bear_cub", "honey"),
        ("她把信放在桌子上。", "woman", "letter"),
        ("A detective kneels beside a wet shoe.", "detective", None),
        ("Сыщик стоит возле лампы.", "detective", None),
    ],
)
def test_what_is_told_before_the_verb_is_held_and_what_one_is_near_is_not(text: str, who: str, holds: str | None) -> None:
    (shot,) = main_shots(written(text))

    assert {one.concept: one.holds for one in shot.subjects}[who] == holds
