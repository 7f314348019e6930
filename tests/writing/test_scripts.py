"""What scripts write in their own way: ages by a name, who is brought in large, how a line is said."""

import pytest

from tests.writing.texts import main_shots, written


@pytest.mark.parametrize(
    "text",
    [
        "INT. STREET - DAY\n\nJANE (40s) runs.",
        "OLD MAN (70s) sits.",
        "KADE (30s) runs.",
        "A woman (mid-30s) walks.",
        "1. JANE (40s) runs\n2. A cat sleeps",
        "1. JANE, 40s, runs\n2. A cat sleeps",
        "Анна (30 лет) моет посуду.",
    ],
)
def test_an_age_by_a_name_is_no_length_of_a_shot(text: str) -> None:
    assert main_shots(written(text))[0].seconds < 10


def test_a_length_behind_what_is_no_person_is_one_and_an_age_does_not_hide_it() -> None:
    shots = written("1. A desert (20s)\n2. JANE (40s) runs (4 s)\n3. A boy jumps (30s)").shots

    assert [shot.seconds for shot in shots] == [20, 4, 30]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ANNA, 30, washes dishes.", "Anna washes dishes."),
        ("A boy, 8, kicks a ball, then he runs.", "A boy kicks a ball."),
        ("ANNA, 30, wuzzles by the sea.", "Anna wuzzles by the sea."),
        ("JACK, 50, a tired detective, stirs his coffee.", "Jack, a tired detective, stirs his coffee."),
        ("Анна, 30 лет, моет посуду.", "Анна моет посуду."),
        ("小明，8岁，踢球。", "小明踢球。"),
    ],
)
def test_an_age_between_commas_is_left_out_with_its_commas(text: str, told: str) -> None:
    assert main_shots(written(text))[0].description == told


HAT = "INT. BAR - NIGHT\n\nA MAN IN A HAT enters. A BOY looks up.\n\nMAN IN A HAT\n(whispering)\nWhere is it?\n\nThe man turns."


def test_a_cue_that_names_nobody_means_who_was_brought_in_so() -> None:
    storyboard = written(HAT)

    assert [(one.name, one.look.words) for one in storyboard.bible.characters] == [("man", "man in a hat"), ("boy", "boy")]
    assert [shot.description for shot in main_shots(storyboard)] == [
        "A man in a hat enters.",
        "A boy looks up.",
        "The man turns to the boy and speaks, whispering.",
        "The man turns.",
    ]


def test_who_is_only_known_by_a_cue_keeps_looks_and_is_met_again() -> None:
    (who,) = written("INT. BAR - NIGHT\n\nOLD MAN IN A HAT\nHere.\n\nThe old man turns.").bible.characters

    assert (who.name, who.look.words, who.concept) == ("old man", "old man in a hat", "old_man")


def test_a_cue_of_several_words_is_met_where_the_action_names_it() -> None:
    storyboard = written("A WOMAN IN RED enters. COP #2 waits.\n\nCOP #2\nHands up!\n\nWOMAN IN RED\nNo.")

    assert [one.name for one in storyboard.bible.characters] == ["Woman in Red", "Cop #2"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ANNA\n(softly)\nGo!", "Anna speaks softly."),
        ("ANNA (tired)\nGo!", "Anna speaks, tired."),
        ("Anna (in a low voice): Go!", "Anna speaks in a low voice."),
        ("ANNA (V.O.)\nGo.", "Anna speaks."),
        ("АННА\n(шёпотом)\nУходи!", "Анна говорит шёпотом."),
        ("АННА\n(кивая)\nУходи!", "Анна говорит, кивая."),
        ("安娜（低声）：快走！", "安娜低声说话。"),
    ],
)
def test_a_parenthetical_is_the_manner_of_the_line(text: str, told: str) -> None:
    shot = next(shot for shot in main_shots(written(text)) if shot.dialogue)

    assert shot.description == told
    assert "(" not in shot.dialogue[0].words


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("INT. LIGHTHOUSE - NIGHT\n\nThe old keeper Peter lights the lamp.\n\nPETER\nA storm again.", "Peter"),
        ("ИНТ. МАЯК - НОЧЬ\n\nСтарый смотритель Пётр зажигает лампу.\n\nПЁТР\nОпять буря.", "Пётр"),
        ("Keeper Peter lights the lamp. Peter smiles.", "Peter"),
        ("The keeper Zorbo lights the lamp.\n\nZORBO\nA storm again.", "Zorbo"),
        ("Старый смотритель Пётр зажигает лампу. Смотритель улыбается.", "Пётр"),
        ("守塔人彼得点亮了灯。彼得微笑。", "彼得"),
    ],
)
def test_a_name_right_behind_what_somebody_is_names_one_person(text: str, who: str) -> None:
    storyboard = written(text, shots=2)

    assert [(one.name, one.concept) for one in storyboard.bible.characters] == [(who, "keeper")]
    assert " and " not in storyboard.title
    assert " и " not in storyboard.title


