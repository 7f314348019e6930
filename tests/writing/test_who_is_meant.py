"""Pronouns mean those who are there, animals too; hands hold what is handed; nobody is made up."""

import pytest

from storyreel.domain.storyboard import Facing, Figure, Pose, ShotSize, Storyboard
from storyreel.domain.values import Language
from storyreel.writing.verbs import verbs
from tests.writing.texts import main_shots, written

SCRIPT = """INT. DINER - NIGHT

JACK, 50, a tired detective in a grey coat, stirs his coffee.

MARY, a young waitress, fills his cup.

MARY
Is this him?

EXT. DINER - NIGHT

A man in a hat steps out of a car.
"""


def _who(storyboard: Storyboard) -> list[str]:
    return [one.name for one in storyboard.bible.characters]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Девушка встречает волка в лесу. Волк смотрит на неё. Она протягивает ему хлеб.", ["девушка", "волк"]),
        ("Старый рыбак ловит золотую рыбку. Она говорит с ним. Он отпускает её в море.", ["старый рыбак", "золотая рыбка"]),
        ("Космонавт чинит антенну. Мимо пролетает комета. Он машет ей рукой.", ["космонавт"]),
        ("Корабль уходит в море. Он исчезает в тумане.", []),
        ("The girl meets a wolf. She gives him an apple.", ["girl", "wolf"]),
        ("A fox looks at the village. It runs away.", ["fox"]),
        ("A woman takes it and smiles.", ["woman"]),
        ("一只小狐狸住在森林里。她遇见一位老渔夫。老渔夫看着她。", ["小狐狸", "老渔夫"]),
        ("女孩遇见一只狼。她给他面包。", ["女孩", "狼"]),
        ("He walks into the rain.", ["man"]),
    ],
)
def test_a_pronoun_means_someone_who_is_there(text: str, who: list[str]) -> None:
    assert _who(written(text)) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("An old man meets a woman at a bench. The woman smiles at the man.", ["old man", "woman"]),
        ("A young woman sits in a park. A boy comes. The boy looks at the woman.", ["young woman", "boy"]),
        ("Старик сидит на скамейке. Приходит девочка. Девочка смотрит на этого мужчину.", ["старик", "девочка"]),
        ("一位老人坐在长椅上。一个女孩走来。女孩看着那个男人。", ["老人", "女孩"]),
        ("An old man sits on a bench. A man comes.", ["old man", "man"]),
        ("An old man sits on a bench. The man in a red coat comes.", ["old man", "man"]),
        ("Старик сидит на скамейке. Приходит мужчина.", ["старик", "мужчина"]),
    ],
)
def test_a_broader_word_means_someone_who_was_met(text: str, who: list[str]) -> None:
    assert _who(written(text)) == who


def test_a_script_that_describes_a_person_names_one_person() -> None:
    storyboard = written(SCRIPT)

    assert _who(storyboard) == ["Jack", "Mary", "man"]
    assert [one.concept for one in storyboard.bible.characters] == ["detective", "waitress", "man"]
    assert "Jack, a tired detective in a grey coat, stirs his coffee." in [shot.description for shot in storyboard.shots]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Девушка достаёт из сумки хлеб и протягивает волку.", "bread"),
        ("A boy takes a cake out of the box and gives it to his mother.", "cake"),
        ("一个女人从包里拿出一封信，递给他。", "letter"),
        ("The keeper finds a message in a bottle.", "message_in_a_bottle"),
        ("A robot waters a flower.", None),
    ],
)
def test_what_is_handed_is_held_and_not_what_it_came_out_of(text: str, held: str | None) -> None:
    for shot in main_shots(written(text)):
        assert shot.subjects[0].holds == held


def test_what_was_taken_up_is_still_held_when_it_is_given() -> None:
    takes, gives = main_shots(written("Девушка встречает волка. Волк ждёт. Она достаёт хлеб. Она протягивает ему."))[2:]

    assert (takes.subjects[0].holds, gives.subjects[0].holds) == ("bread", "bread")


