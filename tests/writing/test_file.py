"""The storyboard as a file that people edit and break."""

from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from storyreel.domain.errors import StoryboardInvalid
from storyreel.domain.storyboard import ShotSize, Storyboard, Weather
from storyreel.domain.values import Language
from storyreel.writing import read_storyboard, storyboard_text
from storyreel.writing.file import Read, read_edited
from tests.writing.texts import KEEPER, KEEPER_RU, ORDINARY, STATION, written

SHOT = "shots:\n- description: A man walks down a rainy street at night\n  seconds: 4\n"


@pytest.mark.parametrize("text", ORDINARY)
def test_a_file_gives_back_the_storyboard_it_was_written_from(text: str) -> None:
    storyboard = written(text)

    assert read_edited(storyboard_text(storyboard)) == Read(storyboard)


def test_a_file_tells_what_may_be_written_and_keeps_its_own_letters() -> None:
    text = storyboard_text(written(STATION))

    assert "#   size: extreme wide, wide, medium wide, medium, close-up, detail" in text
    assert "description: 一个小女孩递给他一把红伞。" in text
    assert "avoid" not in text


ODD = (
    *("a\tb", "line\r\nline", "\x85x\u2028y", " lead", "trail \n", "#no", "- x: ["),
    *("'q\"", "null", "12", "\x07", "🐱", "\n- id: x\n  y: |"),
)


@pytest.mark.parametrize("odd", ODD)
def test_odd_letters_come_back_as_they_were(odd: str) -> None:
    storyboard = written(KEEPER_RU).model_copy(update={"source": odd, "title": odd})

    assert read_storyboard(storyboard_text(storyboard)) == storyboard


def test_a_hand_written_list_of_shots_is_filled_in_from_its_words() -> None:
    storyboard = read_storyboard(SHOT + "- description: He finds a cat\n  seconds: 2.5\n  size: detail\n")
    first, second = storyboard.shots

    assert (first.id, second.id) == ("s01", "s02")
    assert first.weather is Weather.RAIN
    assert [one.concept for one in second.subjects] == ["man", "cat"]
    assert (second.size, second.seconds) == (ShotSize.DETAIL, 2.5)
    assert storyboard.scenes[0].location == "city_street"
    assert read_storyboard(storyboard_text(storyboard)) == storyboard


def test_a_new_shot_in_a_written_file_needs_only_words_and_seconds() -> None:
    written_before = written(KEEPER_RU)
    text = storyboard_text(written_before) + "\n      - description: Смотритель машет кораблю\n        seconds: 3\n"

    storyboard = read_storyboard(text)

    assert storyboard.shots[:-1] == written_before.shots
    assert storyboard.shots[-1].subjects[0].member == "keeper"
    assert storyboard.shots[-1].id == "s07"


CAT_TO_DOG = [
    ("A cat sleeps on the windowsill.", "A cat sleeps", "A dog runs", ["dog"]),
    ("Кот спит на подоконнике.", "Кот спит", "Собака бежит", ["dog"]),
    ("一只猫在窗台上睡觉。", "一只猫", "一只狗", ["dog"]),
]


@pytest.mark.parametrize(("text", "before", "after", "shown"), CAT_TO_DOG)
def test_who_is_drawn_follows_a_description_that_was_changed(text: str, before: str, after: str, shown: list[str]) -> None:
    board = written(text, shots=2)
    (number,) = [at for at, shot in enumerate(board.shots, start=1) if before in shot.description]

    read = read_edited(storyboard_text(board).replace(f"description: {before}", f"description: {after}"))

    changed = read.storyboard.shots[number - 1]
    assert [one.concept for one in changed.subjects][: len(shown)] == shown
    assert "cat" not in {one.concept for one in changed.subjects}
    assert [(one.rule, one.shot) for one in read.findings] == [("subjects-found-anew", number)]
    assert {one.member for one in changed.subjects} <= {one.id for one in read.storyboard.bible.characters} | {None}
    assert [one for one in read.storyboard.shots if one.id != changed.id] == [one for one in board.shots if one.id != changed.id]
    kept = changed.model_copy(update={name: getattr(board.shots[number - 1], name) for name in ("description", "subjects")})
    assert kept == board.shots[number - 1]


