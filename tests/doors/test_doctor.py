"""What `doctor` tells a person of the line: what waits, who works, what is open, in doubt and failed, and what to do."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from storyreel.domain.generation import Key, Repeat
from storyreel.library import films, ledger
from storyreel.library.database import Connection, Database
from storyreel.library.home import Home
from storyreel.production.lease import Lease
from tests.doors.conftest import Cli
from tests.library.rows import a_film

ROUTE = "kling-2.5-turbo@replicate"


def fill(connection: Connection) -> None:
    """A film that waits, with four calls: waiting, sent, in doubt, failed."""
    then = datetime.now(UTC) - timedelta(minutes=12)
    films.insert_film(connection, a_film(created=then))
    keys = [Key(film="lighthouse-0001", shot=f"s{number}", take=1, route=ROUTE) for number in range(4)]
    for key in keys:
        ledger.reserve(connection, key, f"take-{key.shot}", "replicate", Repeat.NONE, Decimal("0.25"), then)
    for key in keys[1:]:
        ledger.mark_sending(connection, key, "me", then)
    ledger.mark_accepted(connection, keys[1], "remote-1", then, then)
    ledger.mark_attention(connection, keys[2], "submit_outcome_unknown", "nobody knows", then)
    ledger.mark_failed(connection, keys[3], "insufficient_credit", "no credit", datetime.now(UTC))
    for number in range(5):
        key = Key(film="lighthouse-0001", shot=f"s{number}", take=2, route="kling-3@fal")
        ledger.reserve(connection, key, "take", "fal", Repeat.NONE, Decimal("0.25"), then)
        ledger.mark_failed(connection, key, "provider_unavailable", "down", datetime.now(UTC))


@pytest.fixture
def home(folder: Path) -> Home:
    made = Home(folder.parent / "home").create()
    with Database.open(made.database_url) as database:
        database.write_now(fill)
    return made


def test_the_doctor_tells_how_the_line_stands_and_what_to_do(cli: Cli, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYREEL_REPLICATE_IN_FLIGHT", "6")

    done = cli("doctor")

    told = [re.sub(r"\s{2,}", " | ", line) for line in done.out.splitlines()]
    assert done.code == 0
    assert "Films | 1 waiting, the first for 12 min" in told
    assert "Line | nobody works on it now" in told
    calls = "1 of 6 at once under way, 1 waiting for a turn, 1 in doubt, $0.75 held, the oldest for 12 min"
    assert f"Calls | replicate: {calls}" in told
    assert "Failed | fal, in the last day: provider_unavailable 5" in told
    assert "replicate, in the last day: insufficient_credit 1" in done.out
    assert re.search(r"Resting +kling-3@fal, until [\d:]+: 5 failures in a row, provider_unavailable", done.out)
    assert [line for line in told if line.startswith("To do")] == [
        "To do | 1 call may or may not have arrived, so a person decides: storyreel attention",
        "To do | 1 film is not finished, and nobody works on the line: storyreel resume",
        "To do | replicate: the key is refused, or the credit used up. Mend that there, then: storyreel resume",
    ]


def test_the_doctor_knows_who_works_on_the_line_and_leaves_it_to_him(cli: Cli, home: Home) -> None:
    lease = Lease(home.lock)
    assert lease.try_take()
    try:
        line = cli("doctor", "--json").json["line"]
        assert line["owner"] == lease.owner()
        assert (line["queue"]["waiting"], line["calls"][0]["attention"], line["workers"]) == (1, 1, None)
        assert lease.held
    finally:
        lease.give_back()


def overfill(connection: Connection) -> None:
    """More calls than may be under way at once, as processes that ended left them."""
    then = datetime.now(UTC) - timedelta(minutes=12)
    for number in range(3):
        key = Key(film="lighthouse-0001", shot=f"s{number}", take=3, route=ROUTE)
        ledger.reserve(connection, key, f"take-{number}", "replicate", Repeat.NONE, Decimal("0.25"), then)
        ledger.mark_sending(connection, key, "me", then)


def test_calls_that_were_left_are_not_told_to_be_under_way(cli: Cli, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYREEL_REPLICATE_IN_FLIGHT", "2")
    with Database.open(home.database_url) as database:
        database.write_now(overfill)

    done = cli("doctor")

    assert "replicate: 4 begun, which go on with `storyreel resume`" in done.out
    assert " of 2 at once" not in done.out