def test_who_is_seen_is_not_the_one_who_looks() -> None:
    comes = main_shots(written("一只熊猫在竹林里吃竹子，看到摄影师，它好奇地走过来。"))[1]

    assert comes.subjects[0].name == "熊猫"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "A paper boat floats down a stream. A gull lands on it. The boat reaches the sea.",
            ["A gull lands on the paper boat.", "The paper boat reaches the sea."],
        ),
        (
            "A red balloon flies over the city. A child runs after it. It gets stuck in a tree.",
            ["A child runs after the red balloon.", "The red balloon gets stuck in a tree."],
        ),
        ("A ship sails. It is late. It rains.", ["It is late.", "It rains."]),
        ("A boy puts a cup on the table. It falls.", ["The cup falls."]),
        ("A paper boat floats. A boat passes.", ["A boat passes."]),
        ("A dog sleeps. A boy looks at it.", ["A boy looks at the dog."]),
        ("Корабль уходит в море. Он исчезает в тумане.", ["Корабль исчезает в тумане."]),
        ("The old car stops. It starts.", ["The old car starts."]),
        ("一个男孩放纸船。纸船漂走了。他追着它跑。", ["纸船漂走了。", "男孩追着纸船跑。"]),
        ("一艘纸船漂在河上。一只海鸥落在它上面。", ["一只海鸥落在纸船上面。"]),
    ],
)
def test_a_shot_says_in_full_what_its_words_only_point_to(text: str, told: list[str]) -> None:
    assert [shot.description for shot in main_shots(written(text))][1:] == told


def test_what_is_called_by_a_part_of_its_name_is_drawn_as_it_was() -> None:
    shots = main_shots(written("A paper boat floats down a stream. A gull lands on it. The boat reaches the sea."))

    assert all("paper_boat" in [one.concept for one in shot.subjects] for shot in shots)


def test_who_did_something_before_does_what_comes_then() -> None:
    shots = written("小猫打翻了花瓶，跳上窗台，然后睡着了").shots

    assert "小猫睡着了。" in [shot.description for shot in shots]
    assert not [shot.description for shot in shots if "然后" in shot.description or "睡着了四周" in shot.description]


@pytest.mark.parametrize(
    ("text", "who", "pose", "held"),
    [
        ("Девочка с красным зонтом бежит по улице.", "girl", Pose.RUN, "umbrella"),
        ("Старик с тростью идёт по дороге.", "old_man", Pose.WALK, "staff"),
        ("Старик в лодке спит.", "old_man", Pose.LIE, None),
        ("A girl with a red umbrella runs down the street.", "girl", Pose.RUN, "umbrella"),
        ("女孩撑着红伞跑过桥。", "girl", Pose.RUN, "umbrella"),
    ],
)
def test_who_goes_with_a_thing_does_what_the_verb_after_it_says(text: str, who: str, pose: Pose, held: str | None) -> None:
    first = main_shots(written(text))[0].subjects[0]
    assert (first.concept, first.pose, first.holds) == (who, pose, held)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Старик с белой собакой идёт по дороге.", ["old_man", "dog"]),
        ("Старик идёт с собакой по улице.", ["old_man", "dog"]),
        ("An old man walks his dog through a park.", ["old_man", "dog"]),
        ("A girl with a small white dog walks along the road.", ["girl", "dog"]),
        ("A girl in a red coat walks her dog through falling snow.", ["girl", "dog"]),
        ("一个老人在街上牵着一只白狗。", ["old_man", "dog"]),
    ],
)
def test_who_goes_along_with_somebody_walks_as_well(text: str, who: list[str]) -> None:
    first = main_shots(written(text))[0].subjects
    assert [(one.concept, one.pose) for one in first] == [(one, Pose.WALK) for one in who]
    assert len({one.facing for one in first}) == 1


@pytest.mark.parametrize(
    "text", ["A man walks toward a dog.", "A man walks, a dog with a ball sleeps.", "Мужчина идёт к собаке."]
)
def test_who_is_only_walked_to_stands(text: str) -> None:
    shots = main_shots(written(text))
    dog = next(one for shot in shots for one in shot.subjects if one.concept == "dog")
    assert dog.pose is not Pose.WALK