OTHERS = {Language.ENGLISH: "A dog runs.", Language.RUSSIAN: "Собака бежит.", Language.CHINESE: "一只狗在跑。"}


@pytest.mark.parametrize("text", ORDINARY)
def test_other_words_for_one_shot_change_its_subjects_and_nothing_else(text: str) -> None:
    board = written(text)
    words, shot = OTHERS[board.language], board.shots[-1]

    read = read_storyboard(storyboard_text(board).replace(f"description: {shot.description}", f"description: {words}"))

    last = read.shots[-1]
    assert read.shots[:-1] == board.shots[:-1]
    assert [one.concept for one in last.subjects] == ["dog"]
    assert last == shot.model_copy(update={"description": words, "subjects": last.subjects})
    assert set(board.bible.characters) <= set(read.bible.characters)
    assert (read.bible.locations, read.bible.props) == (board.bible.locations, board.bible.props)
    assert read_edited(storyboard_text(read)) == Read(read)


@pytest.mark.parametrize("text", [KEEPER, KEEPER_RU, STATION])
def test_words_that_tell_of_the_same_leave_the_subjects_as_they_are(text: str) -> None:
    board, mark = written(text), {Language.ENGLISH: " quietly.", Language.RUSSIAN: " тихо.", Language.CHINESE: "吧。"}
    for shot in board.shots:
        words = shot.description.rstrip(".。") + mark[board.language]
        read = read_edited(storyboard_text(board).replace(f"description: {shot.description}", f"description: {words}", 1))

        assert [one.subjects for one in read.storyboard.shots] == [one.subjects for one in board.shots]
        assert not read.findings


@pytest.mark.parametrize("subjects", ["[]", "[{name: a fox, concept: fox}]"])
def test_subjects_that_a_person_wrote_stay_whatever_the_words_are(subjects: str) -> None:
    values = yaml.safe_load(storyboard_text(written("A cat sleeps on the windowsill.", shots=1)))
    shot = values["scenes"][0]["shots"][0] | {"description": "A dog sleeps.", "subjects": yaml.safe_load(subjects)}
    values["scenes"][0]["shots"] = [shot]

    read = read_edited(yaml.safe_dump(values))

    assert [one.concept for one in read.storyboard.shots[0].subjects] == [one["concept"] for one in shot["subjects"]]
    assert not read.findings


@pytest.mark.parametrize("words", ["A cat sleeps on the windowsill.", "A dog sleeps."])
def test_subjects_that_are_left_out_are_found_from_the_words_in_a_written_shot_too(words: str) -> None:
    values = yaml.safe_load(storyboard_text(written("A cat sleeps on the windowsill.", shots=1)))
    (shot,) = values["scenes"][0]["shots"]
    del shot["subjects"]
    shot["description"] = words

    assert str(read_storyboard(yaml.safe_dump(values)).shots[0].subjects[0].concept) in words


def test_someone_the_film_knows_keeps_name_and_id_in_a_changed_description() -> None:
    board = written("Анна стоит на берегу. Мария сидит в лодке.", shots=2)
    names = {one.id: one.name for one in board.bible.characters}

    read = read_storyboard(storyboard_text(board).replace("description: Анна стоит", "description: Мария бежит", 1))

    (who,) = (one for shot in read.shots if "Мария бежит" in shot.description for one in shot.subjects if one.member)
    assert names[who.member or ""] == "Мария"
    assert read.bible == board.bible


