"""Final prompts: each family of models is told a shot in its own order, and never more than it reads."""

import re

import pytest

from storyreel.catalog.load import load_catalogue
from storyreel.domain.model import Medium
from storyreel.domain.storyboard import Bible, Character, Line, Location, Look, Move, Shot, ShotSize, Subject, Weather
from storyreel.domain.values import Language
from storyreel.writing.prompts import FAMILIES, family_named, negative_for, prompt_for
from tests.writing.texts import FOUNTAIN, KEEPER, KEEPER_RU, STATION, written

DIGEST = "a" * 64
ANNA = Character(id="woman", name="Anna", concept="woman", look=Look(words="a grey coat"), references=(DIGEST,))
PIER = Location(id="pier", name="Pier", place="pier", references=(DIGEST,))
BIBLE = Bible(characters=(ANNA,), locations=(PIER,))
SHOT = Shot(
    id="s01",
    beat="b01",
    description="Anna waits at the end of the pier.",
    subjects=(Subject(name="Anna", concept="woman", member="woman"),),
    size=ShotSize.WIDE,
    move=Move.PUSH_IN,
    weather=Weather.FOG,
    seconds=8,
    dialogue=(Line(speaker="woman", words="You took your time."),),
    sound="waves, a distant horn",
    avoid=("text", "logos"),
)


def told(family: str, shot: Shot = SHOT, **facts: object) -> str:
    asked = {"sound": True, "chained": False, "references": 0, "limit": None, **facts}
    return prompt_for(shot, PIER, family=family, bible=BIBLE, **asked)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("text", [KEEPER, KEEPER_RU, STATION, FOUNTAIN])
def test_every_family_says_what_is_seen_in_whole_sentences_and_the_films_language(family: str, text: str) -> None:
    board = written(text)
    for shot in board.shots:
        prompt = prompt_for(
            shot, board.location_of(shot.id), family=family, bible=board.bible, sound=True, chained=True, references=0, limit=None
        )
        assert shot.description in prompt
        assert not re.search(r"[{}]|\.\.|\.,|  |。，|。。", prompt)
        assert board.language is Language.ENGLISH or not re.search(r"\b(?:the|shot|sound)\b", prompt.replace("Static shot", ""))


def test_veo_is_told_the_camera_first_and_what_is_heard_last() -> None:
    assert told("veo") == (
        "Wide shot, slow push in. Anna waits at the end of the pier. Anna, a grey coat. "
        "Pier, by day, fog, soft light from the sky, calm. "
        "Anna says: “You took your time.” Sound: waves, a distant horn, no music."
    )


def test_omni_is_told_the_seconds_of_each_beat_and_the_tags_of_its_pictures() -> None:
    prompt = told("gemini-omni", references=2)

    assert "<IMAGE_REF_0> shows Anna, <IMAGE_REF_1> shows Pier." in prompt
    assert "[0-6s] Anna waits at the end of the pier. [6-8s] Anna says: “You took your time.”" in prompt
    assert told("gemini-omni", chained=True).startswith("<FIRST_FRAME> The shot goes on from its first frame")


@pytest.mark.parametrize(
    ("family", "tag"), [("seedance", "[Image1] shows Anna"), ("kling", "<<<image_1>>> shows Anna"), ("generic", "The reference")]
)
def test_reference_pictures_are_called_what_the_family_calls_them(family: str, tag: str) -> None:
    assert tag in told(family, references=1)
    assert tag not in told(family)


def test_pictures_of_nobody_in_particular_are_named_together() -> None:
    assert "[Image1] shows Anna, [Image2] shows Pier, [Image3], [Image4] show how it looks." in told("seedance", references=4)


def test_hailuo_is_told_its_camera_by_a_command() -> None:
    assert told("hailuo").startswith("Anna waits at the end of the pier. [Push in]")
    assert "push in" not in told("hailuo")


def test_a_chained_shot_says_that_it_goes_on() -> None:
    assert told("kling", chained=True).startswith("The shot goes on from its first frame without a cut")
    assert "goes on" not in told("kling")


def test_a_model_without_sound_is_told_that_they_speak_and_not_what() -> None:
    prompt = told("kling", sound=False)

    assert "Anna speaks." in prompt
    assert "You took your time" not in prompt
    assert "waves" not in prompt


def test_a_model_that_makes_sound_is_told_where_nobody_speaks() -> None:
    silent = SHOT.model_copy(update={"dialogue": ()})

    assert "nobody speaks, no music" in told("veo", silent)
    assert "nobody speaks" not in told("veo")


@pytest.mark.parametrize("family", ["nano-banana", "gpt-image", "flux", "seedream"])
def test_a_picture_has_no_camera_move_and_no_sound(family: str) -> None:
    prompt = told(family, chained=True)

    assert "Wide shot" in prompt
    assert not re.search("push in|waves|says|speaks|goes on", prompt)


def test_any_family_can_be_told_of_a_picture() -> None:
    assert not re.search("push in|waves|says|speaks", told("generic", still=True))


def test_every_image_model_of_the_catalogue_is_told_of_pictures() -> None:
    models = [one for one in load_catalogue().models if one.medium is Medium.IMAGE and not one.by_name]

    assert models
    assert [one.id for one in models if not family_named(one.family).still] == []


def test_what_must_not_be_seen_is_said_where_the_model_has_no_field_for_it() -> None:
    assert "Nothing of this is seen: text, logos." in told("sora", negative_prompt=False)
    assert "logos" not in told("kling")
    assert negative_for(SHOT, family="kling").startswith("text, logos, ")
    assert negative_for(SHOT, family="generic") == "text, logos"


@pytest.mark.parametrize("limit", range(0, 420, 7))
@pytest.mark.parametrize("family", ["veo", "gemini-omni", "hailuo"])
def test_a_prompt_is_never_longer_than_the_model_reads_nor_cut_inside_a_word(family: str, limit: int) -> None:
    whole, prompt = told(family, chained=True), told(family, chained=True, limit=limit)

    assert len(prompt) <= limit
    assert limit < 30 or {*re.findall(r"\w+", prompt.lower())} <= {*re.findall(r"\w+", whole.lower())}
    assert limit < 40 or "Anna waits at the end of the pier" in prompt


def test_what_matters_least_goes_first_and_speech_stays() -> None:
    short = told("veo", limit=150)

    assert "You took your time" in short
    assert "Wide shot" in short
    assert "a distant horn" not in short


def test_a_chinese_description_is_cut_between_sentences() -> None:
    shot = SHOT.model_copy(update={"description": "老人走进车站。他坐下来等车。", "dialogue": (), "sound": ""})

    assert told("veo", shot, limit=9) == "老人走进车站。"


def test_a_family_that_nobody_knows_is_told_as_any_model() -> None:
    assert told("brand-new") == told("generic")
    assert family_named("brand-new") is family_named("generic")
