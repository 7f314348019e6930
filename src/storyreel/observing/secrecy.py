"""What must not be written down: keys, and all of an address that comes after its host, since links carry their own keys."""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, urlsplit

from pydantic import SecretStr

from storyreel.accounts import Account
from storyreel.settings import Settings

HIDDEN = "[hidden]"
_ADDRESS = re.compile(r"(?P<kind>[a-zA-Z][a-zA-Z0-9+.-]*://)(?:[^\s/@'\"]*@)?(?P<host>[^\s/?#'\"]*)(?P<rest>[^\s'\"<>]*)")
_KEPT_WHOLE = {"s3://", "sqlite://"}
_SECRET_FACTS = {"token", "hook_secret"}
_SECRET_VARIABLES = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID")
_LEAST = 4  # characters: what is shorter would hide half of all words


class Secrecy:
    """Cleans text of the secrets of one installation."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = {text for secret in secrets if len(secret) >= _LEAST for text in (secret, quote(secret, safe=""))}
        longest_first = sorted(known, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if known else None

    @classmethod
    def of(cls, settings: Settings, accounts: Mapping[str, Account], environ: Mapping[str, str]) -> "Secrecy":
        """Of everything secret that is configured."""
        return cls(_secrets(settings, accounts, environ))

    def clean(self, text: str) -> str:
        """The text without secrets, and with no more of each address than its host."""
        hidden = self._secrets.sub(HIDDEN, text) if self._secrets else text
        return _ADDRESS.sub(_host_alone, hidden) if "://" in hidden else hidden


def _host_alone(found: re.Match[str]) -> str:
    kind, host, rest = found["kind"], found["host"], found["rest"]
    return f"{kind}{host}{rest}" if kind.lower() in _KEPT_WHOLE else f"{kind}{host}{'/' + HIDDEN if rest.strip('/.,') else rest}"


def _secrets(settings: Settings, accounts: Mapping[str, Account], environ: Mapping[str, str]) -> Iterator[str]:
    for account in accounts.values():
        if account.key is not None:
            yield account.key.get_secret_value()
        yield from (value for fact, value in account.facts.items() if fact in _SECRET_FACTS)
        if account.facts.get("credentials", "").startswith("{"):  # the service account itself, and not its file's name
            yield account.facts["credentials"]
        yield from _passwords(account.proxy, account.base_url, account.facts.get("hooks"))
    for secret in (settings.database, settings.secret, settings.api_key, settings.telegram_bot_token):
        if isinstance(secret, SecretStr):
            yield secret.get_secret_value()
            yield from _passwords(secret.get_secret_value())
    yield from (environ[name] for name in _SECRET_VARIABLES if environ.get(name))


def _passwords(*addresses: str | None) -> Iterator[str]:
    for address in addresses:
        if address and "://" in address and (password := urlsplit(address).password):
            yield password