@pytest.mark.parametrize(
    "text",
    [
        "A chef cooks in a kitchen; a waiter drops a tray; everyone laughs.",
        "A chef and a waiter stand in a kitchen. Everybody laughs.",
    ],
)
def test_everyone_is_all_who_are_there(text: str) -> None:
    last = main_shots(written(text))[-1]
    assert [one.concept for one in last.subjects] == ["chef", "waiter"]


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("A girl looks at the city lights.", {"looks"}),
        ("A man walks through the harbour works.", {"walks"}),
        ("The man in the car drives.", {"drives"}),
    ],
)
def test_the_last_word_of_a_place_is_no_verb(text: str, does: set[str]) -> None:
    assert {one.action for shot in main_shots(written(text)) for one in shot.subjects if one.action} == does


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("A man sitting on the bench reads a book.", "reads"),
        ("A girl standing by the window waves.", "waves"),
        ("A man who sits in the car drives.", "drives"),
    ],
)
def test_what_somebody_does_who_is_told_by_where_they_are_is_not_lost(text: str, done: str) -> None:
    assert done in [text[hit.start : hit.end].split(maxsplit=1)[0] for hit in verbs(text, Language.ENGLISH)]


@pytest.mark.parametrize(
    ("text", "who", "pose"),
    [
        ("A boy tiptoes past a sleeping dragon.", "dragon", Pose.LIE),
        ("A cat sleeps on the bed beside a sleeping little girl.", "girl", Pose.LIE),
        ("A man waves at a running dog.", "dog", Pose.RUN),
        ("A crying child sits on the stairs.", "child", Pose.SIT),
        ("Мальчик крадётся мимо спящего дракона.", "dragon", Pose.LIE),
        ("Женщина смотрит на танцующего медведя.", "bear", Pose.DANCE),
        ("一个男孩悄悄走过熟睡的龙。", "dragon", Pose.LIE),
        ("A sleeping cat and a girl.", "girl", Pose.STAND),
        ("A nurse pushes a patient in a wheelchair.", "patient", Pose.SIT),
        ("Медсестра везёт старика в инвалидном кресле.", "old_man", Pose.SIT),
    ],
)
def test_what_somebody_is_said_to_do_by_the_words_beside_is_what_they_do(text: str, who: str, pose: Pose) -> None:
    (shot,) = main_shots(written(text))

    assert {one.concept: one.pose for one in shot.subjects}[who] is pose


@pytest.mark.parametrize(
    ("text", "who", "pose"),
    [
        ("Two old friends play chess in the park.", "friend", Pose.SIT),
        ("A girl plays the piano.", "girl", Pose.SIT),
        ("Two children fly a red kite on a hill.", "child", Pose.REACH),
        ("Дети запускают воздушного змея. Мальчик летит над горой.", "boy", Pose.FLY),
    ],
)
def test_a_game_is_played_sitting_and_a_kite_is_flown_from_the_ground(text: str, who: str, pose: Pose) -> None:
    assert {one.pose for shot in main_shots(written(text)) for one in shot.subjects if one.concept == who} == {pose}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("A detective examines a footprint with a magnifying glass.", "magnifying_glass"),
        ("Старушка смотрит на письмо с лупой.", "magnifying_glass"),
        ("A tired old man with a lantern looks out to sea.", "lantern"),
        ("Кот смотрит на девочку с полки.", None),
    ],
)
def test_who_has_something_with_them_holds_it(text: str, thing: str | None) -> None:
    (shot,) = main_shots(written(text))

    assert next((one.holds for one in shot.subjects if one.holds), None) == thing


def test_no_verb_becomes_part_of_a_name() -> None:
    names = {one.name for shot in written("Two old friends play chess in the park.").shots for one in shot.subjects}

    assert names == {"old friends", "chess"}


