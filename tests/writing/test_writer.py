"""What a director would ask of the storyboards of known texts."""

import pytest

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.storyboard import (
    Angle,
    Facing,
    JoinKind,
    Mood,
    Move,
    Pose,
    Severity,
    ShotSize,
    TimeOfDay,
    Weather,
)
from storyreel.domain.values import Language
from storyreel.writing import lint
from tests.writing.texts import (
    CHINESE_SCRIPT,
    FOUNTAIN,
    KEEPER,
    KEEPER_RU,
    LIST,
    NOVEL,
    ORDINARY,
    RUSSIAN_SCRIPT,
    STATION,
    frames,
    main_shots,
    written,
)


@pytest.mark.parametrize("text", [KEEPER, KEEPER_RU])
def test_the_keeper_is_shown_from_the_place_to_the_ship_in_two_languages(text: str) -> None:
    storyboard = written(text)
    found, storm, ship = main_shots(storyboard)

    assert len(storyboard.shots) == 6
    assert storyboard.shots[0].size is ShotSize.EXTREME_WIDE
    assert [one.concept for one in storyboard.shots[0].subjects] == ["lighthouse"]
    assert found.subjects[0].concept == "keeper"
    assert found.subjects[0].holds == "message_in_a_bottle"
    assert (storm.weather, storm.mood) == (Weather.STORM, Mood.TENSION)
    assert (ship.time_of_day, ship.join, ship.subjects[0].concept) == (TimeOfDay.DAWN, JoinKind.DISSOLVE, "ship")


def test_a_chinese_film_keeps_its_place_and_weather_and_waits_for_the_train() -> None:
    storyboard = written(STATION)
    waits, snows, gives, comes = main_shots(storyboard)

    assert storyboard.language is Language.CHINESE
    assert {scene.location for scene in storyboard.scenes} == {"station"}
    assert [one.concept for one in waits.subjects] == ["old_man"]
    assert (snows.weather, comes.weather, comes.time_of_day) == (Weather.SNOW, Weather.SNOW, TimeOfDay.DAWN)
    assert {(one.name, one.holds) for one in gives.subjects} == {("小女孩", "umbrella"), ("老人", None)}
    assert [one.concept for one in comes.subjects] == ["train"]


@pytest.mark.parametrize(
    "text",
    [
        "A girl flies a kite on a hill, the wind snatches the string, the kite soars over the river; the miller waves to her",
        "Девочка запускает змея на холме, ветер вырывает верёвку, змей летит над рекой; мельник выходит и машет ей рукой",
        "女孩在山上放风筝，风扯断了线，风筝飞过河；磨坊主走出来向她挥手",
    ],
)
def test_what_moves_by_itself_has_a_shot_of_its_own(text: str) -> None:
    plays, blows, flies, waves = main_shots(written(text))

    assert plays.subjects[0].concept == "girl"
    assert (blows.weather, [one.concept for one in blows.subjects if one.concept != "rope"]) == (Weather.WIND, [])
    assert [one.concept for one in flies.subjects] == ["kite"]
    assert waves.subjects[0].concept == "miller"


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("A wolf howls at the moon.", TimeOfDay.NIGHT),
        ("A monk writes by candlelight.", TimeOfDay.NIGHT),
        ("妈妈给孩子讲睡前故事。", TimeOfDay.NIGHT),
        ("Девушка считает звёзды.", TimeOfDay.NIGHT),
        ("萤火虫飞过草地。", TimeOfDay.NIGHT),
        ("The moon fades at dawn.", TimeOfDay.DAWN),
        ("An astronaut walks on the moon.", TimeOfDay.DAY),
        ("A rock star sings.", TimeOfDay.DAY),
    ],
)
def test_what_is_seen_by_night_alone_makes_it_night(text: str, hour: TimeOfDay) -> None:
    assert {shot.time_of_day for shot in written(text).shots} == {hour}


def test_a_later_hour_begins_a_beat() -> None:
    storyboard = written("A baker kneads dough, at first light the shop opens, by nightfall every shelf is empty")
    hours = [TimeOfDay.NIGHT, TimeOfDay.DAWN, TimeOfDay.DUSK]

    assert [shot.time_of_day for shot in main_shots(storyboard)] == hours


def test_one_short_sentence_becomes_a_sequence_and_not_copies() -> None:
    shots = written("A cat sleeps on a windowsill").shots

    assert 4 <= len(shots) <= 6
    assert len({shot.size for shot in shots}) >= 3
    assert len({shot.description for shot in shots}) == len(shots)
    assert shots[1].subjects[0].pose is Pose.LIE


