"""Accounts with providers: keys by the names that users know, addresses, proxies, time-outs. Requirement B11."""

from pathlib import Path

import pytest

from storyreel.accounts import TIMEOUT_S, VARIABLES, account_of, accounts_of, environment_here
from storyreel.domain.errors import AuthenticationFailed, InvalidRequest

KEYS = [(provider, name) for provider, variables in VARIABLES.items() for name in variables.key]


@pytest.mark.parametrize(("provider", "name"), KEYS)
def test_a_key_is_read_by_the_name_that_its_users_know_and_never_shown(provider: str, name: str) -> None:
    account = accounts_of({name: "s3cret"})[provider]

    assert account.secret() == "s3cret"
    assert "s3cret" not in f"{account} {account!r}"


def test_without_a_key_the_error_names_the_setting() -> None:
    with pytest.raises(AuthenticationFailed, match="REPLICATE_API_TOKEN"):
        account_of("replicate", {}).secret()


def test_an_account_s_own_proxy_and_time_out_come_before_everybody_s() -> None:
    environment = {
        "STORYREEL_PROXY": "http://all.example:1",
        "STORYREEL_FAL_PROXY": "http://fal.example:1",
        "STORYREEL_TIMEOUT": "20",
        "STORYREEL_KLING_TIMEOUT": "90",
    }

    accounts = accounts_of(environment)

    assert (accounts["fal"].proxy, accounts["kling"].proxy) == ("http://fal.example:1", "http://all.example:1")
    assert (accounts["fal"].timeout_s, accounts["kling"].timeout_s) == (20.0, 90.0)
    assert account_of("fal", {}).timeout_s == TIMEOUT_S


def test_an_address_may_end_in_a_slash_and_must_be_one() -> None:
    assert account_of("replicate", {"REPLICATE_BASE_URL": "http://localhost:8000/"}).base_url == "http://localhost:8000"
    with pytest.raises(InvalidRequest, match="REPLICATE_BASE_URL"):
        account_of("replicate", {"REPLICATE_BASE_URL": "localhost"})


def test_a_time_out_must_be_seconds() -> None:
    with pytest.raises(InvalidRequest, match="STORYREEL_FAL_TIMEOUT"):
        account_of("fal", {"STORYREEL_FAL_TIMEOUT": "soon"})


def test_a_file_in_the_folder_sets_what_the_environment_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("FAL_KEY=from-the-file\nHF_TOKEN=from-the-file\nARK_API_KEY=\n")
    monkeypatch.setenv("HF_TOKEN", "from-the-environment")

    environment = environment_here(tmp_path)

    assert (environment["FAL_KEY"], environment["HF_TOKEN"]) == ("from-the-file", "from-the-environment")
    assert "ARK_API_KEY" not in environment
