"""What docs/adding.md shows is all that a new model and a new provider need: a film is made with them. Requirement F9."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import SecretStr

from storyreel.accounts import Account
from storyreel.domain.film import FilmState
from storyreel.media.probe import probe
from storyreel.providers.port import REGISTRY
from storyreel.settings import Settings
from storyreel.standins.cloud import Cloud
from storyreel.studio import Studio

PAGE = (Path(__file__).parents[2] / "docs" / "adding.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


async def test_a_film_is_made_by_the_model_and_the_provider_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "apple-1.toml").write_text(blocks("toml")[0])
    (tmp_path / "orchard_of_the_docs.py").write_text("\n".join(blocks("python")))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(REGISTRY, "orchard", "orchard_of_the_docs:Orchard")
    made: type[Cloud] = import_module("orchard_of_the_docs").OrchardCloud

    async with made(speed=1000) as cloud:
        account = Account("orchard", setting="ORCHARD_KEY", key=SecretStr(cloud.key), base_url=cloud.url)
        settings = Settings(catalogue=tmp_path / "models", pace=1000)
        async with Studio(tmp_path / "home", settings=settings, accounts={"orchard": account}) as studio:
            film = await studio.make_film(
                "A fox runs; it finds a lantern",
                shots=2,
                length=4,
                model="apple-1",
                budget=1,
                size="1280x720",
                output=tmp_path / "film.mp4",
            )

    assert (film.state, len(cloud.submissions)) == (FilmState.READY, 2)
    assert sum(submission.cost_usd for submission in cloud.submissions) == film.cost_usd
    assert probe(tmp_path / "film.mp4").damage is None
