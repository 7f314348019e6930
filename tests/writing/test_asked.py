"""What people ask for, and what kind of film it is, is no part of what is seen."""

import pytest

from tests.writing.texts import main_shots, written


@pytest.mark.parametrize(
    "text", ["Make a video about a fox. It runs.", "Сделай видео про лису. Она бежит.", "做一个关于狐狸的视频。狐狸跑了。"]
)
def test_a_request_is_in_no_description_and_its_characters_belong_to_the_first_shot(text: str) -> None:
    first = main_shots(written(text))[0]

    assert first.words is not None
    assert first.words.start == 0
    assert first.description in {"A fox.", "Лиса.", "狐狸。"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ad for running shoes: a man runs through the city.", "Running shoes: a man runs through the city."),
        ("Реклама кроссовок: парень бежит по городу.", "Парень бежит по городу."),
        ("跑鞋广告：男孩在城市里奔跑。", "男孩在城市里奔跑。"),
        ("A trailer for a horror film: a girl opens a door.", "A girl opens a door."),
        ("The old trailer for rent burns.", "The old trailer for rent burns."),
        ("Комедия. Толстый повар роняет торт.", "Толстый повар роняет торт."),
        ("He sings a musical: the hall listens.", "The man sings a musical: the hall listens."),
        ("Бабушка и сказка: девочка слушает.", "Бабушка и сказка: девочка слушает."),
    ],
)
def test_that_it_is_an_advert_is_no_part_of_what_is_seen(text: str, told: str) -> None:
    assert main_shots(written(text))[0].description == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Thriller: a woman drives alone at night.", "A woman drives alone at night."),
        ("Nature documentary: a fox runs through the snow.", "A fox runs through the snow."),
        ("Триллер: женщина едет ночью по трассе.", "Женщина едет ночью по трассе."),
        ("Детская сказка: ёжик находит шарик.", "Ёжик находит шарик."),
        ("惊悚片：一个女人独自开车。", "一个女人独自开车。"),
        ("科幻短片：机器人走进城市。", "机器人走进城市。"),
    ],
)
def test_what_kind_of_film_it_is_says_nothing_in_it(text: str, told: str) -> None:
    board = written(text)

    assert main_shots(board)[0].description == told
    assert not any(shot.dialogue for shot in board.shots)


@pytest.mark.parametrize("cue", ["DETECTIVE: Where were you?", "ДЕТЕКТИВ: Где вы были?", "侦探：你在哪里？"])
def test_who_speaks_is_no_kind_of_film(cue: str) -> None:
    assert [len(shot.dialogue) for shot in main_shots(written(cue))] == [1]


def test_a_year_that_heads_a_story_is_no_thing() -> None:
    shot = main_shots(written("2187 год. Космонавт чинит антенну."))[0]

    assert not [one for one in shot.subjects if one.concept is None]
