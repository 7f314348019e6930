"""Everything that is kept lies in one folder, which the environment may move. Requirement F10 (one machine)."""

from pathlib import Path

import pytest

from storyreel.domain.errors import StoreUnusable
from storyreel.library.home import Home


def test_the_setting_moves_everything(tmp_path: Path) -> None:
    home = Home.find({"STORYREEL_HOME": str(tmp_path / "films")})
    places = [home.database_path, home.engine_path, home.blobs, home.work, home.lock]
    assert all(place.parent == tmp_path / "films" for place in places)
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("environ", [{}, {"STORYREEL_HOME": ""}, {"STORYREEL_HOME": "  "}])
def test_without_the_setting_it_is_the_platforms_folder(environ: dict[str, str]) -> None:
    assert Home.find(environ).root.name == "storyreel"


def test_a_short_path_is_made_absolute() -> None:
    assert Home.find({"STORYREEL_HOME": "~/films"}).root == Path.home() / "films"
    assert Home.find({"STORYREEL_HOME": "films"}).root == Path.cwd() / "films"


def test_asking_touches_nothing(tmp_path: Path) -> None:
    Home.find({"STORYREEL_HOME": str(tmp_path / "films")})
    assert list(tmp_path.iterdir()) == []


def test_its_folders_are_made_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "a" / "b").create()
    assert home.create().blobs.is_dir()
    assert home.work.is_dir()
    assert home.free_bytes() > 0


@pytest.mark.parametrize("name", ["", "blobs", "work"])
def test_a_file_in_place_of_a_folder_is_told(tmp_path: Path, name: str) -> None:
    root = tmp_path / "home"
    if name:
        root.mkdir()
    (root / name).write_text("")
    with pytest.raises(
        StoreUnusable, match=r"a file is where this folder should be\. Move it away, or set STORYREEL_HOME"
    ) as told:
        Home(root).create()
    assert str(root / name) in str(told.value)


def test_a_folder_that_cannot_be_made_is_told() -> None:
    with pytest.raises(StoreUnusable):
        Home(Path("/proc/storyreel")).create()
    with pytest.raises(StoreUnusable):
        Home(Path("/proc/storyreel")).free_bytes()
