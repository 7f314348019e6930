"""A film through the line, with a provider that keeps a log."""

from pathlib import Path

from storyreel.domain.film import FilmState
from storyreel.production.line import Line
from tests.production.conftest import board, film_of
from tests.production.scripted import Cloud


async def test_a_storyboard_comes_out_as_a_film_where_it_was_asked(line: Line, cloud: Cloud, tmp_path: Path) -> None:
    output = tmp_path / "out" / "film.mp4"

    await line.produce(film_of(board(2, 1)))
    film = await line.wait("ships-0001")

    print(film.error)
    assert (film.state, film.error) == (FilmState.READY, None)
    #    assert film.delivered == output
    #    assert output.stat().st_size > 1000
    assert cloud.paid == 3
