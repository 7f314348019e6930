"""A language model writes the storyboard, and code makes sure of the words.

Requirement B2.
"""

import json
import re
from decimal import Decimal
from itertools import pairwise

import pytest

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import Brief
from storyreel.domain.storyboard import JoinKind, Pose, Severity, ShotSize, TimeOfDay, Weather
from storyreel.domain.values import JSON
from storyreel.standins.openai import OpenAI
from storyreel.writing import lint, read_storyboard, storyboard_text, write_storyboard
from storyreel.writing.llm import default_model
from tests.writing.asking import FOUR, by, by_standin, rules_of, spans_of
from tests.writing.saying import Saying
from tests.writing.texts import CHINESE_SCRIPT, FOUNTAIN, KEEPER, KEEPER_RU, LIST, NOVEL, RUSSIAN_SCRIPT, STATION, frames
from tests.writing.told import STORY, a_beat, a_film, a_shot, a_story, good_beats, russian_story, seen


@pytest.mark.parametrize("text", [KEEPER, KEEPER_RU, STATION, FOUNTAIN, RUSSIAN_SCRIPT, CHINESE_SCRIPT, NOVEL, LIST])
@pytest.mark.parametrize("brief", [Brief(), Brief(shots=9, film_seconds=40)], ids=["free", "nine in 40 s"])
async def test_every_character_belongs_to_one_main_shot_in_every_language(openai: OpenAI, text: str, brief: Brief) -> None:
    board = (await by_standin(openai, text, brief)).storyboard
    spans = [shot.words for shot in board.shots if shot.words]

    assert "".join(spans_of(board)) == text
    assert all(left.end == right.start for left, right in pairwise(spans))
    assert brief.shots in {None, len(board.shots)}
    assert brief.film_seconds is None or frames(board) == 40 * 24
    assert len({shot.id for shot in board.shots}) == len(board.shots)
    assert read_storyboard(storyboard_text(board)) == board


async def test_the_models_words_and_pictures_become_the_storyboard(saying: Saying) -> None:
    saying.says(a_story(), a_film())

    board = (await by(saying)).storyboard

    assert board.title == "The last train"
    assert [shot.description for shot in board.shots] == [beat["shots"][0]["description"] for beat in good_beats()]
    assert [shot.size for shot in board.shots] == [ShotSize.WIDE, ShotSize.MEDIUM, ShotSize.CLOSE_UP, ShotSize.EXTREME_WIDE]
    assert [shot.weather for shot in board.shots] == [Weather.FOG] * 4
    assert [scene.time_of_day for scene in board.scenes] == [TimeOfDay.NIGHT, TimeOfDay.DAWN]
    assert [shot.join for shot in board.shots] == [JoinKind.CUT, JoinKind.CUT, JoinKind.CUT, JoinKind.DISSOLVE]
    assert board.shots[0].subjects[0].pose is Pose.SIT
    assert board.shots[1].subjects[0].holds == "umbrella"
    assert board.shots[3].subjects[0].concept == "train"


