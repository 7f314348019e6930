"""A film with trouble, logged to the last detail: what happened can be read, and no key, token or link can."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from storyreel.accounts import accounts_of
from storyreel.domain.errors import InvalidRequest
from storyreel.observing.secrecy import Secrecy
from storyreel.observing.start import start_observing
from storyreel.orders import FilmWishes
from storyreel.settings import LogFormat, LogLevel, Settings
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.studio import Studio

__all__ = ["standin", "standin_studio"]

SPEED = 5000.0
TROUBLE = (("rate_limited_bare", "create"), ("unavailable", "look"), ("truncated", "fetch"), ("moderation_later", "create"))
SIGNED = "https://cdn.example.net/out/clip.mp4?X-Amz-Signature=4f2a&X-Amz-Credential=AKIA"


@pytest.mark.journey
async def test_a_film_with_trouble_is_told_line_by_line_and_no_secret_or_address_with_one(
    standin: Standin, tmp_path: Path
) -> None:
    cloud = await standin("replicate", speed=SPEED)
    for fault, on in TROUBLE:
        cloud.faults.add(fault, on, count=1)
    environment = {**cloud.environment(cloud.url), "REPLICATE_WEBHOOK_URL": "https://me:pa55word@hooks.example.net/replicate"}
    settings = Settings(
        pace=SPEED,
        log=LogLevel.DEBUG,
        log_format=LogFormat.JSON,
        log_file=tmp_path / "logs" / "film.log",
    )
    accounts = accounts_of(environment)
    wishes = FilmWishes(model="seedance-1-lite", shots=2, seconds=2, size="854x480", joins="cuts", output=tmp_path / "film.mp4")

    async with Studio(tmp_path / "home", settings=settings, accounts=accounts) as studio:
        film = await studio.start_film("A fox runs through the snow. The fox stops.", **wishes)
        async for _ in studio.events(film):
            pass

    text = (tmp_path / "logs" / "film.log").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    told = {line["event"] for line in lines}
    assert told >= {"line.taken", "film.taken_up", "call.reserved", "call.sending", "call.request", "call.accepted"}
    assert told >= {"call.repeated", "look.done", "look.failed", "fetch.failed", "call.settled", "film.ended"}
    assert all(
        line["film"] == film.id and line["call"].startswith(film.id) for line in lines if line["event"].startswith("call.")
    )
    assert [line["code"] for line in lines if line["event"] == "call.repeated"] == ["rate_limited"]
    assert accounts["replicate"].secret() not in text
    assert "pa55word" not in text
    assert re.findall(r"https?://[^/\s\"]+/(?!\[hidden\])", text) == []


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"GET {SIGNED} ended by 403", "GET https://cdn.example.net/[hidden] ended by 403"),
        ("postgresql://me:pa55word@db.example.net/films", "postgresql://db.example.net/[hidden]"),
        ("at http://127.0.0.1:8080.", "at http://127.0.0.1:8080."),
        ("the key r8_s3cret+key is wrong", "the key [hidden] is wrong"),
        ("token=r8_s3cret%2Bkey", "token=[hidden]"),
        ("s3://films/clips", "s3://films/clips"),
    ],
)
def test_a_text_is_written_without_keys_and_with_no_more_of_an_address_than_its_host(text: str, clean: str) -> None:
    assert Secrecy(["r8_s3cret+key"]).clean(text) == clean


@pytest.mark.journey
def test_nothing_is_logged_and_structlog_is_not_loaded_where_nothing_asks_for_it() -> None:
    program = (
        "import sys; from storyreel.observing.start import start_observing; from storyreel.settings import Settings;"
        "told = start_observing(Settings(), {}, {});"
        "print(told.active, [name for name in ('structlog', 'prometheus_client', 'opentelemetry') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False []"


def test_a_log_that_cannot_be_written_is_told_with_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings = Settings(log=LogLevel.INFO, log_file=tmp_path / "file" / "film.log")

    with pytest.raises(InvalidRequest, match="STORYREEL_LOG_FILE names"):
        start_observing(settings, {}, {})
