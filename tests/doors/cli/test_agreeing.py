"""The yes that is asked for before anything is paid, at a terminal."""

import io
import json
import sys
from pathlib import Path

import pytest
import typer
from pydantic import SecretStr

from storyreel.accounts import Account
from storyreel.domain.values import Language
from storyreel.doors.cli.agreeing import agree
from storyreel.doors.cli.screen import open_screen
from storyreel.doors.languages.voice import Voice
from storyreel.studio import Studio


class Terminal(io.StringIO):
    """What a person types, or reads."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize(
    ("language", "answer", "told"),
    [
        (Language.ENGLISH, "no", "storyreel: You did not agree; it was not done.\n"),
        (Language.RUSSIAN, "нет", "storyreel: Вы не согласились; ничего не сделано.\n"),
    ],
)
async def test_who_does_not_agree_is_told_that_nothing_was_done_with_its_exit_code(
    language: Language,
    answer: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    studio = Studio(tmp_path, accounts={"replicate": Account("replicate", setting="TOKEN", key=SecretStr("r8_nobody"))})
    plan = studio.plan(await studio.storyboard("A ship at sea.", shots=1), model="kling-2.5-turbo")
    screen = open_screen(Voice(language), as_json=True)
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\n"))
    asked = Terminal()
    monkeypatch.setattr(sys, "stderr", asked)

    with pytest.raises(typer.Exit) as left:
        agree(screen, plan, yes=False)

    assert left.value.exit_code == 130
    assert asked.getvalue().endswith(told)
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "declined"
