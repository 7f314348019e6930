"""What is said to a person is said in every language that we speak."""

from datetime import date

import pytest
from scripts.translate import main

from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import (
    AuthenticationFailed,
    BudgetExceeded,
    Cancelled,
    CapabilityMissing,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    MediaUnusable,
    OutputBroken,
    ProviderUnavailable,
    RouteClosed,
    StoreUnusable,
    StoryreelError,
    UnknownModel,
    restored,
)
from storyreel.domain.values import Language
from storyreel.doors.languages.failures import failure_text
from storyreel.doors.languages.meanings import MEANINGS
from storyreel.doors.languages.words import spoken, translations
from storyreel.doors.server.pages.page import told_in
from storyreel.doors.server.pages.remedies import kept_here
from storyreel.library.ledger.budgets import OTHER_KEY

SCALE_IT = " scale it down, to 4096 pixels on its longer side, say"


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


TOO_DEAR = (
    "The film would cost $3.00; its budget is $1.00. Nothing was sent. Raise ",
    Remedy.BUDGET,
    ", make fewer or shorter shots, or choose a cheaper model.",
)
BEGINS = Advice("k begins on a picture: use it with ", Remedy.KEYFRAMES, ", or by ", Remedy.ANIMATE, ".")
OF_A_KEY = f"The next call would bring the key k to $2.00; the budget of the key k allows $1.00. {OTHER_KEY}"
OF_THE_DAY = ("The next call would bring the film to $2.00; STORYREEL_BUDGET_FILM allows $1.00. Raise it, or go on tomorrow by ",)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            BudgetExceeded(Advice(*TOO_DEAR), budget="film", limit_usd="1", needed_usd="3"),
            "Фильм стоил бы $3.00, а его бюджет — $1.00. Ничего не отправлено. Увеличьте бюджет фильма, сделайте кадров меньше",
        ),
        (
            BudgetExceeded(Advice(*OF_THE_DAY, Remedy.RESUME, "."), budget="film", limit_usd="1", needed_usd="2"),
            "Следующий запрос довёл бы фильм до $2.00, а STORYREEL_BUDGET_FILM допускает $1.00. Увеличьте его или продолжите"
            " завтра: «Продолжить».",
        ),
        (
            MediaUnusable("a.png", "it has 48.8 million pixels, and in progressive JPEG at most 25 million are read;" + SCALE_IT),
            "Файл не подходит: в нём 48,8 млн пикселей, а в прогрессивном JPEG читается не больше 25 млн;",
        ),
        (
            CapabilityMissing(model="k", capability="start from text", alternatives=["a", "b-2.5"], otherwise=BEGINS),
            "k этого не умеет: начинать с текста. Умеют: a, b-2.5. k начинает с картинки: берите её с общими картинками, или",
        ),
        (
            BudgetExceeded(Advice(OF_A_KEY), budget="key", limit_usd="1", needed_usd="2"),
            "Следующий запрос довёл бы ключ k до $2.00, а бюджет ключа k допускает $1.00. Возьмите другой ключ; с бюджетом больше"
            " его делает тот, кто ведёт сервер: `storyreel keys create NAME --budget USD`.",
        ),
        (StoreUnusable("/srv", "the disk is full", remedy="Free some space."), "База данных или папка недоступна"),
    ],
)
def test_a_page_says_what_helps_in_the_readers_language_and_once(error: StoryreelError, told: str) -> None:
    detail = told_in(Language.RUSSIAN, error).detail
    assert detail.startswith(told)
    assert "(" not in detail


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OutputBroken("it is 2 s long; 4 s were asked"), "收到的片段无法使用：时长 2 秒，要求 4 秒。会先重新下载，再重新制作。"),
        (InsufficientCredit(provider="fal"), "fal 账户余额不足：请充值，然后用 “继续” 继续。"),
        (Cancelled("The film a", film="a"), "已取消；已完成的内容会保留。"),
    ],
)
def test_what_was_kept_of_an_error_is_told_on_a_page_in_the_readers_language(error: StoryreelError, told: str) -> None:
    assert kept_here(error.code, str(error), Language.CHINESE) == told


def test_every_code_of_an_error_means_something_in_every_language() -> None:
    kinds: list[type[StoryreelError]] = [StoryreelError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert {kind.code for kind in kinds} - MEANINGS.keys() <= {"storyboard_invalid", "catalogue_invalid"}