def test_a_fountain_script_keeps_its_scenes_speakers_and_words() -> None:
    storyboard = written(FOUNTAIN)
    lines = [line for shot in storyboard.shots for line in shot.dialogue]
    names = {one.id: one.name for one in storyboard.bible.characters}

    assert [scene.time_of_day for scene in storyboard.scenes] == [TimeOfDay.NIGHT, TimeOfDay.DAWN, TimeOfDay.DAY]
    assert [(names[line.speaker], line.words) for line in lines] == [
        ("Anna", "You're late."),
        ("Mark", "The bridge is closed. I had to walk along the river."),
    ]
    assert "Mark turns to Anna and speaks, shaking off the rain." in [shot.description for shot in storyboard.shots]


def test_a_list_of_shots_is_followed_word_by_word() -> None:
    shots = written(LIST).shots

    assert [shot.size for shot in shots[:2]] == [ShotSize.WIDE, ShotSize.CLOSE_UP]
    assert (shots[4].size, shots[5].size) == (ShotSize.DETAIL, ShotSize.MEDIUM)
    assert (shots[0].seconds, shots[4].seconds, shots[9].seconds) == (4, 2, 6)
    assert (shots[2].move, shots[6].move, shots[7].move, shots[9].move) == (
        Move.PAN_LEFT,
        Move.TRACK_RIGHT,
        Move.PUSH_IN,
        Move.STATIC,
    )
    assert shots[3].angle is Angle.LOW
    assert not any(word in shot.description.lower() for shot in shots for word in ("shot", "camera", "close-up", "seconds"))


def test_a_russian_script_gives_each_line_to_its_speaker() -> None:
    storyboard = written(RUSSIAN_SCRIPT)
    names = {one.id: one.name for one in storyboard.bible.characters}
    lines = [(names[line.speaker], line.words) for shot in storyboard.shots for line in shot.dialogue]

    assert lines == [("Мария", "Наконец-то. Я ждала тебя три года."), ("Иван", "Я вернулся.")]
    assert any(
        shot.description == "Мария и Иван пьют чай." or shot.description == "Иван и Мария пьют чай." for shot in storyboard.shots
    )


def test_a_chinese_script_reads_headings_speech_and_counts_people() -> None:
    storyboard = written(CHINESE_SCRIPT)
    last = storyboard.shots[-1]

    assert [line.words for shot in storyboard.shots for line in shot.dialogue] == ["今晚有雨。", "师父，他们来了！"]
    assert {shot.time_of_day for shot in storyboard.shots} == {TimeOfDay.NIGHT}
    assert [one.name for one in last.subjects] == ["黑衣人", "黑衣人"]
    assert last.weather is Weather.RAIN


def test_a_novel_is_told_in_the_present_and_its_people_are_kept_apart() -> None:
    storyboard = written(NOVEL)
    told = " ".join(shot.description for shot in storyboard.shots)

    assert {one.name for one in storyboard.bible.characters} == {"Captain Harris", "woman"}
    assert "Captain Harris walks slowly" in told
    assert "Captain Harris hands her the letter." in told
    assert "walked" not in told


@pytest.mark.parametrize(
    ("text", "facing"),
    [("A man walks home through the park", Facing.LEFT), ("A man walks through the park", Facing.RIGHT)],
)
def test_coming_back_reverses_the_direction(text: str, facing: Facing) -> None:
    assert main_shots(written(text))[0].subjects[0].facing is facing


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts_are_free_of_warnings(text: str) -> None:
    assert not [one for one in lint(written(text)) if one.severity is not Severity.NOTE]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 30, 200])
@pytest.mark.parametrize("text", [KEEPER, "море", "A cat sleeps"])
def test_any_number_of_shots_can_be_asked_for(text: str, count: int) -> None:
    storyboard = written(text, shots=count, film_seconds=count * 3)

    assert len(storyboard.shots) == count
    assert frames(storyboard) == count * 72


def test_every_shot_has_the_length_that_is_asked_for_every_shot() -> None:
    assert {shot.seconds for shot in written(KEEPER, shots=6, shot_seconds=6).shots} == {6}


def test_words_get_the_time_they_need_when_the_film_has_room() -> None:
    shots = written(FOUNTAIN, film_seconds=60).shots

    assert not [one for one in lint(written(FOUNTAIN, film_seconds=60)) if one.rule == "words-do-not-fit"]
    assert len(shots) >= 10


@pytest.mark.journey
def test_a_text_of_the_longest_length_is_written() -> None:
    text = ("The old man walks along the shore. A storm rises. He says: “Go home!” " * 800)[:50_000]

    assert len(written(text).shots) == 200


