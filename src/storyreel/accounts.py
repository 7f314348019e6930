"""How this installation is known to each provider: key, address, proxy, time-out. From the environment, or a `.env` file."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from pydantic import SecretStr

from storyreel.domain.errors import AuthenticationFailed, InvalidRequest
from storyreel.domain.values import JSON

TIMEOUT_S = 60.0
"""How long an answer may take where no setting says otherwise."""

MOST_AT_ONCE = 100_000
"""What a limit of one's own may say at most."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account with one provider. Its key is never shown."""

    provider: str
    setting: str  # the variable that holds the key, as errors name it
    key: SecretStr | None = None
    base_url: str | None = None  # without a slash at its end; None: the provider's own
    proxy: str | None = None
    timeout_s: float = TIMEOUT_S
    in_flight: int | None = None  # generations at once, by all processes together; None: what the catalogue says of each route
    per_minute: int | None = None  # generations asked for in a minute; None: no bound of ours
    facts: Mapping[str, str] = field(default_factory=dict[str, str])  # what else the provider asks for: project, location

    @property
    def ready(self) -> bool:
        """Whether it can be used: it has a key; a cloud project, a service account, or a server of one's own may go without."""
        known = self.facts.keys() & {"project", "credentials"}
        return self.key is not None or bool(known) or (self.provider == "videos" and self.base_url is not None)

    @property
    def ready_by(self) -> str:
        """The variable that makes it ready; where none does, the one that is lacking."""
        if self.key is not None or not self.ready:
            return self.setting
        named = next((fact for fact in ("credentials", "project") if fact in self.facts), None)
        return VARIABLES[self.provider].facts[named] if named else self.address_setting

    @property
    def address_setting(self) -> str:
        """The variable that sets the provider's address."""
        variables = VARIABLES.get(self.provider)
        return variables.base_url[0] if variables and variables.base_url else f"{self._prefix}_BASE_URL"

    @property
    def proxy_setting(self) -> str:
        """The variable that sets the way there."""
        return f"{self._prefix}_PROXY"

    @property
    def _prefix(self) -> str:
        return f"STORYREEL_{self.provider.upper()}"

    def secret(self) -> str:
        """The key itself, for a header. Raises AuthenticationFailed where there is none, or none that can be sent."""
        if self.key is None:
            raise AuthenticationFailed(provider=self.provider, setting=self.setting)
        self._must_be_sendable(self.setting, self.key.get_secret_value())
        return self.key.get_secret_value()

    def must_be_whole(self) -> None:
        """Raises AuthenticationFailed for a key that cannot be sent, InvalidRequest for credentials that are none."""
        if self.key is not None:
            self.secret()
        for fact, value in self.facts.items():
            if fact != "credentials":  # of several lines, where it is not a file's name
                self._must_be_sendable(VARIABLES[self.provider].facts[fact], value)
        if "credentials" in self.facts and "token" not in self.facts:
            self.credentials()

    def credentials(self) -> dict[str, JSON]:
        """What the service account's file says, or the variable itself; its value is in no error. Raises InvalidRequest."""
        told, setting = self.facts["credentials"], VARIABLES[self.provider].facts["credentials"]
        itself = told.startswith(("{", "-----"))
        remedy = f"Set {setting} to the path of the service account's file, or to the JSON in it."
        try:
            read: JSON = json.loads(told if itself else Path(told).expanduser().read_bytes())
        except ValueError as error:
            what = "holds a key itself, and not the whole JSON" if itself else "names a file that is no JSON: get the file anew"
            raise InvalidRequest(f"{setting} {what}. {remedy}", field=setting) from error
        except (OSError, RuntimeError) as error:
            why = error.strerror if isinstance(error, OSError) else "no such home folder"
            raise InvalidRequest(f"{setting} names a file that cannot be read: {why}. {remedy}", field=setting) from error
        if not isinstance(read, dict) or "type" not in read:
            raise InvalidRequest(f"{setting} names no service account: there is no `type` in its JSON. {remedy}", field=setting)
        return cast("dict[str, JSON]", read)

    def _must_be_sendable(self, setting: str, value: str) -> None:
        if not value.isprintable():
            problem = f"{setting} holds a line break, or another character that no key has: it was copied together with more"
            raise AuthenticationFailed(provider=self.provider, setting=setting, problem=problem)

    def __str__(self) -> str:
        return f"{self.provider} ({'key set' if self.key else 'no key'})"


@dataclass(frozen=True, slots=True)
class Variables:
    """Which variables tell an account; of several names the first that is set holds."""

    key: tuple[str, ...]
    unlocks: str  # what the key is good for
    base_url: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict[str, str])  # fact -> variable


