"""What breaks is told on stderr where no log is kept: by the request's id, with where it broke, without what is secret."""

import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.types import Message, Receive, Scope, Send

from storyreel.doors.server.desk import open_desk
from storyreel.doors.server.porter import Porter, limits
from storyreel.settings import LogLevel, Settings
from storyreel.studio import Studio


async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise RuntimeError("The key hunter2hunter2 fits nothing.\nAnd much more.")


async def asked(folder: Path, log: LogLevel | None) -> list[Message]:
    """What is answered by a server whose application breaks."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    settings = Settings(log=log, secret=SecretStr("hunter2hunter2"))
    async with open_desk(Studio(folder, settings=settings), works=False, public_url="") as desk:
        porter = Porter(broken, (), limits({}), house=lambda: desk)
        scope = {"type": "http", "method": "GET", "path": "/v1/films/secret-film", "headers": [(b"x-request-id", b"mine-1")]}
        await porter(scope, asyncio.Queue[Message]().get, send)
    return sent


@pytest.mark.parametrize("log", [None, LogLevel.INFO, LogLevel.OFF])
async def test_what_nobody_foresaw_is_told_by_its_request_and_place_wherever_no_log_was_forbidden(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], log: LogLevel | None
) -> None:
    sent = await asked(tmp_path, log)
    lines = capfd.readouterr().err.splitlines()

    assert (sent[0]["status"], b"x-request-id" in dict(sent[0]["headers"])) == (500, True)
    assert b"server's log" in sent[1]["body"]
    assert len(lines) == (0 if log is LogLevel.OFF else 1)
    for line in lines:
        for told in ("error", "request.answered", "request=mine-1", "status=500", "RuntimeError", "[hidden] fits", "in broken"):
            assert told in line
        assert "hunter2" not in line
        assert "secret-film" not in line