@pytest.mark.parametrize(
    ("text", "brief", "field", "says"),
    [
        ("", {}, "text", "no words"),
        (" \n\t", {}, "text", "no words"),
        ("… 123 🙂", {}, "text", "no words"),
        ("a" * 50_001, {}, "text", "50,001"),
        (KEEPER, {"shots": 10, "film_seconds": 2}, "film_seconds", "too short for 10 shots"),
        (KEEPER, {"shots": 3, "shot_seconds": 5, "film_seconds": 20}, "film_seconds", "15 s"),
        (KEEPER, {"film_seconds": 600, "shot_seconds": 1}, "shot_seconds", "at most 200"),
    ],
)
def test_what_cannot_be_written_is_refused_by_name(text: str, brief: dict[str, float], field: str, says: str) -> None:
    with pytest.raises(InvalidRequest, match=says) as refused:
        written(text, **brief)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A dog and a boy play in the park until it starts to rain, then they run home.", "The dog and the boy run home."),
        ("An old man feeds a cat. He smiles.", "The old man smiles."),
        ("Девочка гладит кота. Потом идёт домой.", "Девочка идёт домой."),
        ("Девочка гладит кота; поднимается сильный шторм.", "Поднимается сильный шторм."),
        ("Старик чинит лодку; надвигается гроза; он уходит.", "Надвигается гроза."),
        ("Хакер взламывает банк; раздаётся сирена; он убегает по крышам.", "Хакер взламывает банк."),
        ("Поезд мчится сквозь ночь, в купе спит девочка.", "В купе спит девочка."),
        ("Мальчик идёт домой, в руке держит кота.", "Мальчик идёт домой, в руке держит кота."),
        ("一个老人走进房间。他坐下来。", "老人坐下来。"),
        ("A long storm over the city; people run; lights go out", "Lights go out."),
        ("The sailors shout; waves crash.", "Waves crash."),
    ],
)
def test_a_shot_names_whom_the_words_only_point_to(text: str, told: str) -> None:
    assert told in [shot.description for shot in main_shots(written(text))]


@pytest.mark.parametrize(
    ("text", "weathers"),
    [
        ("Grandmother bakes bread while snow falls outside.", [Weather.CLEAR, Weather.SNOW]),
        ("Путник идёт по пустыне. Начинается песчаная буря.", [Weather.CLEAR, Weather.SAND]),
        ("战士骑马穿过沙漠，沙尘暴来了，他躲进山洞。", [Weather.CLEAR, Weather.SAND, Weather.SAND]),
        ("A man in a raincoat looks at a rainbow.", [Weather.CLEAR]),
        ("It rains. The rain stops.", [Weather.RAIN, Weather.CLEAR]),
        ("At night an old man walks in a rainy street. At dawn a train crosses the desert.", [Weather.RAIN, Weather.CLEAR]),
        ("一个老人在雨夜的街上走。黎明时一列火车穿过沙漠。", [Weather.RAIN, Weather.CLEAR]),
        ("At night rain falls on a street. At dawn a man leaves the house.", [Weather.RAIN, Weather.RAIN]),
        ("She storms out of the office. He flips the board and storms off. They storm the castle.", [Weather.CLEAR] * 3),
        ("The woman stormed through the door. A storm off the coast rises.", [Weather.CLEAR, Weather.STORM]),
    ],
)
def test_weather_turns_where_the_words_turn_it(text: str, weathers: list[Weather]) -> None:
    assert [shot.weather for shot in main_shots(written(text))] == weathers


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A yellow bus stands by the school.", "city_street"),
        ("Жёлтый автобус стоит у школы.", "city_street"),
        ("一辆黄色的公交车停在学校门口。", "city_street"),
        ("She reads in the school.", "classroom"),
        ("A cat sits by the kitchen window.", "kitchen"),
    ],
)
def test_what_is_at_a_house_is_not_in_its_rooms(text: str, place: str) -> None:
    assert [location.place for location in written(text).bible.locations] == [place]


def test_clothes_and_age_are_part_of_a_look_and_no_things_of_their_own() -> None:
    storyboard = written("An old woman in a grey coat waits. She smiles.")
    (woman,) = storyboard.bible.characters

    assert (woman.look.age.value, [one.value for one in woman.look.wears]) == ("old", ["coat"])
    assert woman.look.words == "old woman in a grey coat"
    assert {one.concept for shot in storyboard.shots for one in shot.subjects} == {"old_woman"}


def test_what_no_list_knows_is_shown_as_a_labelled_shape() -> None:
    subjects = main_shots(written("The wozzle hums"))[0].subjects

    assert [(one.name, one.concept) for one in subjects] == [("wozzle", None)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He walked to the door and opened it.", "The man walks to the door and opens it."),
        ("The children were laughing. They had found a kite.", "The children are laughing."),
        ("Старик вышел из дома, взял удочку и пошёл к реке.", "Старик выходит из дома, берёт удочку и идёт к реке."),
        ("Дети смеялись и бежали по полю.", "Дети смеются и бегут по полю."),
    ],
)
def test_what_was_is_shown_as_it_is(text: str, told: str) -> None:
    assert main_shots(written(text))[0].description == told


