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


@pytest.mark.parametrize("name", ["REPLICATE_BASE_URL", "STORYREEL_FAL_BASE_URL", "STORYREEL_PROXY", "STORYREEL_FAL_PROXY"])
@pytest.mark.parametrize("url", ["user:s3cret@host:3128", "http://u:s3cret@host:99999", "socks5://u:s3cret@host:1", "s3cret"])
def test_an_address_that_is_none_is_not_repeated_since_it_may_hold_a_password(name: str, url: str) -> None:
    with pytest.raises(InvalidRequest, match=name) as caught:
        accounts_of({name: url})
    assert "s3cret" not in str(caught.value)


def test_the_room_around_a_value_is_not_part_of_it() -> None:
    told = {"KLING_API_KEY": " k-1\r\n", "GOOGLE_API_KEY": "\n", "HF_BILL_TO": "us\n", "FAL_QUEUE_URL": "http://localhost:1/\n"}

    accounts = accounts_of(told)

    assert (accounts["kling"].secret(), accounts["gemini"].key) == ("k-1", None)
    assert (accounts["huggingface"].facts["bill_to"], accounts["fal"].base_url) == ("us", "http://localhost:1")


@pytest.mark.parametrize("name", ["KLING_ACCESS_KEY", "GOOGLE_VERTEX_TOKEN", "HF_BILL_TO"])
def test_a_key_with_a_line_break_within_is_refused_by_the_variable_s_name(name: str) -> None:
    provider = {"KLING_ACCESS_KEY": "kling", "GOOGLE_VERTEX_TOKEN": "vertex", "HF_BILL_TO": "huggingface"}[name]

    with pytest.raises(AuthenticationFailed, match=f"{name} holds a line break") as caught:
        account_of(provider, {name: "s3cret\nX-Other: 1"}).must_be_whole()

    assert "s3cret" not in str(caught.value)
    assert caught.value.setting == name


def test_a_service_account_may_be_told_by_its_file_or_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "service.json").write_text('{"type": "service_account"}')

    for told in (str(tmp_path / "service.json"), '{"type":\n "service_account"}\n'):
        account = account_of("vertex", {"GOOGLE_APPLICATION_CREDENTIALS": told})
        account.must_be_whole()
        assert account.credentials() == {"type": "service_account"}


@pytest.mark.parametrize(
    "told", ['{"type": "x", "private_key": "s3cret', '{"private_key": "s3cret"}', "-----BEGIN s3cret", "s3cret", "~s3cret/a"]
)
def test_credentials_that_are_none_are_not_repeated(told: str) -> None:
    with pytest.raises(InvalidRequest, match=r"Set GOOGLE_APPLICATION_CREDENTIALS to the path") as caught:
        account_of("vertex", {"GOOGLE_APPLICATION_CREDENTIALS": told}).must_be_whole()
    assert "s3cret" not in str(caught.value)


def test_a_file_in_the_folder_sets_what_the_environment_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("FAL_KEY=from-the-file\nHF_TOKEN=from-the-file\nARK_API_KEY=\n")
    monkeypatch.setenv("HF_TOKEN", "from-the-environment")

    environment = environment_here(tmp_path)

    assert (environment["FAL_KEY"], environment["HF_TOKEN"]) == ("from-the-file", "from-the-environment")
    assert "ARK_API_KEY" not in environment


def test_providers_tell_a_server_that_the_outside_reaches_unless_another_address_is_set() -> None:
    reached = {"STORYREEL_PUBLIC_URL": "https://films.example.org/", "FAL_WEBHOOK_URL": "https://elsewhere.example.org/hooks/fal"}

    accounts = accounts_of(reached)

    assert accounts["replicate"].facts == {"hooks": "https://films.example.org/hooks/replicate"}
    assert accounts["fal"].facts["hooks"] == "https://elsewhere.example.org/hooks/fal"
    assert "hooks" not in accounts["videos"].facts
    assert accounts_of({"STORYREEL_PUBLIC_URL": "http://localhost:8000"})["replicate"].facts == {}
