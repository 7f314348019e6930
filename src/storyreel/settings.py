"""Settings: from the environment, or a `.env` file in the current folder. Providers' accounts are read by `accounts`."""

from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.money import Budgets
from storyreel.domain.values import Language

PREFIX = "STORYREEL_"
"""What the variables of our own settings begin with."""


class LogLevel(StrEnum):
    """What is logged."""

    OFF = "off"
    INFO = "info"
    DEBUG = "debug"


class LogFormat(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


def _named(*names: str) -> AliasChoices:
    return AliasChoices(*names)


def settings_of_environment() -> "Settings":
    """The settings that hold here. Raises InvalidRequest, which names the setting that cannot be."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        setting = f"{PREFIX}{name.upper()}" if name in Settings.model_fields else name
        raise InvalidRequest(f"{setting} cannot be {first['input']!r}: {first['msg']}.", field=setting) from error


class Settings(BaseSettings):
    """Everything that can be set from outside; a key's value is never shown."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,  # a setting that is empty is not set
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        str_strip_whitespace=True,
    )

    home: Path | None = Field(default=None)
    """The folder in which everything is kept; the system's own place for a user's data where it is not set."""

    language: Language | None = Field(default=None)
    """The language that the command line speaks: `en`, `ru` or `zh`; the system's where it is not set."""

    model: str = Field(default="animatic")
    """The model that is used where a command names none."""

    catalogue: Path | None = Field(default=None)
    """A folder with catalogue files of your own; `models` in the home folder where it is not set."""

    workers: int | None = Field(default=None, ge=1, le=64)
    """Processes that draw shots; as many as there are cores where it is not set."""

    writer: str = Field(default="rules")
    """Who writes storyboards: `rules`, `model` (the default language model), or a model's name, like `gpt-6-luna`."""

    pace: float = Field(default=1.0, gt=0, le=100_000)
    """How many times sooner than the catalogue's times say a generation is looked at; for stand-ins that run faster."""

    database: SecretStr | None = Field(default=None)
    """The address of a PostgreSQL database that workers share; the home folder's own file where it is not set."""

    blobs: str | None = Field(default=None)
    """Where clips and pictures are kept, as s3://BUCKET/PREFIX; the home folder where it is not set."""

    lease: float = Field(default=5.0, ge=0.5, le=600)
    """Seconds after which a worker that was not heard of is gone, and others take its films over."""

    keep_history: float = Field(default=1.0, ge=0.01, le=3650)
    """Days for which the engine keeps its record of films that have ended."""

    log: LogLevel | None = Field(default=None)
    """What is logged: `off`, `info` or `debug`. Where it is not set: `info` of a worker, nothing of other commands."""

    log_format: LogFormat = Field(default=LogFormat.TEXT)
    """How a line of the log is written: `text` or `json`."""

    log_file: Path | None = Field(default=None)
    """The file to which the log is added; stderr where it is not set."""

    fetch_inward: bool = Field(default=False)
    """Whether pictures may be fetched from this machine and its own network too; for tests and stand-ins."""

    secret: SecretStr | None = Field(default=None)
    """What the server signs links and sessions by; where several serve one database, the same on each. Else a file of its own."""

    public_url: str | None = Field(default=None)
    """Where the outside reaches the server, like https://films.example.org: for links and for providers' webhooks."""

    guest_films: int = Field(default=5, ge=0, le=100_000)
    """How many films all guests of the server's earlier routes together may ask for in a day (UTC); 0: it has no guests."""

    guest_budget: Decimal = Field(default=Decimal("0.5"), ge=0)
    """US dollars that one film of a guest may cost; what has no price is not made for guests."""

    rate: float = Field(default=200.0, ge=0, le=1_000_000)
    """How many requests a second one key may send to the server, on the average; 0: as many as it likes."""

    rate_burst: int = Field(default=2_000, ge=1, le=10_000_000)
    """How many it may send at once, before that counts."""

    streams: int = Field(default=1_000, ge=0, le=1_000_000)
    """How many event streams one key may have open at the server; 0: as many as it likes."""

    connections: int = Field(default=500, ge=0, le=1_000_000)
    """How many connections one address may have open at the server; 0: as many as it likes. This machine's own do not count."""

    upload_space: int = Field(default=5_000_000_000, ge=0)
    """Bytes that all the pictures and clips that one user sends in may take."""

    server: str = Field(default="http://localhost:8000")
    """The server that the functions of `storyreel.compat.video_tasks` ask."""

    api_key: SecretStr | None = Field(default=None)
    """The key by which they ask it, where it needs one."""

    repeat_window: float = Field(default=60.0, ge=0, le=3600)
    """Seconds for which a video that is asked for again in the same words is the one that is there; 0: each is another."""

    budget_call: Decimal | None = Field(default=None, ge=0)
    """US dollars that one call may cost; with this or any other budget, calls whose price nobody knows must be allowed."""

    budget_shot: Decimal | None = Field(default=None, ge=0)
    """US dollars that one shot of a film may cost, with all its takes and its keyframe."""

    budget_film: Decimal | None = Field(default=None, ge=0)
    """US dollars that a film may cost, whatever its own budget allows."""

    budget_user: Decimal | None = Field(default=None, ge=0)
    """US dollars that all films of one user may cost."""

    budget_day: Decimal | None = Field(default=None, ge=0)
    """US dollars that all calls of one day (UTC) may cost."""

    telegram_bot_token: SecretStr | None = Field(default=None, validation_alias=_named("TELEGRAM_BOT_TOKEN", "BOT_TOKEN"))
    """The Telegram bot's token."""

    telegram_api_url: str | None = Field(default=None, validation_alias=_named("TELEGRAM_API_URL"))
    """Where Telegram's Bot API is; Telegram's own cloud where it is not set."""

    telegram_local: bool = Field(default=False, validation_alias=_named("TELEGRAM_LOCAL"))
    """Whether that server runs in its local mode, beside the bot: it takes files of 2000 MB, by their paths."""

    telegram_webhook_url: str | None = Field(default=None, validation_alias=_named("TELEGRAM_WEBHOOK_URL"))
    """The https address under which Telegram reaches the bot; where it is not set, the bot asks Telegram for news."""

    bot_users: str = Field(default="")
    """Who may use the bot: their numbers or @names, separated by commas; `*`: everybody. Not set: everybody, for what is free."""

    bot_budget: Decimal = Field(default=Decimal(5), ge=0)
    """US dollars that the films of one user of the bot may cost in a day (UTC)."""

    bot_unpriced: bool = Field(default=False)
    """Whether who may pay there may use models whose price nobody knows; a day's limit cannot hold for those."""

    bot_films: int = Field(default=3, ge=1, le=1000)
    """How many films of one user of the bot may be under way at once."""

    def placed(self, *, database: str | None, blobs: str | None) -> "Settings":
        """The same with other stores, where they are told."""
        told = {"database": SecretStr(database) if database else None, "blobs": blobs}
        return self.model_copy(update={name: value for name, value in told.items() if value})

    @property
    def budgets(self) -> Budgets:
        """What may be spent, beside each film's own budget."""
        return Budgets(
            call_usd=self.budget_call,
            shot_usd=self.budget_shot,
            film_usd=self.budget_film,
            user_usd=self.budget_user,
            day_usd=self.budget_day,
        )
