"""Which shots follow one another, and what makes two takes equal."""

import pytest

from storyreel.catalog.load import load_catalogue
from storyreel.domain.film import Joins
from storyreel.domain.storyboard import JoinKind
from storyreel.domain.values import Size
from storyreel.production.plan import inputs_digest, request_for, strands
from tests.production.conftest import board, film_of
from tests.writing.texts import written

ANIMATIC = load_catalogue().model("animatic")
FOLLOWING = [JoinKind.CHAIN, JoinKind.TAIL, JoinKind.KEYFRAME]


@pytest.mark.parametrize(
    ("joins", "expected"),
    [
        (Joins.AUTO, [["s1"], ["s2", "s3"], ["s4"]]),
        (Joins.CUTS, [["s1"], ["s2"], ["s3"], ["s4"]]),
        (Joins.CHAIN, [["s1", "s2", "s3", "s4"]]),
        (Joins.KEYFRAMES, [["s1", "s2", "s3"], ["s4"]]),
    ],
)
def test_a_strand_is_what_must_be_made_one_after_another(joins: Joins, expected: list[list[str]]) -> None:
    storyboard = board(3, 1, joins={3: JoinKind.CHAIN})

    assert strands(storyboard, joins) == expected


@pytest.mark.parametrize("kind", FOLLOWING)
def test_joins_of_continuous_action_follow_and_others_do_not(kind: JoinKind) -> None:
    assert strands(board(2, joins={2: kind}), Joins.AUTO) == [["s1", "s2"]]
    assert strands(board(2, joins={2: JoinKind.DISSOLVE}), Joins.AUTO) == [["s1"], ["s2"]]


def test_a_chain_that_the_storyboard_asks_for_goes_over_into_the_next_scene() -> None:
    assert strands(board(1, 1, joins={2: JoinKind.CHAIN}), Joins.AUTO) == [["s1", "s2"]]


def test_a_model_that_cannot_begin_on_a_picture_makes_every_shot_alone() -> None:
    assert strands(board(2, joins={2: JoinKind.CHAIN}), Joins.AUTO, chained=False) == [["s1"], ["s2"]]


def test_everything_that_determines_a_take_is_in_its_digest() -> None:
    request = request_for(film_of(board(2)), "s1", ANIMATIC)
    digest = inputs_digest(request, "animatic@animatic", "1")

    assert digest == inputs_digest(request_for(film_of(board(2), "ships-0002"), "s1", ANIMATIC), "animatic@animatic", "1")
    others = [
        inputs_digest(request, "animatic@elsewhere", "1"),
        inputs_digest(request, "animatic@animatic", "2"),
        *(
            inputs_digest(request.model_copy(update=change), "animatic@animatic", "1")
            for change in ({"seed": 1}, {"size": Size(width_px=320, height_px=180)}, {"first_frame": "a" * 64}, {"sound": False})
        ),
    ]
    assert len({digest, *others}) == 7


def test_a_shots_number_matters_only_where_a_slate_shows_it() -> None:
    request = request_for(film_of(board(2)), "s1", ANIMATIC)
    moved = request.model_copy(update={"number": 2})

    assert inputs_digest(request, "r", "") == inputs_digest(moved, "r", "")
    slated, slated_moved = (one.model_copy(update={"slate": True}) for one in (request, moved))
    assert inputs_digest(slated, "r", "") != inputs_digest(slated_moved, "r", "")


def test_a_slate_says_names_and_not_ids() -> None:
    told = written("Анна ждёт на берегу. Анна говорит: «Где ты был всю ночь?»")
    film = film_of(told)
    film = film.model_copy(update={"order": film.order.model_copy(update={"slate": True})})
    captions = [request_for(film, shot.id, ANIMATIC).caption for shot in told.shots]

    assert [line for one in captions if one for line in one.lines] == ["Анна: «Где ты был всю ночь?»"]


def test_only_a_drawn_slate_has_a_caption() -> None:
    film = film_of(board(1))
    slated = film.model_copy(update={"order": film.order.model_copy(update={"slate": True})})

    assert request_for(film, "s1", ANIMATIC).caption is None
    assert request_for(slated, "s1", load_catalogue().model("kling-2.5-turbo")).caption is None
