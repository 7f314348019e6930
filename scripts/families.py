"""Every open way to every video model makes a film of three shots at its provider's stand-in: by chain, and by keyframes.

    python scripts/families.py FOLDER [WORD ...]      # only models whose name, title or provider has each word

Prints how far each shot's first picture is from the one that it should begin on (mean difference of a pixel, 0 to 255), and
leaves a sheet for each film in FOLDER: a row a shot, the picture it should begin on, its first, its last. A new scene is a cut.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image

from storyreel.accounts import accounts_of
from storyreel.catalog.catalogue import is_open, narrowed
from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import StoryreelError
from storyreel.domain.film import Film, Joins
from storyreel.domain.model import Medium, Mode, Model, Route
from storyreel.media.frames import first_frame, last_frame
from storyreel.orders import FilmWishes
from storyreel.production.plan import strands
from storyreel.settings import Settings
from storyreel.standins.serve import CLOUDS, running
from storyreel.studio import Studio

STORY = "A fox runs through the snow. The fox stops. The fox looks back."
SPEED = 200.0
NEAR = 12.0  # a first picture differs so much from what it was given by being encoded
BY_NAME = {
    "huggingface": "huggingface:Wan-AI/Wan2.2-TI2V-5B",
    "videos": "videos:wan2.2",
    "openrouter": "openrouter:google/veo-3.1",
}
JoinsWish = Literal["chain", "keyframes"]
CELL = (320, 180)


def ways(words: Sequence[str]) -> Iterator[tuple[Model, Route]]:
    """Every open route of a video model whose provider has a stand-in."""
    catalogue = load_catalogue()
    today = Studio().today
    for model in catalogue.search(" ".join(words), Medium.VIDEO, open_on=today):
        for route in model.routes:
            if route.provider in CLOUDS and is_open(route, today):
                yield narrowed(model, route), route


async def film_of(studio: Studio, name: str, joins: JoinsWish, output: Path) -> str:
    """A film, looked at: how far each shot begins from where it should, or why there is none."""
    wishes = FilmWishes(
        model=name, joins=joins, keyframe_model="flux-kontext-pro@replicate", allow_unpriced=True, output=output, shots=3
    )
    try:
        film = await studio.make_film(STORY, **wishes)
    except StoryreelError as error:
        return f"{error.code}: {error}"
    distances = list(_distances(film, output, joins))
    good = all(distance < NEAR for distance in distances)
    return f"{'ok' if good else 'FAR'}  {', '.join(f'{distance:.1f}' for distance in distances)}"


def _distances(film: Film, output: Path, joins: JoinsWish) -> Iterator[float]:
    """How far each shot begins from the picture that it should begin on; the pictures as a sheet beside the film."""
    clips = sorted((output.parent / "takes").glob("*.mp4"))
    sheet = Image.new("RGB", (CELL[0] * 3, CELL[1] * len(clips)))
    follows = {shot for strand in strands(film.storyboard, Joins.CHAIN) for shot in strand[1:]}
    before: Image.Image | None = None
    for row, (shot, clip) in enumerate(zip(film.storyboard.shots, clips, strict=True)):
        drawn = output.parent / "keyframes" / f"shot-{row + 1:02}.png"
        wanted = Image.open(drawn).convert("RGB") if joins == "keyframes" else before if shot.id in follows else None
        first, last = first_frame(clip), last_frame(clip)
        for column, picture in enumerate((wanted, first, last)):
            if picture is not None:
                sheet.paste(picture.resize(CELL), (column * CELL[0], row * CELL[1]))
        if wanted is not None:
            yield _distance(wanted, first)
        before = last
    sheet.save(output.parent / "pictures.png")


def _distance(one: Image.Image, other: Image.Image) -> float:
    small = [np.asarray(picture.resize(CELL).convert("RGB"), dtype=np.float32) for picture in (one, other)]
    return float(np.abs(small[0] - small[1]).mean())


def _jobs(model: Model, route: Route) -> Iterator[tuple[str, JoinsWish]]:
    """A film by chain where the way can begin on words and on a picture, one by keyframes where it can begin on a picture."""
    name = BY_NAME.get(model.id) if model.by_name else f"{model.id}@{route.provider}"
    if name is None or Mode.FIRST_FRAME not in model.limits.modes:
        return
    if Mode.TEXT in model.limits.modes:
        yield name, "chain"
    yield name, "keyframes"


async def main() -> int:
    """All ways, a few at once; fails where one does."""
    folder, words = Path(sys.argv[1]), sys.argv[2:]
    jobs = [job for model, route in ways(words) for job in _jobs(model, route)]
    async with AsyncExitStack() as stack:
        clouds = await stack.enter_async_context(running((), speed=SPEED))
        environment: dict[str, str] = {}
        for cloud in clouds:
            environment |= cloud.environment(cloud.url)
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        accounts = accounts_of(environment)
        studio = await stack.enter_async_context(Studio(home, settings=Settings(pace=SPEED), accounts=accounts))
        turns, bad = asyncio.Semaphore(4), 0

        async def one(name: str, joins: JoinsWish) -> int:
            output = folder / f"{name.replace('/', '-')}-{joins}" / "film.mp4"
            async with turns:
                told = await film_of(studio, name, joins, output)
            print(f"{name:<45} {joins:<10} {told}", flush=True)
            return 0 if told.startswith("ok") else 1

        bad = sum(await asyncio.gather(*(one(name, joins) for name, joins in jobs)))
    print(f"{len(jobs) - bad} of {len(jobs)} films as they should be")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