@pytest.mark.parametrize(
    ("text", "who", "pose"),
    [
        ("Рыбак чинит сеть на причале, рядом спит кот.", "cat", Pose.LIE),
        ("A fisherman mends a net, beside him sleeps a cat.", "cat", Pose.LIE),
        ("Девочка идёт по лесу, на пне сидит медведь.", "bear", Pose.SIT),
        ("Девочка рисует, её младший брат спит.", "brother", Pose.LIE),
    ],
)
def test_who_stands_behind_the_verb_of_a_clause_that_begins_with_a_place_does_it(text: str, who: str, pose: Pose) -> None:
    poses = {one.concept: one.pose for one in main_shots(written(text))[-1].subjects}

    assert poses.pop(who) is pose
    assert pose not in poses.values()


@pytest.mark.parametrize(
    ("text", "who", "pose"),
    [
        ("Children play in the garden.", "child", Pose.RUN),
        ("Two boys play football in the street.", "boy", Pose.RUN),
        ("小男孩在雨中踢足球。", "boy", Pose.RUN),
        ("A girl plays with a doll.", "girl", Pose.SIT),
        ("A violinist plays on the street.", "violinist", Pose.PLAY),
        ("Старик играет на гармони.", "old_man", Pose.PLAY),
        ("A clown juggles in the square.", "clown", Pose.PLAY),
    ],
)
def test_only_who_makes_music_or_a_show_plays_as_a_musician_does(text: str, who: str, pose: Pose) -> None:
    assert {one.pose for shot in main_shots(written(text)) for one in shot.subjects if one.concept == who} == {pose}


def test_a_ball_that_is_kicked_is_in_nobodys_hands() -> None:
    (shot,) = main_shots(written("Two boys play football in the street."))

    assert not any(one.holds for one in shot.subjects)
    assert "ball" in {one.concept for one in shot.subjects}


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ("A girl rides a horse across the beach.", "horse"),
        ("Мальчик едет на велосипеде.", "bicycle"),
        ("A man drives an old car along the coast.", "car"),
    ],
)
def test_what_somebody_rides_or_drives_is_there_where_they_are_seen_whole(text: str, under: str) -> None:
    far = [shot for shot in written(text).shots if shot.size in {ShotSize.WIDE, ShotSize.EXTREME_WIDE} and shot.subjects]

    assert far
    assert all(under in {one.concept for one in shot.subjects} for shot in far)


@pytest.mark.parametrize(
    "text", ["Two knights fight with swords before a castle.", "Lovers kiss in the rain.", "Рыцарь стоит перед драконом."]
)
def test_those_who_fight_or_kiss_or_confront_each_other_face_each_other_under_the_sky(text: str) -> None:
    (shot,) = main_shots(written(text))

    assert [one.facing for one in shot.subjects[:2]] == [Facing.RIGHT, Facing.LEFT]
    assert not {one.place for one in written(text).bible.locations} & {"castle_hall"}


