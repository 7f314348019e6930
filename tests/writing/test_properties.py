"""What holds for every text, in three scripts."""

from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from storyreel.domain.film import Brief
from storyreel.domain.storyboard import Severity, Storyboard
from storyreel.domain.values import FPS
from storyreel.writing import lint, read_storyboard, storyboard_text, write_storyboard
from tests.properties import examples
from tests.writing.texts import ORDINARY, frames

_WORDS = (
    *("an old man", "a woman", "two boys", "Anna", "he", "she", "they", "the dog", "a ship", "walks", "finds", "runs", "says"),
    *("a letter", "the sea", "at dawn", "suddenly", "then", "rain", "a storm rises", "in the forest", "and", "“Come here.”"),
    *("INT. ROOM - NIGHT", "1.", "close-up of", "(3 s)", "MARK:", "camera pans left", ";", ".", ",", "!", "?", "\n", "\n\n"),
    *("старик", "девочка", "Иван", "он", "она", "идёт", "находит", "говорит", "письмо", "море", "на рассвете", "вдруг", "затем"),
    *("дождь", "начинается буря", "в лесу", "и", "— Привет, — сказал он.", "«Стой!»", "Сцена 2. Дом", "крупный план"),
    *("老人", "小女孩", "他", "走", "发现", "说", "一封信", "大海", "黎明", "突然", "然后", "下雨", "在森林里", "。", "，"),
    *("“来吧！”", "第一场 内景 茶馆 夜", "特写", "🐱", "…", "—", "x", "7"),
)
_SCRIPTED = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=40).map(" ".join)
_CHARACTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])  # NUL is refused
_TEXT = st.one_of(_SCRIPTED, st.text(_CHARACTERS, max_size=200), st.sampled_from(ORDINARY))
_BRIEFS = st.builds(
    Brief,
    shots=st.one_of(st.none(), st.integers(1, 30)),
    film_seconds=st.one_of(st.none(), st.floats(20, 600)),
)
_QUICK = settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def _written(text: str, brief: Brief) -> Storyboard:
    assume(any(char.isalpha() for char in text))
    return write_storyboard(text, brief)


@_QUICK
@given(_TEXT, _BRIEFS)
def test_every_character_belongs_to_exactly_one_main_shot_in_order(text: str, brief: Brief) -> None:
    spans = [shot.words for shot in _written(text, brief).shots if shot.words]

    assert "".join(text[span.start : span.end] for span in spans) == text
    assert all(left.end == right.start for left, right in pairwise(spans))


@_QUICK
@given(_TEXT, _BRIEFS)
def test_the_film_has_the_shots_and_the_frames_that_were_asked_for(text: str, brief: Brief) -> None:
    storyboard = _written(text, brief)

    assert brief.shots in {None, len(storyboard.shots)}
    assert brief.film_seconds is None or frames(storyboard) == round(brief.film_seconds * FPS)


@_QUICK
@given(_TEXT, _BRIEFS)
def test_no_shot_is_empty_and_none_repeats_another(text: str, brief: Brief) -> None:
    shots = _written(text, brief).shots

    assert all(any(char.isalnum() for char in shot.description) for shot in shots)
    assert len({(shot.size, shot.angle, shot.subjects, shot.description) for shot in shots}) == len(shots)
    assert len({shot.id for shot in shots}) == len(shots)


@_QUICK
@given(_TEXT, _BRIEFS)
def test_coverage_names_the_beat_that_it_covers_and_copies_no_words(text: str, brief: Brief) -> None:
    shots = _written(text, brief).shots
    main = {shot.beat: shot.description for shot in shots if shot.words}

    assert all(shot.beat in main and shot.description not in main.values() for shot in shots if not shot.words)


@_QUICK
@given(_TEXT)
def test_the_same_text_gives_the_same_storyboard(text: str) -> None:
    assert _written(text, Brief()) == write_storyboard(text, Brief())


@_QUICK
@given(_TEXT)
def test_the_writer_makes_no_errors_by_its_own_lint(text: str) -> None:
    assert not [one for one in lint(_written(text, Brief())) if one.severity is Severity.ERROR]


@_QUICK
@given(_TEXT, _BRIEFS)
def test_a_storyboard_comes_back_unchanged_from_json_and_from_its_file(text: str, brief: Brief) -> None:
    storyboard = _written(text, brief)

    assert Storyboard.model_validate_json(storyboard.model_dump_json()) == storyboard
    assert read_storyboard(storyboard_text(storyboard)) == storyboard
