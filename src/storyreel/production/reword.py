"""A prompt that moderation refused, put otherwise once: by the order's language model, or by the rules."""

from datetime import datetime
from typing import TYPE_CHECKING

from storyreel.accounts import Account
from storyreel.domain.events import PromptReworded
from storyreel.domain.generation import Key, Take
from storyreel.library import events, films, ledger
from storyreel.library.database import Connection
from storyreel.production.attempts import rewordings
from storyreel.production.floor import Floor

if TYPE_CHECKING:
    from storyreel.writing.llm import Spent

RULES = "rules"
WRITERS = "writer"  # as whose the ledger has the calls of language models


async def reworded(floor: Floor, take: Take) -> str | None:
    """The prompt of a refused take in milder words, as it was put before where it was; None where nothing is milder.

    What a language model takes for it is on the film's bill.
    """
    from storyreel.writing.milder import milder  # a line starts without what writes

    before = take.request.prompt
    known = next((one.after for one in await floor.database.read(rewordings, take.film, take.shot) if one.before == before), None)
    if known is not None:
        return known
    film, account = await floor.database.read(films.film, take.film), floor.accounts.get("openai")
    after, spent = None, None
    if film.order.writer != RULES and account is not None:
        after, spent = await _by_model(take, account, film.order.writer)
    by = spent.model if after is not None and spent is not None else RULES
    return await floor.write(take.film, _tell, take, after or milder(before), by, spent, floor.now)


async def _by_model(take: Take, account: Account, model: str) -> "tuple[str | None, Spent]":
    from storyreel.writing.llm.rephrase import rephrase

    return await rephrase(take.request.prompt, take.error or "", account=account, model=model)


def _tell(connection: Connection, take: Take, after: str | None, by: str, spent: "Spent | None", now: datetime) -> str | None:
    if spent is not None and spent.requests:
        key = Key(film=take.film, shot=f"{take.shot}:words", take=take.number, route=spent.model)
        ledger.record_spent(connection, key, WRITERS, spent.cost_usd, now)
    if after is not None:
        told = PromptReworded(shot=take.shot, before=take.request.prompt, after=after, by=by)
        events.append(connection, take.film, told, now)
    return after
