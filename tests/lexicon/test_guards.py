"""What must not be taken for a subject or a place, though it looks like one."""

import pytest

from storyreel.domain.values import Language
from storyreel.lexicon import mentions, places

EN, RU, ZH = Language.ENGLISH, Language.RUSSIAN, Language.CHINESE


def _ids(text: str, language: Language) -> list[str]:
    return [one.concept.id for one in mentions(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (EN, "She sits at the keyboard and bows.", []),
        (EN, "The wind rose and he can bear no more.", []),
        (EN, "The train leaves.", ["train"]),
        (EN, "Anna watches him; the fisherman waves.", ["woman", "fisherman"]),
        (EN, "He trains, she ducks, they rock and then book a room.", []),
        (EN, "A wet street, lights everywhere.", []),
        (EN, "a stone house and a gold ring", ["house", "ring"]),
        (EN, "gives the boy bread", ["boy", "bread"]),
        (EN, "a giant spider", ["spider"]),
        (EN, "a giant sleeps", ["giant"]),
        (EN, "the baby's cradle and a baby elephant", ["baby", "cradle", "elephant"]),
        (EN, "a giant storm in an orange sky", []),
        (EN, "She takes her hat and leaves; the mother rocks the cradle.", ["hat", "mother", "cradle"]),
        (EN, "a sword and a bow", ["sword", "bow"]),
        (EN, "Time flies at times.", []),
        (EN, "The king's guard guards the gate.", ["king", "guard", "gate"]),
        (EN, "The ship leaves orbit. A ship leaves port.", ["spaceship", "ship"]),
        (EN, "a sea lion on the sea floor", ["seal_animal"]),
        (EN, "an old train carriage", []),
        (RU, "Мальчик запускает змея.", ["boy", "kite"]),
        (RU, "В траве ползёт змея. Воздушный змей парит.", ["grass", "snake", "kite"]),
        (RU, "Вас ждут семь дней; еле живой, он горе мыкает.", []),
        (RU, "Солнце село.", ["sun"]),
        (RU, "В космосе летит корабль. По морю идёт корабль.", ["spaceship", "ship"]),
        (RU, "Они смотрят друг на друга и берут друг друга за руки.", []),
        (RU, "Уж сорок лет это его вина.", []),
        (RU, "В пять часов он стоит на палубе корабля.", []),
        (RU, "Люди молчат, Люда поёт.", ["person", "woman"]),
        (RU, "Вера в людей. Вошла Вера.", ["person", "woman"]),
        (ZH, "他马上来了，部门很热闹，星期天去上海。", []),
        (ZH, "流浪的生活不浪漫，别让人相信花费。", []),
        (ZH, "马路上有一匹马。", ["horse"]),
        (ZH, "他是一个人，这是个人的事。", ["person"]),
        (ZH, "科学家和机器人在月球上。", ["scientist", "robot"]),
        (ZH, "面包师吃面包。", ["baker", "bread"]),
        (ZH, "镜头里有熊熊烈火。", ["campfire"]),
    ],
)
def test_a_word_that_means_something_else_is_no_subject(language: Language, text: str, expected: list[str]) -> None:
    assert _ids(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (EN, "A beach at the sea.", ["sea_shore", "open_sea"]),
        (EN, "There is space at a square table.", []),
        (EN, "A capsule drifts in space.", ["space"]),
        (EN, "In the kitchen lies a kitchen knife.", ["kitchen"]),
        (EN, "A spaceship, a sea lion and a stage light.", ["stage"]),
        (EN, "They crossed the snowy forest to the station.", ["snowy_forest", "station"]),
        (EN, "He walks down Baker Street at night.", ["city_street"]),
        (RU, "на кухне, в лесу, у моря, на вокзале", ["kitchen", "forest", "sea_shore", "station"]),
        (RU, "по заснеженному лесу к берегу моря", ["snowy_forest", "sea_shore"]),
        (RU, "на улицах города, под водой, в горах", ["city_street", "city_street", "underwater", "mountains"]),
        (RU, "на крыше, в мастерской, на сцене, в степи", ["rooftop", "workshop", "stage", "meadow"]),
        (ZH, "街道上，海边，森林里，厨房里", ["city_street", "sea_shore", "forest", "kitchen"]),
        (ZH, "雪林中，沙漠里，屋顶上，太空", ["snowy_forest", "desert", "rooftop", "space"]),
        (ZH, "灯塔下的海马", []),
    ],
)
def test_places_are_found_and_not_inside_subjects(language: Language, text: str, expected: list[str]) -> None:
    assert [one.place.id for one in places(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "id"),
    [
        (EN, "on a bridge", "bridge"),
        (RU, "на мосту", "bridge"),
        (ZH, "桥上", "bridge"),
        (EN, "the mountains", "mountain"),
        (RU, "в горах", "mountain"),
    ],
)
def test_what_is_both_a_place_and_a_subject_is_found_as_both(language: Language, text: str, id: str) -> None:
    assert _ids(text, language) == [id]
    assert len(places(text, language)) == 1


@pytest.mark.parametrize(
    ("language", "text", "id", "name"),
    [
        (EN, "Then Anna runs", "woman", "Anna"),
        (EN, "Tom's hat", "man", "Tom"),
        (RU, "Он зовёт Машу", "woman", "Машу"),
        (RU, "с Иваном", "man", "Иваном"),
        (ZH, "小明在跑", "boy", "小明"),
        (ZH, "李明来了", "man", "李明"),
        (ZH, "王芳笑了", "woman", "王芳"),
        (ZH, "老王走了", "old_man", "老王"),
    ],
)
def test_a_given_name_is_a_person(language: Language, text: str, id: str, name: str) -> None:
    found = mentions(text, language)[0]

    assert (found.concept.id, found.text, found.is_name) == (id, name, True)


@pytest.mark.parametrize(
    ("language", "text"), [(EN, "in hope, a mark, rose early"), (RU, "с верой и надеждой"), (ZH, "高飞的白云")]
)
def test_a_common_word_is_no_name(language: Language, text: str) -> None:
    assert not any(one.is_name for one in mentions(text, language))
