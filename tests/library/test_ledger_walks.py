"""Any walk through the ledger: money is held or settled, never both, never more than the budget, and never twice.

Requirements F2 and F3.
"""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from storyreel.domain.errors import BudgetExceeded
from storyreel.domain.generation import CallState, Repeat
from storyreel.library import films, ledger
from storyreel.library.database import Database
from storyreel.library.guard import ImpossibleChange
from tests.library.rows import CLIP, NOW, a_film, a_key, later
from tests.properties import examples

BUDGET = Decimal(3)
TAKES = st.integers(1, 4)
PRICES = st.decimals(Decimal(0), Decimal(2), places=6)


class Walk(RuleBasedStateMachine):
    """Four calls of one film, marked in any order; a mark that is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.database = Database.open(f"sqlite:///{Path(self.folder.name) / 'walk.db'}")
        self.database.write_now(films.insert_film, a_film(budget=str(BUDGET)))
        self.sent: dict[int, int] = {}

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    @rule(take=TAKES, quote=PRICES, repeat=st.sampled_from(Repeat))
    def reserve(self, take: int, quote: Decimal, repeat: Repeat) -> None:
        try:
            self.database.write_now(ledger.reserve, a_key(take=take), "t", "cloud", repeat, quote, NOW)
        except BudgetExceeded:
            bill = self.database.read_now(ledger.bill, "lighthouse-0001")
            assert bill.reserved_usd + bill.settled_usd + quote > BUDGET

    @rule(take=TAKES, process=st.sampled_from(["me", "you"]))
    def send(self, take: int, process: str) -> None:
        before = self.database.read_now(ledger.call, a_key(take=take))
        try:
            self.database.write_now(ledger.mark_sending, a_key(take=take), process, later(60))
        except ImpossibleChange:
            return
        assert before is not None
        assert before.state is CallState.RESERVED or before.repeat is Repeat.KEY

    @rule(take=TAKES, cost=PRICES, to=st.sampled_from(["unsent", "accepted", "done", "failed", "cancelled", "attention"]))
    def move(self, take: int, cost: Decimal, to: str) -> None:
        key = a_key(take=take)
        moves = {
            "unsent": lambda: self.database.write_now(ledger.mark_unsent, key, NOW),
            "accepted": lambda: self.database.write_now(ledger.mark_accepted, key, f"r{take}", NOW, NOW),
            "done": lambda: self.database.write_now(ledger.mark_done, key, CLIP, cost, NOW),
            "failed": lambda: self.database.write_now(ledger.mark_failed, key, "timed_out", "Too slow.", NOW, cost),
            "cancelled": lambda: self.database.write_now(ledger.mark_cancelled, key, NOW, cost),
            "attention": lambda: self.database.write_now(ledger.mark_attention, key, "unknown", "Who knows?", NOW),
        }
        before = self.database.read_now(ledger.call, key)
        try:
            moves[to]()
        except ImpossibleChange:
            assert self.database.read_now(ledger.call, key) == before

    @rule(take=TAKES)
    def look(self, take: int) -> None:
        claimed = self.database.write_now(ledger.due_looks, NOW, "me", later(30))
        assert all(call.state is CallState.ACCEPTED for call in claimed)
        assert self.database.write_now(ledger.due_looks, NOW, "you", later(30)) == []
        self.database.write_now(ledger.release_leases)

    @invariant()
    def money_is_held_or_settled(self) -> None:
        calls = self.database.read_now(ledger.calls_of, "lighthouse-0001")
        for call in calls:
            settled = call.state in {CallState.DONE, CallState.FAILED, CallState.CANCELLED}
            assert call.reserved_usd == (0 if settled else call.quote_usd)
            assert settled or call.cost_usd == 0
        bill = self.database.read_now(ledger.bill, "lighthouse-0001")
        assert bill.reserved_usd == sum(call.reserved_usd for call in calls)
        assert bill.settled_usd == sum(call.cost_usd for call in calls)


Walk.TestCase.settings = settings(max_examples=examples(15), stateful_step_count=20, deadline=None)
test_any_walk_keeps_the_books = Walk.TestCase