VARIABLES = {
    "replicate": Variables(
        ("REPLICATE_API_TOKEN",), "models through Replicate", ("REPLICATE_BASE_URL",), {"hooks": "REPLICATE_WEBHOOK_URL"}
    ),
    "gemini": Variables(("GEMINI_API_KEY", "GOOGLE_API_KEY"), "Gemini Omni and Gemini's images", ("GOOGLE_GEMINI_BASE_URL",)),
    "vertex": Variables(
        ("GOOGLE_CLOUD_API_KEY",),
        "Veo on Google Cloud",
        ("GOOGLE_VERTEX_BASE_URL",),
        {
            "project": "GOOGLE_CLOUD_PROJECT",
            "location": "GOOGLE_CLOUD_LOCATION",
            "credentials": "GOOGLE_APPLICATION_CREDENTIALS",
            "token": "GOOGLE_VERTEX_TOKEN",
            "storage": "STORAGE_EMULATOR_HOST",
        },
    ),
    "openai": Variables(("OPENAI_API_KEY",), "the storyboard by a language model, gpt-image", ("OPENAI_BASE_URL",)),
    "videos": Variables(
        ("VIDEOS_API_KEY", "OPENAI_API_KEY"),
        "a server that speaks /v1/videos",
        ("VIDEOS_BASE_URL",),
        {"hook_secret": "VIDEOS_WEBHOOK_SECRET"},
    ),
    "openrouter": Variables(("OPENROUTER_API_KEY",), "models through OpenRouter", ("OPENROUTER_BASE_URL",)),
    "huggingface": Variables(
        ("HF_TOKEN",),
        "Hugging Face's inference providers",
        ("HF_ROUTER_URL",),
        {"hub": "HF_ENDPOINT", "bill_to": "HF_BILL_TO", "providers": "HF_PROVIDERS", "mapping_life_s": "HF_MAPPING_LIFE"},
    ),
    "vsegpt": Variables(("VSEGPT_API_KEY", "ZAI_API_KEY"), "Haiper and others through vsegpt", ("VSEGPT_BASE_URL",)),
    "ark": Variables(
        ("ARK_API_KEY",), "Seedance and Seedream through Volcengine Ark", ("ARK_BASE_URL",), {"hooks": "ARK_WEBHOOK_URL"}
    ),
    "byteplus": Variables(
        ("BYTEPLUS_API_KEY",),
        "Seedance and Seedream through BytePlus ModelArk",
        ("BYTEPLUS_BASE_URL",),
        {"hooks": "BYTEPLUS_WEBHOOK_URL"},
    ),
    "fal": Variables(
        ("FAL_KEY",),
        "models through fal",
        ("FAL_QUEUE_URL",),
        {"storage": "FAL_REST_URL", "site": "FAL_SITE_URL", "hooks": "FAL_WEBHOOK_URL"},
    ),
    "kling": Variables(
        ("KLING_API_KEY", "KLING_ACCESS_KEY"),
        "Kling's own API",
        ("KLING_BASE_URL",),
        {"hooks": "KLING_WEBHOOK_URL", "hook_secret": "KLING_WEBHOOK_SECRET"},
    ),
}
"""Every provider with an account, and where it is told."""


def environment_here(folder: Path | None = None) -> dict[str, str]:
    """The process's environment over a `.env` file's; values that are empty count as not set."""
    from dotenv import dotenv_values

    told = {name: value or "" for name, value in dotenv_values((folder or Path.cwd()) / ".env", encoding="utf-8").items()}
    return {name: value for name, value in {**told, **os.environ}.items() if value}


def account_of(provider: str, environment: Mapping[str, str]) -> Account:
    """The account with a provider, as the variables tell it; without a key where none is set. Raises InvalidRequest."""
    variables = VARIABLES.get(provider)
    if variables is None:
        return Account(provider, setting="")
    environment = {name: value.strip() for name, value in environment.items()}  # a secret from a file ends in a new line
    prefix = f"STORYREEL_{provider.upper()}"
    address, proxy = (f"{prefix}_BASE_URL", *variables.base_url), (f"{prefix}_PROXY", "STORYREEL_PROXY")
    key = _first(environment, variables.key)
    return Account(
        provider,
        setting=_set(environment, variables.key),
        key=SecretStr(key) if key else None,
        base_url=_address(environment, address, _set(environment, address)),
        proxy=_address(environment, proxy, _set(environment, proxy)),
        timeout_s=_seconds(environment, (f"{prefix}_TIMEOUT", "STORYREEL_TIMEOUT")),
        in_flight=_count(environment, f"{prefix}_IN_FLIGHT"),
        per_minute=_count(environment, f"{prefix}_PER_MINUTE"),
        facts={
            **_hooks(provider, variables, environment),
            **{fact: environment[name] for fact, name in variables.facts.items() if environment.get(name)},
        },
    )


def accounts_of(environment: Mapping[str, str]) -> dict[str, Account]:
    """Every provider's account. Raises InvalidRequest, which names the variable that cannot be."""
    return {provider: account_of(provider, environment) for provider in VARIABLES}


def _hooks(provider: str, variables: Variables, environment: Mapping[str, str]) -> dict[str, str]:
    """Where a provider's webhooks are heard, where our own server can be reached; providers call no plain http."""
    public = environment.get("STORYREEL_PUBLIC_URL", "").rstrip("/")
    return {"hooks": f"{public}/hooks/{provider}"} if "hooks" in variables.facts and public.startswith("https://") else {}


def _first(environment: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((environment[name] for name in names if environment.get(name)), None)


def _set(environment: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Which of the names holds; the first where none is set."""
    return next((name for name in names if environment.get(name)), names[0])


def _address(environment: Mapping[str, str], names: tuple[str, ...], setting: str) -> str | None:
    """An address without a slash at its end. Raises InvalidRequest, which does not repeat it: it may hold a password."""
    url = _first(environment, names)
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and url.isprintable() and " " not in url
    except ValueError:  # no such port, no such number
        known = False
    if not known:
        raise InvalidRequest(f"{setting} is no address: it begins with http:// or https://, then a host's name.", field=setting)
    return url.rstrip("/")


def _count(environment: Mapping[str, str], name: str) -> int | None:
    text = environment.get(name)
    if text is None:
        return None
    if not (text.isdecimal() and 1 <= int(text) <= MOST_AT_ONCE):
        raise InvalidRequest(f"{name} cannot be {text!r}: it is a whole number from 1 to {MOST_AT_ONCE}.", field=name)
    return int(text)


def _seconds(environment: Mapping[str, str], names: tuple[str, ...]) -> float:
    text = _first(environment, names)
    if text is None:
        return TIMEOUT_S
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        name = next(name for name in names if environment.get(name))
        raise InvalidRequest(f"{name} cannot be {text!r}: it is a number of seconds from 1 to 3600.", field=name)
    return seconds
