"""What is said to a person is said in every language that we speak."""

import pytest
from scripts.translate import main

from storyreel.domain.values import Language
from storyreel.doors.languages.words import spoken, translations


def test_every_text_has_its_translation_and_what_is_compiled_is_what_was_translated(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(check=True) == 0, capsys.readouterr().out
    assert translations(Language.RUSSIAN).ngettext("%(num)s shot", "%(num)s shots", 3) == "%(num)s кадра"
    assert translations(Language.CHINESE).gettext("Download") == "下载"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("de, zh-CN;q=0.5, en;q=0.3", "zh"),
        ("", "en"),
        ("fr;q=x, *", "en"),
        ("en;q=0, zh", "zh"),
    ],
)
def test_the_language_is_the_first_that_a_browser_asks_for_and_we_speak(asked: str, given: str) -> None:
    assert spoken(asked) == given
