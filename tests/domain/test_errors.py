"""Errors: what each says of itself."""

import copy
import inspect
import pickle

import pytest

from storyreel.domain import errors
from storyreel.domain.advice import Advice, Remedy, recalled
from storyreel.domain.errors import (
    BudgetExceeded,
    Cancelled,
    RateLimited,
    StoryreelError,
    SubmitOutcomeUnknown,
    restored,
    told_later,
)
from storyreel.domain.said import said

KINDS = [kind for kind in vars(errors).values() if inspect.isclass(kind) and issubclass(kind, StoryreelError)]


def test_what_helps_is_said_by_each_door_in_its_own_words() -> None:
    budget = Advice("Raise ", Remedy.BUDGET, ", then ", Remedy.APPROVE.of(film="fox-1"), ".")
    error = BudgetExceeded(budget, budget="film", limit_usd="1", needed_usd="2").of_change("edit")
    words = {Remedy.BUDGET: "`budget`", Remedy.APPROVE: "POST /films/{film}/approve"}

    for one in (error, pickle.loads(pickle.dumps(error.args[0])), copy.copy(error.args[0])):
        assert "Raise --budget, then storyreel approve fox-1. The film" in str(one)
        assert "Raise `budget`, then POST /films/fox-1/approve. The film" in one.worded(words)
    assert RateLimited(provider="fal", retry_after_s=2).worded(words).endswith("in 2 s.")


def test_what_helps_in_a_plain_message_is_said_by_each_door_too() -> None:
    lost = SubmitOutcomeUnknown(provider="fal", detail="no answer")
    words = {Remedy.ATTENTION: "the film's page", Remedy.GO_ON: "POST /films/{film}/resume"}

    assert "decide by `storyreel attention`." in str(lost)
    assert "decide by the film's page." in lost.worded(words)
    assert "POST /films/fox-1/resume goes on" in Cancelled("The film fox-1", film="fox-1").worded(words)


@pytest.mark.parametrize("remedy", Remedy)
def test_what_helps_is_known_again_in_a_message_that_was_kept(remedy: Remedy) -> None:
    kept = f"Do this: {remedy.of(film='fox-1', shot='s02')}. Then wait."

    told = recalled(kept, "fox-1")

    assert told == kept
    assert told.worded({remedy: "POST /films/{film}"}) == "Do this: POST /films/fox-1. Then wait."
    assert Advice(Remedy.RESUME).worded({Remedy.RESUME: "POST /films/{film}"}) == "POST /films/FILM"


def test_an_option_inside_of_a_command_stays_a_word_of_that_command() -> None:
    kept = "The next call would pass --budget. Make one: `storyreel keys create NAME --budget USD`, or `storyreel films`."
    words = {Remedy.BUDGET: "`budget`", Remedy.FILMS: "GET /v1/films"}

    told = recalled(kept, "fox-1").worded(words)

    assert told == "The next call would pass `budget`. Make one: `storyreel keys create NAME --budget USD`, or GET /v1/films."


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in KINDS]

    assert len(codes) == len(set(codes))


def test_the_tree_in_the_docstring_names_every_error() -> None:
    tree = inspect.getdoc(errors) or ""

    assert [kind.__name__ for kind in KINDS if kind.__name__ not in tree] == []


def test_an_error_that_was_kept_comes_back_as_its_own_class() -> None:
    error = RateLimited(provider="replicate", retry_after_s=12)

    again = restored(error.code, str(error))

    assert isinstance(again, RateLimited)
    assert str(again) == str(error)
    assert again.retriable


def test_an_unknown_code_comes_back_as_a_plain_error() -> None:
    assert type(restored("from the future", "It broke.")) is StoryreelError


def test_what_others_say_is_shown_short_without_keys_passwords_and_signed_addresses() -> None:
    told = said("the key sk-1 \n may not read https://u:pw@store.example/c.mp4?Signature=ab now " + "x" * 900, ["sk-1", ""])

    assert told.startswith("the key *** may not read https://store.example/c.mp4 now xx")
    assert len(told) == 301


@pytest.mark.parametrize(
    ("code", "words", "told"),
    [
        (
            "content_rejected",
            "I can't make this video",
            "gemini refused the request: I can't make this video. Reword it, or choose another model.",
        ),
        (
            "provider_unavailable",
            "The model broke off.",
            "gemini is not answering as it should: The model broke off. Try again later (a film that stopped:"
            " `storyreel resume`), or choose another model.",
        ),
        ("output_broken", "it holds no clip", "gemini: it holds no clip. `storyreel resume` makes another take."),
        ("content_rejected", "Gemini refuses: no.", "Gemini refuses: no."),
        ("invalid_request", "the seed is wrong", "the seed is wrong"),
    ],
)
def test_what_came_to_nothing_later_is_told_with_the_provider_and_what_to_do(code: str, words: str, told: str) -> None:
    assert told_later("gemini", code, words) == told
