"""What went wrong, in a person's language, and the buttons that help; for whoever wants to read on, the studio's own sentence."""

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from storyreel.domain.errors import (
    BudgetExceeded,
    CapabilityMissing,
    ContentRejected,
    StoryreelError,
)
from storyreel.domain.money import price_text
from storyreel.doors.bot.booth import Booth
from storyreel.doors.bot.flow import MODEL, TO, WORDS
from storyreel.doors.bot.models import title_of
from storyreel.doors.bot.remedies import BY_CHAT
from storyreel.doors.bot.shown import NEXT
from storyreel.doors.bot.talk import Talk
from storyreel.doors.bot.voice import Voice
from storyreel.doors.languages.failures import failure_text, kept_text
from storyreel.doors.languages.meanings import MEANINGS
from storyreel.doors.languages.words import N_

OWNERS: Mapping[str, str] = {
    "authentication_failed": N_("There is no key for this model here, or it is refused. Take another model."),
    "insufficient_credit": N_(
        "The account at this model's provider is empty. Take another model, or tell the owner of this bot."
    ),
    "submit_outcome_unknown": N_("Nobody knows whether the request arrived. The owner of this bot has to decide."),
    "store_unusable": N_("Something is wrong with the disk or database here. Tell the owner of this bot."),
    "output_unwritable": N_("There is no room here. Tell the owner of this bot."),
}
"""What is said otherwise in a chat, since others than who runs Storyreel are there."""

PLAIN = (
    *("budget_exceeded", "content_rejected", "rate_limited", "provider_unavailable", "timed_out", "route_closed"),
    *("capability_missing", "unknown_model", "output_expired", "output_broken", "no_worker", "line_busy", "cancelled"),
)
"""What is said by its meaning alone; the rest by its facts."""

TEXTS: Mapping[str, str] = {
    **{code: MEANINGS[code] for code in PLAIN},
    **OWNERS,
    "media_unusable": N_("The picture cannot be used by this model. Send another one, or take another model."),
}

OTHER_MODEL = {
    *("authentication_failed", "insufficient_credit", "content_rejected", "provider_unavailable", "route_closed"),
    *("capability_missing", "unknown_model", "media_unusable", "budget_exceeded"),
}
OTHER_WORDS = {"content_rejected", "invalid_request"}


def said_of(said: Voice, code: str, message: str) -> str:
    """An error by its code; one that has no words of its own by its message."""
    return said(TEXTS[code]) if code in TEXTS else kept_text(code, message, said.language)


def told(booth: Booth, talk: Talk, error: StoryreelError) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What is told of an error in a dialog, and the buttons that help: label, and what they send."""
    said = booth.voice(talk.language)
    worded = error.worded(BY_CHAT)
    text = said(TEXTS[error.code]) if error.code in TEXTS else failure_text(error, error.code, worded, talk.language)
    match error:
        case CapabilityMissing():
            text = said("{model} cannot do this: {what}.", model=title_of(booth.studio, error.model, said), what=error.capability)
        case ContentRejected():
            text = said("{provider} refused it: {reason}", provider=error.provider, reason=error.reason)
        case BudgetExceeded():
            with suppress(InvalidOperation):  # of what has no price, no number is told
                text = f"{text} ({price_text(Decimal(error.needed_usd))} > {price_text(Decimal(error.limit_usd))})"
        case _:
            pass
    remedies: list[tuple[str, str]] = []
    if error.code in OTHER_MODEL and talk.draft.model:
        remedies.append((said("⚙️ Another model"), f"{TO}{MODEL}"))
    if error.code in OTHER_WORDS and talk.draft.words:
        remedies.append((said("✏️ Other words"), f"{TO}{WORDS}"))
    if error.retriable:
        remedies.append((said("🔁 Try again"), f"{TO}{talk.screen}" if talk.screen != MODEL else NEXT))
    return text, tuple(remedies)
