"""A question that is answered by yes or no, at a terminal."""

import asyncio
import io
import signal
import sys

import pytest
import typer

from storyreel.domain.values import Language
from storyreel.doors.cli.answering import asked
from storyreel.doors.languages.voice import Voice


class Interrupted(io.StringIO):
    """A person presses Ctrl-C at the question, and is not asked what he types then."""

    def readline(self, size: int | None = -1, /) -> str:
        """A yes, were the question still open."""
        signal.raise_signal(signal.SIGINT)
        return "y\n"


def test_the_first_ctrl_c_ends_a_question_that_is_asked_while_a_loop_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Interrupted())

    async def priced() -> bool:
        return asked(Voice(Language.ENGLISH), "Go on, for $0.70?")

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(typer.Abort):
        asyncio.run(priced())
    assert signal.getsignal(signal.SIGINT) is before
