"""Which films of a shared line a worker believes to be its own. Requirement F10."""

from collections.abc import Collection

from typing_extensions import override

from storyreel.domain.film import Film, FilmState
from storyreel.domain.values import JSON
from storyreel.library import films
from storyreel.production.engine_memory import MemoryEngine
from storyreel.production.floor import Floor
from storyreel.production.works import Works
from tests.production.conftest import board, film_of


class Elsewhere(MemoryEngine):
    """An engine whose every run another worker was the first to begin."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.over: set[str] = set()
        self.asked: list[str] = []

    @override
    async def start(self, kind: str, key: str, *spec: JSON) -> bool:
        if key in self.over:
            return False
        self.begun.append(key)
        return True

    @override
    async def known(self, keys: Collection[str]) -> dict[str, bool]:
        self.asked += keys
        return {key: key not in self.over for key in keys if key in self.begun}


async def produced_elsewhere(floor: Floor) -> Film:
    floor.shared = True
    film = film_of(board(1))
    await floor.database.write(films.insert_film, film)
    await floor.database.write(films.start_film, film.id, floor.now)
    return film


async def test_a_film_that_another_worker_was_first_to_begin_is_not_our_own_and_may_be_later(floor: Floor) -> None:
    film, engine = await produced_elsewhere(floor), Elsewhere()
    works = Works(floor, lambda: engine)
    await works.open(lambda: None)

    await works.take_over([])
    assert not works.works_on(film.id)

    await floor.database.write(films.fail_film, film.id, "error", "it broke", floor.now)
    await floor.database.write(films.resume_film, film.id, floor.now)
    await works.claim(1)
    await works.stop()
    assert (await floor.database.read(films.film, film.id)).state is FilmState.PRODUCING
    assert engine.begun == [f"{film.id}/1", f"{film.id}/2"]


async def test_what_the_engine_knows_is_asked_once(floor: Floor) -> None:
    film, engine = await produced_elsewhere(floor), Elsewhere()
    engine.begun.append(f"{film.id}/1")
    works = Works(floor, lambda: engine)
    await works.open(lambda: None)

    await works.take_over([])
    await works.take_over([])
    await works.stop()

    assert (engine.asked, engine.begun) == ([f"{film.id}/1"], [f"{film.id}/1"])


async def test_a_film_whose_run_ended_before_it_did_is_begun_again_by_whoever_finds_it(floor: Floor) -> None:
    film, engine = await produced_elsewhere(floor), Elsewhere()
    engine.begun += [f"{film.id}/1", f"{film.id}/2"]
    engine.over = set(engine.begun)  # broken off by a worker that could not keep why
    works = Works(floor, lambda: engine)
    await works.open(lambda: None)

    await works.take_over([])
    await works.take_over([])
    await works.stop()

    assert engine.begun == [f"{film.id}/{number}" for number in (1, 2, 3)]


async def test_a_film_that_ended_with_its_run_while_the_engine_was_asked_is_left_alone(floor: Floor) -> None:
    film = await produced_elsewhere(floor)

    class Ending(Elsewhere):
        @override
        async def known(self, keys: Collection[str]) -> dict[str, bool]:
            await floor.database.write(films.fail_film, film.id, "error", "it broke", floor.now)
            return await super().known(keys)

    engine = Ending()
    engine.begun, engine.over = [f"{film.id}/1"], {f"{film.id}/1"}
    works = Works(floor, lambda: engine)
    await works.open(lambda: None)

    await works.take_over([])
    await works.stop()

    assert engine.begun == [f"{film.id}/1"]
