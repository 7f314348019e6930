"""Who is in no list is there by what they do; one of two, and the other, are those that were told of."""

import pytest

from storyreel.domain.storyboard import Figure, Pose
from storyreel.domain.values import Language
from storyreel.writing.verbs import verbs
from tests.writing.texts import main_shots, written


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A sommelier pours the wine. The duke thanks the sommelier.", "sommelier"),
        ("The old wedding planner quickly smiles.", "planner"),
        ("Взломщик открывает дверь.", "взломщик"),
        ("一位品酒师正在倒酒。", "品酒师"),
        ("一名拆弹专员走进来。", "拆弹专员"),
    ],
)
def test_somebody_unknown_who_acts_is_a_person(text: str, who: str) -> None:
    board = written(text)

    assert who in [one.name for one in board.bible.characters]
    assert main_shots(board)[0].subjects[0].name == who
    assert all(who in [one.name for one in shot.subjects] for shot in main_shots(board))


@pytest.mark.parametrize(
    "text",
    [
        "The printer stops.",
        "The river rises.",
        "The elevator arrives.",
        "Ветер открывает дверь.",
        "The train to Berlin leaves the station.",
        "The Olympia leaves the harbour.",
        "The river Neva returns to its banks.",
        "Поезд из Саратова уходит в ночь.",
        "A lawnmower cuts the grass.",
        "The supper waits.",
        "The destroyer arrives.",
        "Телеграф стоит.",
    ],
)
def test_what_only_ends_so_is_nobody(text: str) -> None:
    assert written(text).bible.characters == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("一位老人在公园里散步。", "old_man"),
        ("两名士兵在雪地里走。", "soldier"),
        ("一位老师走进来。", "teacher"),
        ("一名宇航员独自走过沙漠。", "astronaut"),
    ],
)
def test_who_is_in_the_list_is_no_stranger_wherever_they_are(text: str, who: str) -> None:
    assert [one.concept for one in written(text).bible.characters] == [who]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Two chess players sit in a park. One moves his queen; the other laughs.", ["chess_player", "chess_player"]),
        ("A boy and a girl sit on a wall. One eats an apple, the other sings.", ["boy", "girl"]),
        ("Две девочки сидят на скамейке. Одна читает, другая смеётся.", ["girl", "girl"]),
        ("两个老人坐在公园里。一个笑了，另一个唱歌。", ["old_man", "old_man"]),
    ],
)
def test_one_and_the_other_are_those_two(text: str, shown: list[str]) -> None:
    last = main_shots(written(text))[-1]

    assert sorted(one.concept or one.name for one in last.subjects if one.member) == shown


def test_one_who_is_nobody_in_particular_is_not_made_two() -> None:
    assert len(main_shots(written("A man and a woman meet. The other day it rains."))[-1].subjects) == 0


def test_a_rival_is_another_than_who_was_met() -> None:
    board = written("A racer drives through the desert. His rival overtakes him.")

    assert {"racer", "rival"} <= {one.name for one in board.bible.characters}


def test_a_pronoun_tells_whether_it_is_a_woman() -> None:
    (she,) = written("A barista grinds coffee. She pours milk into a cup.").bible.characters
    (he,) = written("A barista grinds coffee. He pours milk into a cup.").bible.characters

    assert (she.look.figure, he.look.figure) == (Figure.WOMAN, Figure.MAN)


def test_the_bear_is_the_polar_bear_that_was_met() -> None:
    board = written("A polar bear walks across the ice. The bear leaps at a seal.")

    assert [one.concept for one in board.bible.characters] == ["polar_bear", "seal_animal"]
    assert main_shots(board)[-1].subjects[0].pose is Pose.JUMP


@pytest.mark.parametrize(
    ("text", "shots"),
    [
        ("A polar bear and her two cubs walk across the ice.", 1),
        ("The hedgehog asks the bear and the owl whose it is.", 1),
        ("The bear leaps, and the owl flies away.", 2),
    ],
)
def test_several_who_do_one_thing_are_in_one_shot(text: str, shots: int) -> None:
    assert len(main_shots(written(text))) == shots


