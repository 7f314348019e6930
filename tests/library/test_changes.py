"""Films that change: cuts are kept, locks hold, and what is to be made again is known until the film is ready."""

from decimal import Decimal

import pytest

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.events import FilmChanged, Remake
from storyreel.library import changes, cuts, events, films, takes
from storyreel.library.database import Database
from storyreel.library.guard import ImpossibleChange
from tests.library.rows import CLIP, LAST, NOW, a_board, a_film, a_take

pytestmark = pytest.mark.postgres


def change(database: Database, film_id: str, *remakes: Remake, quote: str | None = None) -> None:
    fact = FilmChanged(what="retake", remakes=remakes, quote_usd=None if quote is None else Decimal(quote))
    database.write_now(films.revise_film, film_id, a_board(), a_film().order, fact, NOW)


def test_every_cut_is_kept_under_its_number_and_the_same_one_once(database: Database, film_id: str) -> None:
    for output, chosen in ((CLIP, ["t1", "t2"]), (CLIP, ["t1", "t2"]), (LAST, ["t1", "t3"])):
        database.write_now(cuts.append_cut, film_id, output, 4.0, chosen, NOW)

    found = database.read_now(cuts.cuts_of, film_id)

    assert [(cut.number, cut.output, cut.takes) for cut in found] == [(1, CLIP, ("t1", "t2")), (2, LAST, ("t1", "t3"))]
    assert database.read_now(cuts.cut_numbered, film_id, 2) == found[1]
    with pytest.raises(InvalidRequest, match="its cuts are 1 to 2"):
        database.read_now(cuts.cut_numbered, film_id, 3)


def test_what_is_to_be_made_again_is_known_until_the_film_is_ready(database: Database, film_id: str) -> None:
    wanted = Remake(shot="s1", after=1, fresh=True)
    change(database, film_id, Remake(shot="s2", after=1))
    change(database, film_id, wanted, quote="0.25")
    told = database.read_now(changes.told_usd, film_id)
    before = database.read_now(changes.remakes, film_id)

    database.write_now(films.start_film, film_id, NOW)
    database.write_now(films.finish_film, film_id, CLIP, 4.0, NOW)

    assert (before, told) == ({"s1": wanted}, Decimal("0.25"))
    assert database.read_now(changes.remakes, film_id) == {}
    assert database.read_now(changes.run_number, film_id) == 3


def test_a_shot_is_locked_and_unlocked_once_each(database: Database, film_id: str) -> None:
    with pytest.raises(ImpossibleChange):
        database.write_now(takes.lock_shot, film_id, "s1", NOW, locked=True)
    database.write_now(takes.insert_take, a_take())
    database.write_now(takes.select_take, film_id, "s1", "t1", NOW)

    for locked in (True, True):
        database.write_now(takes.lock_shot, film_id, "s1", NOW, locked=locked)

    assert database.read_now(takes.locked_shots, film_id) == {"s1"}
    database.write_now(takes.lock_shot, film_id, "s1", NOW, locked=False)
    assert database.read_now(takes.locked_shots, film_id) == frozenset()
    kinds = [event.fact.kind for event in database.read_now(events.since, film_id, 0)]
    assert kinds[-3:] == ["take.selected", "take.locked", "take.unlocked"]
