"""Several deeds in one sentence: which are a shot each, and which only tell of somebody."""

import pytest

from tests.writing.texts import main_shots, written


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The thief steals a crown and runs into the forest.", ["The thief steals a crown.", "The thief runs into the forest."]),
        ("Мужчина открывает дверь и входит на кухню.", ["Мужчина открывает дверь.", "Мужчина входит на кухню."]),
        ("小偷偷走王冠，跑进森林。", ["小偷偷走王冠。", "小偷跑进森林。"]),
        ("A dog barks and runs across the field.", ["A dog barks and runs across the field."]),
        ("In a forest a fox stops and walks into the forest.", ["In a forest a fox stops and walks into the forest."]),
    ],
)
def test_who_does_something_and_goes_elsewhere_is_seen_twice(text: str, told: list[str]) -> None:
    assert [shot.description for shot in main_shots(written(text))] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The cat jumps onto the table, knocks over a vase, and hides under the bed.",
            ["The cat jumps onto the table.", "The cat knocks over a vase.", "The cat hides under the bed."],
        ),
        (
            "Женщина открывает дверь, зажигает свет и улыбается.",
            ["Женщина открывает дверь.", "Женщина зажигает свет.", "Женщина улыбается."],
        ),
        ("小狐狸醒来，走出森林，跑回家。", ["小狐狸醒来。", "小狐狸走出森林。", "小狐狸跑回家。"]),
        ("Девочка просыпается, фырчит, завтракает.", ["Девочка просыпается, фырчит.", "Девочка завтракает."]),  # no verb we know
        ("A woman opens the door and smiles.", ["A woman opens the door and smiles."]),
        (
            "A cat sees a mouse, chases it, and catches it.",
            ["A cat sees a mouse.", "The cat chases the mouse.", "The cat catches the mouse."],
        ),
        (
            "A girl ran home, opened the door, and cried.",
            ["A girl runs home.", "The girl opens the door.", "The girl cries."],
        ),
        ("A machine that can wash, cut, and fold runs.", ["A machine that can wash, cut, and fold runs."]),
        ("A boy loves to run, play, and sleep.", ["A boy loves to run, play, and sleep."]),
        ("Мальчик любит бегать, прыгать и спать.", ["Мальчик любит бегать, прыгать и спать."]),
        ("A woman buys bread, milk, and leaves.", ["A woman buys bread, milk, and leaves."]),
        ("A man who sings, dances, and juggles sleeps.", ["A man who sings, dances, and juggles sleeps."]),
        ("A hunted, chased, and beaten fox sleeps.", ["A hunted, chased, and beaten fox sleeps."]),
    ],
)
def test_three_deeds_in_a_row_are_a_shot_each_unless_they_are_wished_or_named(text: str, told: list[str]) -> None:
    assert [shot.description for shot in main_shots(written(text))] == told


def test_what_is_done_before_one_leaves_is_done_in_the_place_before() -> None:
    board = written("A thief climbs the wall of a castle at night. He takes a crown and runs into the forest.", shots=8)

    told = [(shot.description, scene.location) for scene in board.scenes for shot in scene.shots if shot.words is not None]

    (_, castle), (taken, there), (gone, forest) = told
    assert (taken, gone) == ("The thief takes a crown.", "The thief runs into the forest.")
    assert there == castle != forest