@pytest.mark.parametrize(
    ("text", "language", "done"),
    [
        ("The baby does not want to sleep.", Language.ENGLISH, []),
        ("She never looks back and walks on.", Language.ENGLISH, ["walk"]),
        ("Он не хочет спать и поёт.", Language.RUSSIAN, ["talk"]),
        ("它不想睡觉，看着月亮。", Language.CHINESE, ["look"]),
        ("She eats an apple.", Language.ENGLISH, ["rest"]),
        ("Он не поёт, а спит.", Language.RUSSIAN, ["sleep"]),
        ("He never forgets to feed the cat.", Language.ENGLISH, ["give"]),
        ("The knight is not afraid to fight the dragon.", Language.ENGLISH, ["be", "fight"]),
        ("他不得不离开。", Language.CHINESE, ["leave"]),
        ("两人分别走向大海。", Language.CHINESE, ["walk"]),
        ("Грустный мальчик сидит у окна.", Language.RUSSIAN, ["rest"]),
    ],
)
def test_what_is_not_done_is_not_shown(text: str, language: Language, done: list[str]) -> None:
    assert [one.value for one in verbs(text, language)] == done


def test_what_is_pulled_out_of_the_sea_does_not_pull() -> None:
    board = written("Старый рыбак выходит в море на лодке, вытаскивает сеть с огромной рыбой и отпускает её.")

    assert all("fisherman" in [one.concept for one in shot.subjects] for shot in main_shots(board))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Then Thorgrim looks at the sea.", "Thorgrim"),
        ("Потом Ратибор смотрит на море.", "Ратибор"),
        ("In the hall Maximus looks at her.", "Maximus"),
    ],
)
def test_a_name_that_nobody_knows_is_somebody_who_acts(text: str, name: str) -> None:
    assert name in [one.name for one in written(text).bible.characters]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Two businesswomen talk in an office.", Figure.WOMAN),
        ("Взломщица открывает дверь.", Figure.WOMAN),
        ("Синица сидит на ветке.", Figure.PERSON),
    ],
)
def test_a_words_form_tells_a_woman_but_not_of_a_bird(text: str, figure: Figure) -> None:
    (who,) = written(text).bible.characters

    assert who.look.figure is figure


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("The sun sinks into the sea.", {"sun"}),
        ("A wolf whistles.", {"wolf"}),
        ("The king dies.", {"king"}),
        ("Духи леса танцуют.", {"ghost"}),
        ("Мышка прячется в норку.", {"mouse"}),
        ("A traffic jam in the city.", set[str]()),
    ],
)
def test_a_word_that_means_something_else_here_is_no_thing(text: str, concepts: set[str]) -> None:
    assert {one.concept for shot in main_shots(written(text)) for one in shot.subjects} == concepts


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("With one second left he jumps over the wall.", {"man"}),
        ("A young elf archer rides a white stag.", {"archer", "deer"}),
        ("The striker shoots and scores.", {"football_player"}),
        ("女侠骑着黑马穿过沙漠。", {"warrior", "horse"}),
        ("Вечером загораются огни города.", set[str]()),
    ],
)
def test_who_is_there_is_there_once_and_as_who_they_are(text: str, concepts: set[str]) -> None:
    assert {one.concept for shot in main_shots(written(text)) for one in shot.subjects} == concepts


def test_a_name_that_follows_what_somebody_is_is_theirs() -> None:
    board = written("医院病房里，父亲躺在床上。女儿小雨坐在床边削苹果。小雨笑了。")

    assert [(one.name, one.look.figure) for one in board.bible.characters] == [("父亲", Figure.MAN), ("小雨", Figure.WOMAN)]
    assert {shot.weather.value for shot in board.shots} == {"clear"}


def test_winter_is_seen_and_is_nobodys_adjective() -> None:
    board = written("Однажды зимой старик идёт по лесу.")

    assert {shot.weather.value for shot in main_shots(board)} == {"snow"}
    assert board.bible.characters[0].name == "старик"


def test_he_who_is_given_something_is_a_person_before_the_wolf_that_was_named_last() -> None:
    board = written("Старый почтальон едет через лес. Волк гонится за ним. Бабушка открывает дверь и даёт ему чай.")

    assert {one.concept for one in main_shots(board)[-1].subjects if one.member} == {"old_woman", "postman"}


def test_a_river_has_a_bank_of_its_own() -> None:
    board = written("Осень в тайге. Медведица ловит рыбу в горной реке. Лось выходит на берег.")

    assert [one.place for one in board.bible.locations] == ["river"]


@pytest.mark.parametrize(
    ("text", "told"), [("A wolf walks. It howls.", "The wolf howls."), ("A dog runs. It barks.", "The dog barks.")]
)
def test_what_animals_say_is_done_by_them(text: str, told: str) -> None:
    assert main_shots(written(text))[-1].description == told
