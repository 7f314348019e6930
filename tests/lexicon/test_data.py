"""The data files: complete, unambiguous, plausible."""

from collections import Counter

import pytest

from storyreel.domain.storyboard import Figure
from storyreel.domain.values import Language
from storyreel.lexicon import Kind, all_concepts, all_places
from storyreel.lexicon.concepts import Concept, Place
from storyreel.lexicon.load import lexicon


def test_there_are_at_least_320_subjects_and_35_places() -> None:
    assert len(all_concepts()) >= 320
    assert len(all_places()) >= 35


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("things", [all_concepts(), all_places()], ids=["subjects", "places"])
def test_no_word_of_a_language_stands_for_two_things(language: Language, things: tuple[Concept | Place, ...]) -> None:
    words = Counter(word.lower().replace("ё", "е") for one in things for word in one.words[language])

    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize("language", Language)
def test_everything_has_a_word_in_each_language(language: Language) -> None:
    script = {Language.ENGLISH: ("a", "z"), Language.RUSSIAN: ("а", "ё"), Language.CHINESE: ("一", "鿿")}[language]

    for one in (*all_concepts(), *all_places()):
        assert one.words[language], one.id
        for word in one.words[language]:
            letters = [letter for letter in word.lower() if letter.isalpha()]
            assert letters, one.id
            assert all(script[0] <= letter <= script[1] or letter == "é" for letter in letters), (one.id, word)


def test_heights_are_those_of_this_world() -> None:
    assert [one.id for one in all_concepts() if not 0.02 <= one.height_m <= 2000] == []
    people = [one for one in all_concepts() if one.kind is Kind.PERSON and one.id not in {"baby", "giant"}]
    assert [one.id for one in people if not 1.1 <= one.height_m <= 1.9] == []


def test_what_is_referred_to_is_there() -> None:
    ids = {one.id for one in all_concepts()}
    places = {one.id for one in all_places()}

    assert [one.id for one in all_concepts() if one.holds and one.holds not in ids] == []
    assert [one.id for one in all_concepts() if one.place_hint and one.place_hint not in places] == []
    assert [sense for sense in lexicon().senses if sense.concept and sense.concept not in ids] == []
    named = {id for names in lexicon().names.values() for id in names}
    assert {"man", "woman"} <= named & ids


def test_every_person_has_a_look_and_a_keeper_wears_a_coat() -> None:
    people = [one for one in all_concepts() if one.kind is Kind.PERSON]

    assert len(people) >= 60
    assert [one.id for one in people if one.look is None] == []
    keeper = next(one for one in people if one.id == "keeper")
    assert keeper.look is not None
    assert keeper.look.figure is Figure.MAN
    assert [garment.value for garment in keeper.look.wears] == ["coat", "cap"]


def test_every_place_can_be_heard() -> None:
    sounds = {sound for one in all_places() for sound in one.ambience}

    assert all(one.ambience for one in all_places())
    assert sounds <= {"wind", "rain", "sea", "river", "city", "crowd", "room", "forest", "space", "underwater", "train"}
