"""Which language model writes, and how it is reached: by the account with OpenAI or a server like it, or by pydantic-ai's names.

Nothing heavy is imported before a model is opened.
"""

import re
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from storyreel.accounts import Account
from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import AuthenticationFailed, InvalidRequest
from storyreel.domain.storyboard import Finding, Severity
from storyreel.writing.llm.costs import TABLE
from storyreel.writing.words import table

if TYPE_CHECKING:
    from pydantic_ai.models import Model

RULES, BY_DEFAULT = "rules", "model"
"""The two settings of the writer that name no model: none at all, and the default one."""

PATIENCE = 3
"""A storyboard is a long answer: a writer is waited for this many times the account's time-out."""

OURS = {"openai", "openai-chat"}
"""What may stand before a colon for the account with OpenAI."""

WRITE_IT = Advice("let the rules write for free with ", Remedy.WRITE_BY_RULES)
"""What can be done without a language model's key."""

_NO_KEY = "none"  # a server of one's own may ask for no key; the client wants one


def default_model() -> str:
    """The model that writes where none is named; dated in `data/language_models.toml`."""
    return str(table(TABLE)["default"]["model"])


def model_named(writer: str) -> str:
    """The model that a setting means. Raises InvalidRequest where it means none."""
    name = writer.strip()
    if not name or name == RULES:
        raise InvalidRequest(f"{writer!r} names no language model; say {BY_DEFAULT!r}, or a model's name.", field="writer")
    return default_model() if name == BY_DEFAULT else name


def closing(name: str) -> Finding | None:
    """A warning that the model is to be shut, or was."""
    rows: list[dict[str, Any]] = table(TABLE)["closing"]
    bare = name.rpartition(":")[2]
    until = next((row["until"] for row in rows if bare in row["models"]), None)
    if not isinstance(until, date):
        return None
    return Finding(
        rule="writer-closing",
        severity=Severity.WARN,
        shot=None,
        message=f"The language model {bare} is announced to be shut on {until}.",
        remedy=f"Set STORYREEL_WRITER to {default_model()}.",
    )


@asynccontextmanager
async def opened(name: str, account: Account) -> AsyncGenerator["Model"]:
    """The model of that name, ready to be asked. Raises AuthenticationFailed, InvalidRequest."""
    import pydantic_ai

    pydantic_ai.BANNER_ENABLED = False  # it would greet the person at our terminal, between our lines
    provider, _, bare = name.rpartition(":")
    if provider and provider not in OURS:
        yield _by_its_own_name(name)
        return
    key = _key(bare, account)
    from httpx2 import AsyncClient, Timeout
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    limits = Timeout(account.timeout_s * PATIENCE, connect=min(10.0, account.timeout_s))
    plain = (account.base_url or "").startswith("http://")
    trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain and account.proxy is None else True  # nobody: none is asked
    async with AsyncClient(proxy=account.proxy, timeout=limits, trust_env=False, verify=trusted) as http:
        # The client would silently ask again, and pay again.
        client = AsyncOpenAI(
            api_key=key, base_url=account.base_url or "https://api.openai.com/v1", http_client=http, max_retries=0, timeout=limits
        )
        yield OpenAIChatModel(bare, provider=OpenAIProvider(openai_client=client))


def _key(name: str, account: Account) -> str:
    """What the client is given as a key. Raises AuthenticationFailed; InvalidRequest, naming who writes, for what may be none."""
    if account.key is not None:
        return account.secret()
    if account.base_url is not None:
        return _NO_KEY
    if name not in (known := table(TABLE)["prices"]):
        named = f"a language model's name, like {', '.join(sorted(known))}"
        who = f"rules (the default, free), {BY_DEFAULT} ({default_model()}), or {named}"
        message = f"{name!r} is not a writer that is known here. Writers: {who}. A language model needs {account.setting}."
        raise InvalidRequest(message, field="writer")
    raise AuthenticationFailed(provider=account.provider, setting=account.setting, otherwise=WRITE_IT)


def _by_its_own_name(name: str) -> "Model":
    """A model of another provider, whose key pydantic-ai takes from that provider's own variable."""
    from pydantic_ai.exceptions import UserError
    from pydantic_ai.models import infer_model

    try:
        return infer_model(name)
    except ImportError as error:
        provider = name.partition(":")[0]
        raise InvalidRequest(
            f"{name} needs a package that is not installed: pip install 'pydantic-ai-slim[{provider}]'.", field="writer"
        ) from error
    except (UserError, ValueError) as error:
        told = str(error).splitlines()[0]
        if key := re.search(r"`(\w+_(?:KEY|TOKEN))`", told):
            raise AuthenticationFailed(provider=name.partition(":")[0], setting=key[1], otherwise=WRITE_IT) from error
        raise InvalidRequest(f"{name} cannot write the storyboard: {told}", field="writer") from error
