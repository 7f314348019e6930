"""A prompt that moderation refused, put otherwise once."""

from datetime import datetime

from storyreel.domain.events import PromptReworded
from storyreel.domain.generation import Take
from storyreel.library import events
from storyreel.library.database import Connection
from storyreel.production.attempts import rewordings
from storyreel.writing.milder import milder

RULES = "rules"


def reworded(connection: Connection, take: Take, now: datetime) -> str | None:
    """The prompt of a refused take in milder words, as it was put before where it was; None where nothing is milder."""
    before = take.request.prompt
    known = next((one.after for one in rewordings(connection, take.film, take.shot) if one.before == before), None)
    if known is not None:
        return known
    after = milder(before)
    if after is not None:
        events.append(connection, take.film, PromptReworded(shot=take.shot, before=before, after=after, by=RULES), now)
    return after
