"""What `doctor` finds: parts, keys without their values, a home that can or cannot be used. Requirements B11 and D8."""

import shutil
from pathlib import Path

import pytest

from storyreel.accounts import accounts_of
from storyreel.diagnosis import diagnose
from storyreel.library.database import Database
from storyreel.library.home import Home
from storyreel.settings import Settings


def test_a_key_is_told_as_set_and_its_value_is_not(tmp_path: Path) -> None:
    found = diagnose(Settings(), accounts_of({"REPLICATE_API_TOKEN": "s3cret"}), Home(tmp_path / "home"))

    present = {key.setting: key.present for key in found.keys}
    assert (present["REPLICATE_API_TOKEN"], present["OPENAI_API_KEY"]) == (True, False)
    assert "s3cret" not in found.model_dump_json()


def test_an_account_that_needs_no_key_is_told_as_set(tmp_path: Path) -> None:
    environment = {"GOOGLE_APPLICATION_CREDENTIALS": "service.json", "VIDEOS_BASE_URL": "http://localhost:8000/v1"}
    found = diagnose(Settings(), accounts_of(environment), Home(tmp_path / "home"))

    present = {key.setting: key.present for key in found.keys}
    assert present["GOOGLE_APPLICATION_CREDENTIALS"]
    assert present["VIDEOS_BASE_URL"]
    assert not {"GOOGLE_CLOUD_API_KEY", "VIDEOS_API_KEY"} & present.keys()
    assert not present["REPLICATE_API_TOKEN"]


def test_a_new_home_is_no_problem(tmp_path: Path) -> None:
    found = diagnose(Settings(), accounts_of({}), Home(tmp_path / "home"))

    assert (found.problems, found.database, found.home) == ((), "not made yet", tmp_path / "home")
    assert found.free_bytes is not None
    assert found.free_bytes > 0


def test_a_home_that_cannot_be_used_is_the_problem(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")

    found = diagnose(Settings(), accounts_of({}), Home(tmp_path / "home"))

    assert (found.home, found.free_bytes) == (None, None)
    assert len(found.problems) == 1
    assert str(tmp_path / "home") in found.problems[0]


@pytest.mark.parametrize(("name", "remedy"), [("storyreel.db", "put a copy of it back"), ("engine.db", "storyreel resume")])
def test_a_damaged_database_is_told_with_what_to_do(tmp_path: Path, name: str, remedy: str) -> None:
    home = Home(tmp_path / "home").create()
    Database.open(home.database_url).close()
    shutil.copy(home.database_path, home.engine_path)
    assert diagnose(Settings(), accounts_of({}), home).problems == ()
    whole = (home.root / name).read_bytes()
    (home.root / name).write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))  # still opened, and asked for its revision

    [told] = diagnose(Settings(), accounts_of({}), home).problems

    assert str(home.root / name) in told
    assert "damaged" in told
    assert remedy in told