def test_a_shot_that_leaves_out_its_id_or_seconds_gets_them() -> None:
    board = written(KEEPER_RU)
    values = yaml.safe_load(storyboard_text(board))
    shots = values["scenes"][0]["shots"]
    values["scenes"][0]["shots"] = [
        {k: v for k, v in shot.items() if k not in {"id", "seconds"}} for shot in [*shots, deepcopy(shots[0])]
    ]

    read = read_storyboard(yaml.safe_dump(values))

    assert len({shot.id for shot in read.shots}) == len(board.shots) + 1
    assert all(shot.seconds > 0 for shot in read.shots)
    assert read.scenes[0].shots[-1].description == board.shots[0].description


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (SHOT + "  sise: wide\n", 4, "'sise' is not known here; did you mean 'size'"),
        (SHOT.replace("seconds", "secunds"), 3, "'secunds' is not known here; did you mean 'seconds'"),
        (SHOT + "  size: widee\n", 4, "extreme wide"),
        (SHOT.replace("4", "-4"), 3, "above 0"),
        (SHOT.replace("4", ".inf"), 3, "number"),
        (SHOT.replace("4", "four"), 3, "number"),
        (SHOT + "  seconds: 5\n", 4, "twice"),
        (SHOT + "  id: a\n- description: A dog\n  seconds: 2\n  id: a\n", 7, "two shots have the id 'a'"),
        (SHOT + "  id: 'act:1'\n", 4, "'act:1' cannot be the id of a shot"),
        (SHOT + f"  id: {'a' * 49}\n", 4, "id: 'aaa.* has 49 characters; it may have 48"),
        ("shots:\n- seconds: 4\n", 2, "description"),
        ("shots: []\n", 1, "no shots"),
        ("shots: [1]\n", 1, "a shot needs keys"),
        ("title: x\n", 1, "no shots"),
        ("- x\n", 1, "begins with keys"),
        ("", 1, "begins with keys"),
        ("title: [\n", 1, "not YAML"),
        ('title: "Ships\nshots:\n- description: A dog\n', 1, "not YAML"),
        ("title: Ships\nshots\nseed: 1\n", 2, "not YAML"),
        ("shots:\n- description: A dog\n   seconds: 2\n", 3, "not YAML"),
        (SHOT.replace("A man", "He says: hello"), 2, "with a colon in it goes in quotes"),
        ("title: Ships: a story\n" + SHOT, 1, "with a colon in it goes in quotes"),
        (SHOT.replace("  seconds", "\tseconds"), 3, "there is a tab in this line; use spaces"),
        (SHOT.replace("- desc", "\t- desc"), 2, "there is a tab in this line; use spaces"),
        (SHOT.replace("A man", "@home a man"), 2, "begins with @ goes in quotes"),
        (SHOT.replace("A man", "- a man"), 2, "begins with - goes in quotes"),
        (SHOT.replace("A man", '"Hi," says a man'), 2, "put the whole text in quotes"),
        (SHOT.replace("A man", '"A man'), 2, "the quotes that begin here do not end"),
        (SHOT.replace("A man", "[A man"), 2, "the bracket that begins here does not end"),
        (SHOT.replace("seconds: 4", "seconds 4"), 3, "no colon after its key"),
        (SHOT.replace("  seconds", " seconds"), 3, "does not stand below the keys it belongs to"),
        ("a: &x 1\nb: *x\n", 1, "aliases"),
        ("[" * 5000, 1, "deep"),
        ("title: !!python/object:os.system x\nscenes: []\n", 2, "at least one"),
    ],
)
def test_a_broken_file_is_refused_by_line_and_key(text: str, line: int, says: str) -> None:
    with pytest.raises(StoryboardInvalid, match=says) as refused:
        read_storyboard(text, Path("film.yaml"))

    assert refused.value.line == line
    assert str(refused.value).startswith(f"film.yaml, line {line}: ")


def test_a_file_too_large_to_be_a_storyboard_is_refused() -> None:
    with pytest.raises(StoryboardInvalid, match="1,000,000"):
        read_storyboard("a" * 1_000_001)


def test_too_many_shots_are_refused() -> None:
    with pytest.raises(StoryboardInvalid, match="at most 200"):
        read_storyboard("shots:\n" + "- description: A dog runs\n  seconds: 2\n" * 201)


def test_a_written_storyboard_is_valid_json_too() -> None:
    storyboard = written(STATION)

    assert Storyboard.model_validate_json(storyboard.model_dump_json()) == storyboard
