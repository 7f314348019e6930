"""What the shots between the told ones show: something else, somebody else, never the same line twice."""

import re
from itertools import pairwise

import pytest

from storyreel.domain.storyboard import Position, ShotSize, Storyboard
from storyreel.domain.values import Language
from storyreel.lexicon import all_concepts
from storyreel.writing.visual.holding import hands
from storyreel.writing.words import table
from tests.writing.texts import KEEPER, KEEPER_RU, ORDINARY, STATION, main_shots, written

SMILE = "The woman turns and smiles"
WOLF = "Девушка в красном плаще встречает волка в лесу. Волк смотрит на неё. Она достаёт из сумки хлеб и протягивает ему."
BATTLE = "A knight fights a dragon on a burning bridge. He raises his sword. The dragon breathes fire. The dragon falls."
FLAG = "A soldier carries a flag across the battlefield. He plants the flag on the hill."
FOX = "A fox steps out of the forest and looks at the village. It finds a red ball and plays with it."
FISHER = "Старый рыбак ловит золотую рыбку. Она говорит с ним человеческим голосом. Он отпускает её в море."
BREAD = "Девушка достаёт из сумки хлеб и протягивает волку."
LANDS = ("A man walks home.", "A boy runs.", "A woman waits at night.", "Two girls dance.", "An old man sleeps.")
ALL = (*ORDINARY, SMILE, WOLF, BATTLE, FLAG, FOX, FISHER, BREAD, *LANDS)


def _coverage(storyboard: Storyboard) -> list[str]:
    return [shot.description for shot in storyboard.shots if shot.words is None]


@pytest.mark.parametrize("text", [one for one in ALL if not one.startswith("1.")])
def test_no_subject_is_shown_twice_in_a_row_in_one_size(text: str) -> None:
    shots = written(text).shots
    jumps = [
        (before.description, after.description)
        for before, after in pairwise(shots)
        if before.subjects and after.subjects and before.subjects[0].member and before.size is after.size
        if before.subjects[0].member == after.subjects[0].member
    ]

    assert jumps == []


def test_a_smile_is_not_told_twice() -> None:
    assert not re.search(r"smil|laugh|beam", " ".join(_coverage(written(SMILE))))


def test_a_close_view_is_about_one_and_others_stand_behind() -> None:
    looks = main_shots(written(WOLF))[1]

    assert looks.size is ShotSize.CLOSE_UP
    assert [(one.concept, one.position) for one in looks.subjects] == [
        ("wolf", Position.CENTRE),
        ("young_woman", Position.BACKGROUND),
    ]


def test_who_fights_does_not_breathe_evenly() -> None:
    for shots in (written(BATTLE, shots=12), written("Дракон нападает на рыцаря.", shots=5)):
        assert not [one for one in _coverage(shots) if re.search(r"\b(?:evenly|ровно)\b", one)]


@pytest.mark.parametrize("text", [FLAG, BATTLE, FOX, KEEPER, KEEPER_RU, STATION])
def test_only_what_lies_in_two_hands_is_said_to(text: str) -> None:
    sizes = {word.lower(): one.height_m for one in all_concepts() for words in one.words.values() for word in words}
    inside = [one for one in _coverage(written(text, shots=12)) if re.search(r"open hands|ладонях|双手", one)]

    assert not [
        one for one in inside for word, height in sizes.items() if height > 0.4 and word in re.findall(r"\w+", one.lower())
    ]


@pytest.mark.parametrize("text", ["A nurse drinks her coffee.", "程序员喝了一口咖啡。", "Повар несёт суп."])
def test_what_is_poured_lies_in_no_open_hands_and_is_touched(text: str) -> None:
    told = " ".join(_coverage(written(text, shots=12)))

    assert not re.search(r"(?:coffee|суп|咖啡)[^.。]*(?:hands|fingers|ладонях|руках|手)", told, re.IGNORECASE)
    assert "untouched" not in told


@pytest.mark.parametrize("text", ["A storm over the sea", "Ливень над полем", "暴雨下的山谷"])
def test_under_rain_no_line_tells_of_sun_or_stars(text: str) -> None:
    told = " ".join(_coverage(written(text, shots=12)))

    assert not re.search(r"\bsun\b|heat|stars|white clouds|солнце|звёзды|белые облака|阳光|星星|白云", told, re.IGNORECASE)


@pytest.mark.parametrize("text", ALL)
def test_no_line_is_said_twice_in_a_film(text: str) -> None:
    told = [shot.description for shot in written(text).shots]

    assert len(set(told)) == len(told)


def test_five_films_in_a_row_end_and_open_in_several_ways() -> None:
    films = [written(text) for text in LANDS]

    assert len({film.shots[0].description for film in films}) >= 4
    assert len({re.sub(r"[Tt]he \w+( \w+)?", "", film.shots[-1].description) for film in films}) >= 4
    assert len({film.shots[0].move for film in films}) >= 2
    assert not any("over everything" in shot.description for film in films for shot in film.shots)


def test_what_is_handed_is_shown_in_hands_that_are_somebodys() -> None:
    shots = written("Девочка кормит лошадь яблоком.", shots=4).shots
    (near,) = [shot for shot in shots if shot.words is None and "яблоко" in shot.description.lower()]
    first = near.subjects[0]

    if hands():
        assert (first.concept, first.member, first.holds) == ("hands", "girl", "apple")
    else:
        assert first.concept == "apple"


def test_every_row_of_lines_is_there_in_every_language() -> None:
    rows = table("coverage")
    for name, row in rows.items():
        for kind, lines in row.items() if name != "groups" else ():
            assert set(lines) == set(Language), f"{name}.{kind}"
            assert all(lines.values()), f"{name}.{kind}"
