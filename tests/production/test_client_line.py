"""A process that hands its films to workers, where nobody works. Requirement F10."""

from datetime import timedelta
from pathlib import Path

import pytest

from storyreel.domain.errors import NoWorker
from storyreel.domain.film import FilmState
from storyreel.library import films
from storyreel.production.opening import open_line
from storyreel.production.sharing import Sharing
from tests.postgres import Server
from tests.production.conftest import CATALOGUE, board, film_of, in_memory
from tests.production.scripted import Cloud


@pytest.mark.postgres
async def test_who_waits_where_nobody_works_hears_of_it_and_the_film_is_kept(postgres: Server, home: Path, cloud: Cloud) -> None:
    name = postgres.create()
    sharing = Sharing(database=postgres.url(name), lease=timedelta(seconds=0.1))
    async with await open_line(home, catalogue=CATALOGUE, opener=cloud.open, make_engine=in_memory, sharing=sharing) as line:
        await line.produce(film_of(board(1)))
        with pytest.raises(NoWorker, match="storyreel worker"):
            await line.wait("ships-0001")

        kept = await line.database.read(films.film, "ships-0001")
        assert (kept.state, line.owned) == (FilmState.QUEUED, False)
    postgres.drop(name)
