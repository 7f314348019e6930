"""Settings: from the environment or a `.env` file, by the names that users know. Requirement B11."""

from pathlib import Path

import pytest

from storyreel.domain.errors import InvalidRequest
from storyreel.settings import Settings, settings_of_environment

NAMES = {"TELEGRAM_BOT_TOKEN": "telegram_bot_token", "BOT_TOKEN": "telegram_bot_token"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and nothing set."""
    monkeypatch.chdir(tmp_path)
    for name in (*NAMES, "STORYREEL_HOME", "STORYREEL_MODEL", "STORYREEL_WORKERS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_a_key_is_read_by_the_name_that_its_users_know_and_never_shown(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "s3cret\n")  # as a secret from a file ends

    settings = Settings()

    assert getattr(settings, NAMES[name]).get_secret_value() == "s3cret"
    assert "s3cret" not in repr(settings)


def test_a_file_in_the_current_folder_sets_what_the_environment_does_not(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("STORYREEL_MODEL=from-the-file\nSTORYREEL_WORKERS=3\nSOMEBODY_ELSES=1\n")
    monkeypatch.setenv("STORYREEL_MODEL", "from-the-environment")

    settings = Settings()

    assert (settings.model, settings.workers) == ("from-the-environment", 3)


@pytest.mark.parametrize(
    ("setting", "value"), [("STORYREEL_BUDGET_DAY", "abc"), ("STORYREEL_WORKERS", "0"), ("STORYREEL_LOG_FORMAT", "xml")]
)
def test_a_setting_that_cannot_be_is_told_by_the_variables_whole_name(
    setting: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting, value)

    with pytest.raises(InvalidRequest, match=f"^{setting} cannot be '{value}'") as refused:
        settings_of_environment()
    assert refused.value.field == setting