def test_what_is_said_stands_apart_from_what_is_done() -> None:
    keeper = main_shots(written('A lighthouse keeper says "A ship passes." He waves.'))
    lamp = main_shots(written('A lighthouse keeper lights the lamp and says: "A ship passes."'))
    tower = main_shots(written("守塔人说：“一艘船过去了。”"))

    assert [shot.description for shot in keeper] == ["The lighthouse keeper speaks.", "The lighthouse keeper waves."]
    assert [line.words for line in keeper[0].dialogue] == ["A ship passes."]
    assert [shot.description for shot in lamp] == ["A lighthouse keeper lights the lamp."]
    assert [shot.description for shot in tower] == ["守塔人开口说话。"]


def test_numbered_shots_stay_shots_in_a_film_that_is_short() -> None:
    five = "1. A cat wakes.\n2. It stretches.\n3. It jumps to the floor.\n4. It eats.\n5. It sleeps again."

    assert [shot.seconds >= 0.5 for shot in written(five, film_seconds=3).shots] == [True] * 5
    assert len(written(five, film_seconds=2).shots) == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A barista pours steamed milk into a cup.", "A barista pours steamed milk into a cup."),
        ("A man walked home and opened the door.", "A man walks home and opens the door."),
        ("The boxer trains. Next day in the ring he wins.", "Next day in the ring he wins."),
        ("The boxer trains. Next, he wins.", "The boxer wins."),
    ],
)
def test_words_keep_their_sense_as_they_are_told(text: str, told: str) -> None:
    assert main_shots(written(text))[-1].description == told


def test_shots_that_are_counted_off_in_one_line_are_a_shot_each() -> None:
    board = written("第一，一个男孩走进森林，第二，他看到一只狐狸，第三，他们成为朋友。")

    assert [shot.description for shot in board.shots] == ["一个男孩走进森林。", "男孩看到一只狐狸。", "男孩和狐狸成为朋友。"]
    assert [(shot.words.start, shot.words.end) for shot in board.shots if shot.words] == [(0, 12), (12, 23), (23, 33)]


def test_an_ordinal_is_no_shot_and_no_words_of_one() -> None:
    for text in ("第一，猫醒来。第二，它伸懒腰。", "第一，\n猫醒来。\n第二，\n它伸懒腰。"):
        assert [shot.description for shot in main_shots(written(text))] == ["猫醒来。", "它伸懒腰。"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A fox runs through the snow. The fox stops.", "A fox runs through the snow"),
        ("A kite flies. A child runs after it. He laughs.", "A child runs after the kite"),
        ("He walks into the rain", "The man"),
        ("Воздушный шар летит. Ребёнок бежит за ним.", "Воздушный шар летит"),
        ("A long storm over the city; people run; lights go out", "A long storm over the city"),
        ("Two robots dance in the rain on a neon street in Tokyo", "Two robots dance in the rain on a neon street"),
        ("In a small village, an old baker wakes before sunrise and lights his oven", "An old baker wakes before sunrise"),
        ("A slow push in on a cup of coffee on a wooden table, steam rising, cinematic", "A cup of coffee on a wooden table"),
        ("Make a video about a dog who learns to surf", "A dog who learns to surf"),
        ('A lighthouse keeper says "A ship passes." He waves.', "The lighthouse keeper"),
        ("Война окончена. Солдаты идут домой через маковые поля.", "Солдаты идут домой через маковые поля"),
        ("В маленькой деревне в горах старый пекарь просыпается до рассвета и разжигает печь", "Старый пекарь"),
        ("宇航员在火星上发现一座花园，种下一棵树", "宇航员在火星上发现一座花园"),
        ("Can you make me a short animated video about how a dog learns to surf?", "A dog learns to surf"),
        ("Сделай видео про рыжего кота, который спит на окне", "Рыжий кот, который спит на окне"),
        ("Сними ролик о старом маяке", "Старый маяк"),
        ("Сделай мультик про Машу и большого медведя", "Маша и большой медведь"),
        ("Сними фильм о рыжих котятах", "Рыжие котята"),
        ("Сделай видео про то, как лиса учится плавать", "Лиса учится плавать"),
        ("A film about war is shown in the cinema.", "A film about war is shown in the cinema"),
        ("制作一个关于一只学冲浪的狗的视频", "一只学冲浪的狗"),
        ("请帮我做一个关于小狐狸学游泳的视频", "小狐狸学游泳"),
    ],
)
def test_a_title_says_what_the_film_tells(text: str, title: str) -> None:
    assert written(text).title == title
