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
