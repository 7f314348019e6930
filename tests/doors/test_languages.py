"""What is said to a person is said in every language that we speak."""

from datetime import date

import pytest
from scripts.translate import main

from storyreel.domain.errors import (
    AuthenticationFailed,
    BudgetExceeded,
    CapabilityMissing,
    ContentRejected,
    InvalidRequest,
    MediaUnusable,
    ProviderUnavailable,
    RouteClosed,
    StoryreelError,
    UnknownModel,
    restored,
)
from storyreel.domain.values import Language
from storyreel.doors.languages.failures import failure_text
from storyreel.doors.languages.meanings import MEANINGS
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


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UnknownModel("vio", nearest=["veo-3"]), "Модели «vio» нет. Похожие: veo-3."),
        (CapabilityMissing(model="veo", capability="start from text", alternatives=()), "veo этого не умеет: начинать с текста."),
        (RouteClosed(route="a@b", since=date(2026, 9, 1), successor="c"), "a@b закрыта с 2026-09-01. Возьмите вместо неё c."),
        (AuthenticationFailed(provider="fal", setting="FAL_KEY"), "Ключа для fal нет, или он не принят. Задайте FAL_KEY"),
        (
            BudgetExceeded("Too dear.", budget="day", limit_usd="1.5", needed_usd="2"),
            "Фильмы за сегодня стоили бы $2.00, а в день разрешено",
        ),
        (ContentRejected(provider="fal", refused="prompt", reason="Blood."), "Модерация fal отклонила запрос: Blood. Скажите"),
        (ProviderUnavailable(provider="fal", detail="HTTP 503"), "fal не отвечает как следует: HTTP 503. Повторите"),
        (MediaUnusable("a.jpg", "it is empty"), "Файл не подходит: он пуст."),
        (InvalidRequest("A seed is 0 to 1; -1 was given.", field="seed"), "Зерно — целое число."),
        (restored("content_rejected", "fal refused it: Blood."), "Модерация сервиса отклонила запрос."),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
def test_an_error_is_told_in_the_readers_language_with_its_facts(error: StoryreelError, told: str) -> None:
    assert failure_text(error, error.code, str(error), Language.RUSSIAN).startswith(told)
    assert failure_text(error, error.code, str(error), Language.ENGLISH) == str(error)


def test_every_code_of_an_error_means_something_in_every_language() -> None:
    kinds: list[type[StoryreelError]] = [StoryreelError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert {kind.code for kind in kinds} - MEANINGS.keys() <= {"storyboard_invalid", "catalogue_invalid"}