def test_who_is_loved_by_somebody_named_is_somebody_else() -> None:
    assert len(written("The woman Jack loves smiles.").bible.characters) == 2


CHINESE_CUES = """内景 大殿 - 夜

将军坐在灯下读信。

将军
敌人来了多少？

士兵（低声）
三万。

将军拔出剑，烧掉了信。
"""


def test_a_chinese_script_has_its_cues_on_lines_of_their_own() -> None:
    board = written(CHINESE_CUES)
    told = [(line.speaker, line.words) for shot in board.shots for line in shot.dialogue]

    assert told == [("officer", "敌人来了多少？"), ("soldier", "三万。")]
    assert "将军。" not in [shot.description for shot in board.shots]


def test_a_short_chinese_line_is_no_cue_where_there_is_no_script() -> None:
    assert not any(shot.dialogue for shot in written("夜深了\n\n老人\n他坐在窗边。").shots)


def test_a_short_chinese_line_of_a_script_speaks_only_where_somebody_does() -> None:
    lines = (
        "内景 大殿 - 夜",
        "",
        "将军坐在灯下读信。",
        "",
        "将军",
        "敌人来了多少？",
        "",
        "黑屏",
        "",
        "三天后",
        "雷声从远处传来。",
    )
    told = written("\n".join((*lines, "", "小李", "三万。", "", "小李", "快走！")))
    spoken = [(line.speaker, line.words) for shot in told.shots for line in shot.dialogue]

    assert [words for _, words in spoken] == ["敌人来了多少？", "三万。", "快走！"]
    assert {one.name for one in told.bible.characters} == {"将军", "小李"}


def test_what_kind_of_film_it_is_is_told_at_its_beginning_only() -> None:
    told = written("A boy opens the door. Grandma tells a story: a fox runs through the snow.")

    assert [one.concept for one in told.bible.characters] == ["boy", "old_woman", "fox"]


def test_two_turns_on_one_russian_line_are_of_two() -> None:
    told = written("— Не уезжай, — говорит Сергей. — Поздно, Серёжа, — отвечает Анна.")

    assert [(line.speaker, line.words) for shot in told.shots for line in shot.dialogue] == [
        ("man", "Не уезжай."),
        ("woman", "Поздно, Серёжа."),
    ]


@pytest.mark.parametrize(
    ("heading", "place"),
    [("EXT. DINER PARKING LOT - DAWN", "city_street"), ("外景 医院门口 日", "city_street"), ("EXT. FOREST - DAY", "forest")],
)
def test_outside_of_a_house_is_under_the_sky(heading: str, place: str) -> None:
    told = written(f"{heading}\n\n{'女儿小雨推着轮椅。' if heading[0] == '外' else 'A man waits.'}")

    assert [one.place for one in told.bible.locations] == [place]
    assert {shot.weather.value for shot in told.shots} == {"clear"}