@pytest.mark.parametrize(
    ("text", "poses"),
    [
        ("An old couple feeds pigeons on a park bench.", {"couple": Pose.SIT, "dove": Pose.STAND}),
        ("一对老夫妻在公园长椅上喂鸽子。", {"couple": Pose.SIT, "dove": Pose.STAND}),
        ("Старик кормит голубей на скамейке.", {"old_man": Pose.SIT, "dove": Pose.STAND}),
        ("A man stands beside a bench.", {"man": Pose.STAND}),
        ("Two policemen chase a thief over the rooftops.", {"police_officer": Pose.RUN, "thief": Pose.RUN}),
        ("一只猫追一只老鼠。", {"cat": Pose.RUN, "mouse": Pose.RUN}),
        ("Собака гонится за кошкой по улице.", {"dog": Pose.RUN, "cat": Pose.RUN}),
        ("A pianist plays in an empty bar.", {"pianist": Pose.SIT}),
        ("Бабушка дремлет в кресле у печки.", {"old_woman": Pose.SIT}),
        ("A boy sleeps on a sofa.", {"boy": Pose.LIE}),
        ("Двое рыбаков спорят в лодке.", {"fisherman": Pose.SIT}),
        ("Gulls follow a ship.", {"seagull": Pose.FLY}),
    ],
)
def test_who_is_on_a_seat_sits_and_who_is_chased_runs_the_same_way(text: str, poses: dict[str, Pose]) -> None:
    (shot,) = main_shots(written(text))
    told = [one for one in shot.subjects if one.concept in poses]

    assert {one.concept: one.pose for one in told} == poses
    assert len({one.facing for one in told if one.pose is Pose.RUN}) <= 1
    assert sum(one.concept == "couple" for one in told) <= 1


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Rome, 44 BC: Julius Caesar walks up the steps, Brutus turns away.", ["Julius Caesar", "Brutus"]),
        ("Ночь в театре, Онегин смотрит на сцену.", ["Онегин"]),
        ("At noon Monday comes. Smoke rises over London.", []),
        ("In Paris the rain falls, Notre Dame stands in the fog.", []),
    ],
)
def test_people_whom_only_their_names_tell_are_there(text: str, who: list[str]) -> None:
    assert _who(written(text)) == who


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Emperor penguins huddle on the ice.", {"penguin"}),
        ("A leopard seal dives.", {"seal_animal"}),
        ("A mother cat carries her kitten.", {"cat"}),
        ("A barn owl flies.", {"owl"}),
    ],
)
def test_a_breed_is_no_person_or_animal_of_its_own(text: str, concepts: set[str]) -> None:
    (shot,) = main_shots(written(text))

    assert {str(one.concept) for one in shot.subjects} == concepts


def test_what_falls_silent_throws_nobody_down() -> None:
    (shot,) = main_shots(written("A woman listens as the street around her falls silent."))

    assert Pose.FALL not in {one.pose for one in shot.subjects}


@pytest.mark.parametrize("text", ["The dragon opens one eye.", "Дракон открывает глаза.", "龙睁开一只眼。"])
def test_who_opens_an_eye_wakes_and_takes_nothing(text: str) -> None:
    (shot,) = main_shots(written(text))

    assert shot.subjects[0].pose is Pose.SIT


@pytest.mark.parametrize(
    ("text", "concept", "looks"),
    [
        (
            'Two detectives argue in the rain. "You lied to me," says Kate. "I had to," answers Tom.',
            "detective",
            {"Kate": Figure.WOMAN, "Tom": Figure.MAN},
        ),
        (
            "Две подруги сидят в кафе. «Я уезжаю», — говорит Маша. «Когда?» — спрашивает Катя.",
            "woman_friend",
            {"Маша": Figure.WOMAN, "Катя": Figure.WOMAN},
        ),
    ],
)
def test_two_who_are_named_as_they_speak_are_the_two_that_were_told_of(text: str, concept: str, looks: dict[str, Figure]) -> None:
    storyboard = written(text)
    named = {one.name: one for one in storyboard.bible.characters if one.name in looks}

    assert {name: one.look.figure for name, one in named.items()} == looks
    assert {one.concept for one in named.values()} == {concept}
    assert all(len(shot.subjects) <= 2 for shot in main_shots(storyboard)[1:])


def test_a_third_who_speaks_is_none_of_two() -> None:
    storyboard = written('Two soldiers guard the gate. Anna says: "Let me in."')

    assert {one.concept for one in storyboard.bible.characters} == {"soldier", "woman"}


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Учительница смотрит на доску.", Figure.WOMAN),
        ("Учитель смотрит на доску.", Figure.PERSON),
        ("Повариха варит суп.", Figure.WOMAN),
        ("A girlfriend waits at the door.", Figure.WOMAN),
        ("Her boyfriend waits at the door.", Figure.MAN),
        ("女教师走进教室。", Figure.WOMAN),
        ("Жених ждёт у дверей.", Figure.MAN),
    ],
)
def test_a_word_tells_by_its_form_whether_a_woman_is_meant(text: str, figure: Figure) -> None:
    people = [one for one in written(text).bible.characters if one.name not in {"woman", "she"}]

    assert people[-1].look.figure is figure