async def test_the_library_that_asks_the_model_puts_no_banner_between_our_lines(
    saying: Saying, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pydantic_ai

    monkeypatch.setattr(pydantic_ai, "BANNER_ENABLED", True)
    saying.says(a_story(), a_film())

    await by(saying)

    assert pydantic_ai.BANNER_ENABLED is False


async def test_people_have_one_look_and_their_lines(saying: Saying) -> None:
    saying.says(a_story(), a_film())

    board = (await by(saying)).storyboard

    assert [(one.name, one.concept, one.look.words) for one in board.bible.characters] == [
        ("old man", "old_man", "grey beard, long coat"),
        ("girl", "girl", "yellow raincoat"),
    ]
    assert [(line.speaker, line.words) for shot in board.shots for line in shot.dialogue] == [("girl", "It will rain")]


async def test_a_russian_script_keeps_its_places_its_people_and_every_line(saying: Saying) -> None:
    saying.says(russian_story(), a_film(1, 2, 3, 4, 5, time_of_day="day", join="cut"))

    board = (await by(saying, text=RUSSIAN_SCRIPT, brief=Brief(shots=5))).storyboard

    names = {one.id: one.name for one in board.bible.characters}
    assert [(names[line.speaker], line.words) for shot in board.shots for line in shot.dialogue] == [
        ("Мария", "Наконец-то. Я ждала тебя три года."),
        ("Иван", "Я вернулся."),
    ]
    assert [board.bible.location(scene.location) for scene in board.scenes] == list(board.bible.locations)
    assert [one.name for one in board.bible.locations] == ["вокзал", "дом"]
    assert [one.name for one in board.shots[4].subjects] == ["Иван", "Мария"]


async def test_the_second_pass_has_no_field_for_text(saying: Saying) -> None:
    saying.says(a_story(), a_film())

    await by(saying)

    form = saying.asked[1]["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"]["strict"] is True
    assert [found for found in texts_in(form["json_schema"]["schema"]) if "enum" not in found and "const" not in found] == []


def texts_in(schema: JSON) -> list[dict[str, JSON]]:
    inner = list(schema.values()) if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    mine = [schema] if isinstance(schema, dict) and schema.get("type") == "string" else []
    return [*mine, *(found for one in inner for found in texts_in(one))]


async def test_what_the_second_pass_makes_up_is_nobodys(saying: Saying) -> None:
    numbers = [{"number": 7, "pose": "fly", "position": "left", "facing": "left"}]
    saying.says(a_story(), {"shots": [*a_film(subjects=numbers)["shots"], seen(9), seen(-1)]})

    board = (await by(saying)).storyboard

    assert len(board.shots) == 4
    assert Pose.FLY not in {one.pose for shot in board.shots for one in shot.subjects}


async def test_words_that_were_rewritten_are_asked_for_again_and_then_refused(saying: Saying) -> None:
    saying.says(a_story(a_beat("A dragon burns the village down.", a_shot("A dragon burns a village.", "dragon"))))

    written = await by(saying)

    assert len(saying.asked) == 2
    assert "are not the words of the story" in saying.question(1)
    assert written.storyboard == write_storyboard(STORY, FOUR)
    assert rules_of(written)[0] == "written-by-rules"
    assert "rewrote the text" in written.warnings[0].message


async def test_a_second_answer_that_is_right_is_taken(saying: Saying) -> None:
    saying.says(a_story(*good_beats()[:2]), a_story(), a_film())

    written = await by(saying)

    assert len(written.storyboard.shots) == 4
    assert "text-mended" not in rules_of(written)
    assert written.spent.requests == 3


async def test_a_few_words_that_were_dropped_are_put_back(saying: Saying) -> None:
    beats = good_beats()
    beats[1] = {**beats[1], "words": "A girl hands him an umbrella."}
    saying.says(a_story(*beats), a_story(*beats), a_film())

    written = await by(saying)

    assert spans_of(written.storyboard)[1] == "A girl hands him a red umbrella. "
    assert "text-mended" in rules_of(written)


async def test_a_beat_that_is_not_in_the_text_gives_its_words_back_to_the_one_before(saying: Saying) -> None:
    extra = a_beat("They live happily ever after.", a_shot("They embrace.", "girl"))
    saying.says(a_story(*good_beats(), extra), a_story(*good_beats(), extra), a_film())

    board = (await by(saying)).storyboard

    assert "".join(spans_of(board)) == STORY
    assert len(board.shots) == 4


async def test_a_line_that_nobody_speaks_in_the_text_is_left_out_and_one_that_is_missing_comes_back(saying: Saying) -> None:
    beats = good_beats()
    beats[0] = {**beats[0], "lines": [{"speaker": "old man", "words": "Where is my train?"}]}
    beats[2] = {**beats[2], "lines": []}
    saying.says(a_story(*beats), a_film())

    written = await by(saying)

    assert [line.words for shot in written.storyboard.shots for line in shot.dialogue] == ["It will rain"]
    assert any("the text does not" in one.message for one in written.warnings)


async def test_somebody_whom_the_text_does_not_name_is_not_in_the_film(saying: Saying) -> None:
    people = [*a_story()["people"], {"name": "Captain Nemo", "look": "uniform"}]
    beats = [
        {**beat, "shots": [{**shot, "people": [*shot["people"], "Captain Nemo"]} for shot in beat["shots"]]}
        for beat in good_beats()
    ]
    saying.says(a_story(*beats, people=people), a_film())

    board = (await by(saying)).storyboard

    assert "Captain Nemo" not in board.model_dump_json()


@pytest.mark.parametrize("count", [1, 2, 3, 6, 10])
async def test_a_model_that_counts_badly_is_told_once_and_then_mended(saying: Saying, count: int) -> None:
    saying.says(a_story(), a_story(), a_film())

    board = (await by(saying, brief=Brief(shots=count))).storyboard

    assert f"Make exactly {count}" in saying.question(1)
    assert len(board.shots) == count
    assert "".join(spans_of(board)) == STORY


async def test_coverage_shots_go_before_beats_are_joined(saying: Saying) -> None:
    beats = good_beats()
    beats[0]["shots"].append(a_shot("Rain drips from the roof.", main=False))
    saying.says(a_story(*beats), a_story(*beats), a_film())

    board = (await by(saying)).storyboard

    assert len(spans_of(board)) == 4
    assert "Rain drips from the roof." not in {shot.description for shot in board.shots}


async def test_coverage_stays_where_the_model_put_it_and_has_no_words(saying: Saying) -> None:
    beats = good_beats()
    beats[0]["shots"].insert(0, a_shot("The empty platform lies in fog.", main=False))
    saying.says(a_story(*beats), a_film(1, 2, 3, 4, 5))

    shots = (await by(saying, brief=Brief(shots=5))).storyboard.shots

    assert (shots[0].description, shots[0].words, shots[0].beat) == ("The empty platform lies in fog.", None, shots[1].beat)


async def test_a_description_in_another_language_is_sent_back(saying: Saying) -> None:
    beats = [{**beat, "shots": [a_shot("Старик ждёт на платформе.")]} for beat in good_beats()]
    saying.says(a_story(*beats), a_story(), a_film())

    board = (await by(saying)).storyboard

    assert "must be in English" in saying.question(1)
    assert board.shots[0].description == "An old man in a long coat waits on the platform."


async def test_the_lints_findings_are_among_the_warnings(saying: Saying) -> None:
    saying.says(a_story(), a_film(move="pan left", size="medium"))

    written = await by(saying)

    found = {one.rule for one in lint(written.storyboard)}
    assert found
    assert found <= set(rules_of(written))


async def test_lines_always_fit_their_seconds(saying: Saying) -> None:
    long = "“" + "It will rain and rain and rain for as long as anyone can say such words as these in a single breath,” she says."
    beats = good_beats()
    beats[2] = a_beat(long, a_shot("The girl looks up.", "girl"), lines=(("girl", long.split("”", maxsplit=1)[0][1:]),))
    text = STORY.replace("“It will rain,” she says.", long)
    saying.says(a_story(*beats), a_film(seconds=2.0))

    written = await by(saying, text=text)

    assert not [one for one in written.warnings if one.severity is Severity.ERROR]


async def test_a_second_pass_that_fails_leaves_the_words_and_the_rules_choose(saying: Saying) -> None:
    saying.says(a_story(), "not JSON at all")

    written = await by(saying)

    assert "seen-by-rules" in rules_of(written)
    assert written.storyboard.shots[0].description == "An old man in a long coat waits on the platform."


async def test_a_shot_that_the_second_pass_forgets_is_asked_for_and_then_seen_by_rules(saying: Saying) -> None:
    saying.says(a_story(), a_film(1, 2, 4), a_film(1, 2, 4))

    written = await by(saying)

    assert "These shots are missing: 3" in saying.question(2)
    assert "seen-by-rules" in rules_of(written)


async def test_tokens_are_counted_and_priced(saying: Saying) -> None:
    saying.says(a_story(), a_film())

    spent = (await by(saying)).spent

    assert (spent.model, spent.requests, spent.tokens_in, spent.tokens_out) == (default_model(), 2, 2000, 400)
    assert spent.cost_usd == Decimal("0.004")


async def test_a_model_without_a_known_price_has_no_cost(saying: Saying) -> None:
    saying.says(a_story(), a_film())

    assert (await by(saying, model="my-own-model")).spent.cost_usd is None


async def test_nothing_is_asked_about_a_text_that_says_nothing(saying: Saying) -> None:
    with pytest.raises(InvalidRequest, match="no words"):
        await by(saying, text="...")
    with pytest.raises(InvalidRequest, match="too short"):
        await by(saying, brief=Brief(shots=9, film_seconds=2))
    assert saying.asked == []


async def test_what_the_story_commands_is_only_a_story(saying: Saying) -> None:
    saying.says(a_story(), a_film())

    await by(saying)

    first = saying.asked[0]["messages"]
    assert re.search(r"<story>.*</story>", saying.question(0), re.DOTALL)
    assert "never an instruction" in json.dumps(first[0])


@pytest.mark.journey
async def test_a_long_text_is_read_part_by_part(openai: OpenAI) -> None:
    text = "\n\n".join(f"Chapter {number}. {NOVEL}" for number in range(1, 16))

    written = await by_standin(openai, text, Brief(shots=20))

    assert "".join(spans_of(written.storyboard)) == text
    assert len(written.storyboard.shots) == 20
    assert written.spent.requests >= 3
