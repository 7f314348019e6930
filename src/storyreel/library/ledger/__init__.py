"""The call ledger: the write-ahead record of every paid call, by which nothing is paid twice and no budget is passed."""

from storyreel.library.ledger.budgets import must_fit_all, must_fit_key
from storyreel.library.ledger.call import (
    Bill,
    Call,
    bill,
    call,
    call_of_remote,
    calls_of,
    in_attention,
    known_call,
    unbilled,
    unsettled,
)
from storyreel.library.ledger.heard import look_now, open_keys
from storyreel.library.ledger.looks import (
    FARTHEST,
    adopt,
    due_looks,
    postpone_look,
    record_sighting,
    release_leases,
    request_call_cancel,
)
from storyreel.library.ledger.marks import (
    mark_accepted,
    mark_attention,
    mark_cancelled,
    mark_done,
    mark_failed,
    mark_leaving,
    mark_sending,
    mark_unsent,
    recall,
)
from storyreel.library.ledger.reserve import record_spent, reserve
from storyreel.library.ledger.turns import Allowance, UnderWay, take_turns, under_way_at

__all__ = [
    "FARTHEST",
    "Allowance",
    "Bill",
    "Call",
    "UnderWay",
    "adopt",
    "bill",
    "call",
    "call_of_remote",
    "calls_of",
    "due_looks",
    "in_attention",
    "known_call",
    "look_now",
    "mark_accepted",
    "mark_attention",
    "mark_cancelled",
    "mark_done",
    "mark_failed",
    "mark_leaving",
    "mark_sending",
    "mark_unsent",
    "must_fit_all",
    "must_fit_key",
    "open_keys",
    "postpone_look",
    "recall",
    "record_sighting",
    "record_spent",
    "release_leases",
    "request_call_cancel",
    "reserve",
    "take_turns",
    "unbilled",
    "under_way_at",
    "unsettled",
]
