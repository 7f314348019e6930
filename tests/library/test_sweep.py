"""A sweep removes what nothing refers to and is old, and nothing else, whatever happens beside it.

Requirement B5 (temporary files).
"""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyreel.domain.storyboard import Bible, Character
from storyreel.library import films, takes
from storyreel.library.blobs import Blobs
from storyreel.library.database import Database
from storyreel.library.home import Home
from storyreel.library.known_blobs import blob_known
from storyreel.library.sweep import sweep
from tests.library.rows import LAST, NOW, a_film, a_take
from tests.properties import examples

DAY = timedelta(days=1)


def age(path: Path, *, to: datetime = NOW - DAY) -> None:
    os.utime(path, (to.timestamp(), to.timestamp()))


async def old_blob(blobs: Blobs, data: bytes) -> str:
    digest = await blobs.put_bytes(data)
    age(blobs.path(digest))
    return digest


async def test_what_nothing_refers_to_goes(home: Home, database: Database, blobs: Blobs) -> None:
    digest = await old_blob(blobs, b"orphan")
    swept = await sweep(home, database, blobs, now=NOW)
    assert (swept.blobs, swept.blob_bytes, swept.kept) == (1, 6, 0)
    assert not await blobs.exists(digest)


async def test_a_dry_run_tells_the_same_and_removes_nothing(home: Home, database: Database, blobs: Blobs) -> None:
    digest = await old_blob(blobs, b"orphan")
    (home.work / "leftover").write_bytes(b"123")
    age(home.work / "leftover")
    told = await sweep(home, database, blobs, now=NOW, dry_run=True)
    assert await blobs.exists(digest)
    assert (home.work / "leftover").exists()
    assert await sweep(home, database, blobs, now=NOW) == told
    assert (told.bytes, told.leftovers) == (9, 1)


async def test_a_young_blob_is_kept_until_somebody_could_have_named_it(home: Home, database: Database, blobs: Blobs) -> None:
    digest = await blobs.put_bytes(b"just fetched")
    age(blobs.path(digest), to=NOW - timedelta(minutes=59))
    await sweep(home, database, blobs, now=NOW)
    assert await blobs.exists(digest)


@pytest.mark.parametrize(
    "place", ["film output", "take output", "last frame", "first frame", "order", "bible", "request references"]
)
async def test_what_a_row_names_is_kept(home: Home, database: Database, blobs: Blobs, place: str) -> None:
    digest = await old_blob(blobs, b"needed")
    film, take = a_film(), a_take()
    if place == "order":
        film = a_film(first_frame=digest)
    if place == "bible":
        bible = Bible(characters=(Character(id="k", name="Keeper", references=(digest,)),))
        film = film.model_copy(update={"storyboard": film.storyboard.model_copy(update={"bible": bible})})
    if place == "first frame":
        take = take.model_copy(update={"request": take.request.model_copy(update={"first_frame": digest})})
    if place == "request references":
        take = take.model_copy(update={"request": take.request.model_copy(update={"references": (LAST, digest)})})
    await database.write(films.insert_film, film)
    await database.write(takes.insert_take, take)
    if place in {"take output", "last frame"}:
        output, last = (digest, None) if place == "take output" else (LAST, digest)
        await database.write(takes.finish_take, take.id, output, last, 2.0, Decimal(0), NOW)
    if place == "film output":
        await database.write(films.start_film, film.id, NOW)
        await database.write(films.finish_film, film.id, digest, 4.0, NOW)
    swept = await sweep(home, database, blobs, now=NOW)
    assert (swept.blobs, swept.kept) == (0, 1)
    assert await blobs.exists(digest)


async def test_a_deleted_films_blobs_go_and_are_no_longer_known(
    home: Home, database: Database, blobs: Blobs, film_id: str
) -> None:
    digest = await old_blob(blobs, b"film")
    await database.write(films.start_film, film_id, NOW)
    await database.write(films.finish_film, film_id, digest, 4.0, NOW)
    await database.write(films.delete_film, film_id)
    assert (await sweep(home, database, blobs, now=NOW)).blobs == 1
    assert not await database.read(blob_known, digest)


async def test_what_broken_work_left_goes_when_it_is_old(home: Home, database: Database, blobs: Blobs) -> None:
    for name in ("line/old", "line/young"):
        (home.work / name).mkdir(parents=True)
        (home.work / name / "frame.png").write_bytes(b"12")
    (home.blobs / "incoming").mkdir()
    (home.blobs / "incoming" / "0123#1").write_bytes(b"345")  # what a killed copy leaves
    for path in ("work/line/old/frame.png", "work/line/old", "work/line", "blobs/incoming/0123#1"):
        age(home.root / path)
    age(home.work / "line" / "young", to=NOW - DAY)
    age(home.work / "line" / "young" / "frame.png", to=NOW)
    swept = await sweep(home, database, blobs, now=NOW)
    assert (swept.leftovers, swept.leftover_bytes) == (2, 5)
    assert sorted(path.name for path in (home.work / "line").iterdir()) == ["young"]


async def test_an_old_blob_that_is_put_again_meanwhile_is_kept(home: Home, database: Database, blobs: Blobs) -> None:
    data = [b"%d" % number for number in range(60)]
    digests = [await blobs.put_bytes(one) for one in data]
    for digest in digests:
        age(blobs.path(digest), to=datetime.now(UTC) - DAY)
    puts = [blobs.put_bytes(one) for one in data]
    await asyncio.gather(sweep(home, database, blobs, now=datetime.now(UTC)), *puts)
    assert {one.digest for one in await blobs.stored()} == set(digests)


@settings(
    max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(named=st.sets(st.integers(0, 9)), young=st.sets(st.integers(0, 9)))
def test_exactly_the_old_and_unnamed_go(tmp_path_factory: pytest.TempPathFactory, named: set[int], young: set[int]) -> None:
    home = Home(tmp_path_factory.mktemp("home")).create()
    blobs = Blobs(home.blobs)
    with Database.open(home.database_url) as database:
        kept = asyncio.run(_sweep_some(home, database, blobs, named, young))
    blobs.close()
    assert kept == named | young


async def _sweep_some(home: Home, database: Database, blobs: Blobs, named: set[int], young: set[int]) -> set[int]:
    digests = {number: await old_blob(blobs, b"%d" % number) for number in range(10)}
    for number in named:
        await database.write(films.insert_film, a_film(f"film-000{number}", first_frame=digests[number]))
    for number in young:
        age(blobs.path(digests[number]), to=NOW)
    await sweep(home, database, blobs, now=NOW)
    return {number for number, digest in digests.items() if await blobs.exists(digest)}
