"""Each rule of the lint, on the smallest storyboard that breaks it."""

from typing import Any

import pytest

from storyreel.domain.model import Durations, Limits, Mode
from storyreel.domain.storyboard import Finding, Severity, Storyboard
from storyreel.writing import lint
from tests.writing.texts import written

BOY: dict[str, Any] = {"name": "boy", "concept": "boy", "member": "boy"}
GIRL: dict[str, Any] = {"name": "girl", "concept": "girl", "member": "girl"}
MAN: dict[str, Any] = {"name": "man", "concept": "man", "member": "man"}
BIBLE = {"characters": [{"id": one["member"], "name": one["name"], "concept": one["concept"]} for one in (BOY, GIRL, MAN)]}


def _film(*shots: dict[str, Any]) -> Storyboard:
    filled = [
        {"id": f"s{number}", "beat": "b1", "description": "A boy stands still.", "seconds": 4, "size": "wide", **shot}
        for number, shot in enumerate(shots)
    ]
    return Storyboard.model_validate(
        {"title": "Film", "bible": BIBLE, "scenes": [{"id": "1", "heading": "", "location": "x", "shots": filled}]}
    )


def _speech(words: str) -> list[dict[str, str]]:
    return [{"speaker": "boy", "words": words}]


def _names(findings: tuple[Finding, ...]) -> dict[str, Severity]:
    return {one.rule: one.severity for one in findings}


PLAIN: dict[str, Any] = {}
STRONG = ({"move": "crane up"}, {"move": "orbit", "size": "medium"}, {"move": "handheld"})
FACING = {"subjects": [{**BOY, "facing": "right"}, {**GIRL, "facing": "left"}]}
CROSSED = {"subjects": [{**BOY, "facing": "left"}, {**GIRL, "facing": "right"}], "size": "medium"}
ACTING = [{**BOY, "action": "runs"}, {**GIRL, "action": "sings"}, {**MAN, "action": "waves"}]
NEUTRAL = {"subjects": [{**BOY, "facing": "away"}], "size": "close-up"}


@pytest.mark.parametrize(
    ("rule", "severity", "shots"),
    [
        ("same-size-twice", Severity.NOTE, ({"subjects": [BOY]}, {"subjects": [BOY]})),
        ("two-actions", Severity.WARN, ({"description": "A boy wakes up; then he runs to the door."},)),
        (
            "two-actions",
            Severity.WARN,
            ({"description": "The cat jumps onto the table, knocks over a vase, and hides under the bed."},),
        ),
        ("words-do-not-fit", Severity.ERROR, ({"seconds": 2, "dialogue": _speech("one two three four five six seven eight")},)),
        ("no-establishing-shot", Severity.NOTE, ({"size": "close-up"}, {"size": "detail"})),
        ("line-crossed", Severity.WARN, (FACING, CROSSED)),
        (
            "direction-flips",
            Severity.WARN,
            ({"subjects": [{**BOY, "pose": "run"}]}, {"subjects": [{**BOY, "pose": "run", "facing": "left"}], "size": "medium"}),
        ),
        ("never-introduced", Severity.WARN, ({"subjects": [{"name": "Eve", "member": "eve"}]},)),
        ("never-introduced", Severity.WARN, ({"dialogue": [{"speaker": "Eve", "words": "Hello."}]},)),
        ("three-strong-moves", Severity.NOTE, STRONG),
        ("pan-against-pan", Severity.NOTE, ({"move": "pan left"}, {"move": "pan right"})),
        ("text-in-picture", Severity.WARN, ({"description": "A sign reads WELCOME."},)),
        ("reference-to-before", Severity.WARN, ({"description": "The same boy stands there."},)),
        ("often-refused", Severity.NOTE, ({"description": "Blood drips on the floor."},)),
        (
            "too-many-acting",
            Severity.WARN,
            ({"subjects": ACTING},),
        ),
        ("one-size", Severity.NOTE, (PLAIN, PLAIN, PLAIN)),
    ],
)
def test_a_breach_is_found_once_and_told_with_a_remedy(rule: str, severity: Severity, shots: tuple[dict[str, Any], ...]) -> None:
    found = [one for one in lint(_film(*shots)) if one.rule == rule]

    assert [one.severity for one in found] == [severity]
    assert found[0].message
    assert found[0].remedy


def test_a_neutral_shot_lets_the_line_be_crossed() -> None:
    assert "line-crossed" not in _names(lint(_film(FACING, NEUTRAL, CROSSED)))


def test_a_sound_shot_has_no_findings() -> None:
    assert lint(_film({"subjects": [BOY]})) == ()


def test_a_model_adds_the_lengths_and_references_it_needs() -> None:
    limits = Limits(modes=(Mode.TEXT, Mode.REFERENCES), durations=Durations(choices_s=(5, 10)))

    found = _names(lint(_film({"subjects": [BOY]}), limits))

    assert found == {"seconds-not-made": Severity.ERROR, "without-reference": Severity.NOTE}


def test_a_length_that_only_some_resolutions_have_is_made_and_told_with_them() -> None:
    lengths = Durations(choices_s=(4, 8), forced_by_resolution={"1080p": (8,)})
    all_of_it = Limits(modes=(Mode.TEXT,), durations=lengths, resolutions=("720p", "1080p"))
    large = all_of_it.model_copy(update={"resolutions": ("1080p",)})

    assert "seconds-not-made" not in _names(lint(_film(PLAIN), all_of_it))
    [told] = [one for one in lint(_film(PLAIN), large) if one.rule == "seconds-not-made"]
    assert told.remedy == "It makes 4, 8 s; at 1080p only 8 s."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The cat jumps onto the table, knocks over a vase, and hides under the bed", "It tells 3 actions one after another."),
        ("Кот прыгает на стол, опрокидывает вазу и прячется под кровать", "It tells 3 actions one after another."),
        ("猫跳上桌子，跳下桌子，躲到床下", "It tells 3 actions one after another."),
        ("The cat walks along the wall, humming, and looks at the apples, pears and plums", None),
        ("He opens the door and smiles", None),
    ],
)
def test_what_one_does_in_a_row_is_counted(text: str, told: str | None) -> None:
    found = [one.message for one in lint(written(text, shots=1)) if one.rule == "two-actions"]

    assert found == ([told] if told else [])


def test_what_covers_a_beat_is_not_said_to_do_too_much() -> None:
    storyboard = written("A woman drives along the coast at dusk.")
    coast = [
        shot.model_copy(update={"description": "The coast runs on until it is lost in haze, then fades."})
        if shot.words is None
        else shot
        for scene in storyboard.scenes
        for shot in scene.shots
    ]
    scenes = (storyboard.scenes[0].model_copy(update={"shots": tuple(coast)}),)

    assert "one after another" not in " ".join(one.message for one in lint(storyboard.model_copy(update={"scenes": scenes})))
