"""A film that is made smaller for a message is made so once, until it has come."""

import asyncio
from pathlib import Path

from storyreel.doors.bot.fitting import fitted, forget, kept_at
from storyreel.media.probe import probe
from tests.media.footage import make_clip

DIGEST = "ab" * 32


async def test_a_film_that_was_made_to_fit_is_used_again_and_one_that_cannot_be_leaves_nothing(tmp_path: Path) -> None:
    film, turn = make_clip(tmp_path / "film.mp4", frames=24), asyncio.Semaphore(1)
    facts = probe(film)
    kept = kept_at(tmp_path / "work", DIGEST, 200_000)

    made = await fitted(film, facts, kept, 200_000, turn)
    again = await fitted(tmp_path / "gone.mp4", facts, kept, 200_000, turn)
    small = await fitted(film, facts, kept_at(tmp_path / "work", DIGEST, 500), 500, turn)

    assert made == again == kept
    assert probe(kept).seconds == facts.seconds
    assert small is None
    assert [*kept.parent.iterdir()] == [kept]
    forget(kept)
    assert not [*kept.parent.iterdir()]
