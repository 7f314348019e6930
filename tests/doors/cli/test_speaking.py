"""The command line speaks the person's language: English, Russian or Chinese. Requirement F12."""

import io
import re
from pathlib import Path

import pytest

import storyreel
from storyreel.domain.advice import Remedy
from storyreel.domain.errors import InvalidRequest, LineBusy, StoryreelError, TimedOut, UnknownModel
from storyreel.domain.values import Language
from storyreel.doors.cli.answering import asked
from storyreel.doors.cli.screen import padded
from storyreel.doors.languages.failures import failure_text
from storyreel.doors.languages.known import SAYINGS, known_or
from storyreel.doors.languages.phrases import Phrase
from storyreel.doors.languages.remarks import OF_COMMAND_LINES
from storyreel.doors.languages.voice import Voice
from storyreel.doors.languages.words import language_of
from tests.doors.conftest import Cli

PART = 14  # characters
RUSSIAN, CHINESE = Voice(Language.RUSSIAN), Voice(Language.CHINESE)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW", "LC_ALL": ""}, "zh"),
        ({"LANG": "POSIX"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_systems_where_it_is_one_of_ours(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_the_setting_goes_before_the_system_and_one_that_is_not_spoken_is_refused(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    by_setting = cli("films")
    monkeypatch.delenv("STORYREEL_LANGUAGE")
    by_system = cli("films")
    monkeypatch.setenv("STORYREEL_LANGUAGE", "fr")
    refused = cli("films", "--json")

    assert (by_setting.out.split("  ")[0], by_system.out.split("  ")[0]) == ("No films yet.", "还没有影片。")
    assert (refused.code, "STORYREEL_LANGUAGE" in refused.err) == (2, True)
    assert refused.json["error"]["message"] == "STORYREEL_LANGUAGE cannot be 'fr': Input should be 'en', 'ru' or 'zh'."


@pytest.mark.parametrize(
    ("words", "russian", "chinese"),
    [
        (
            "show nosuch",
            "Фильма «nosuch» нет. Все перечислит `storyreel films`.",
            "没有影片“nosuch”。用 `storyreel films` 查看全部。",
        ),
        (
            "make A --seed -5",
            "Зерно — целое число от 0 до 2147483647; задано -5.",
            "种子为 0 至 2147483647 的整数；您给出的是 -5。",
        ),
        ("make A --size 3x5", "«3x5» — не размер: нужны два чётных числа", "“3x5”不是尺寸："),
        ("estimate A --shots 999", "В фильме от 1 до 200 кадров; задано 999.", "影片有 1 至 200 个镜头；您要求了 999 个。"),
        ("make A --model vio", "Модели «vio» нет.", "没有名为“vio”的模型。"),
        (
            "make A --shots x",
            "--shots не подходит: нужно целое число. Смотрите storyreel make --help.",
            "--shots 的值无效：应为整数。",
        ),
        ("make", "Скажите, о чём фильм:  storyreel make", "请说明影片讲什么："),
        ("keys create a --scope all", "--scope не может быть «all»: нужно read, make, admin.", "--scope 不能是“all”"),
        ("keys revoke a", "Действующего ключа «a» нет. Все перечислит `storyreel keys list`.", "没有在用的密钥“a”。"),
        ("attention adopt 1 x", "Спорного запроса «1» нет.", "没有名为“1”的存疑请求。"),
        ("probe none.mp4", "none.mp4 не подходит: ", "none.mp4 无法使用："),
    ],
)
def test_an_error_is_told_in_the_persons_language_and_to_a_program_in_english(
    words: str, russian: str, chinese: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYREEL_LANGUAGE", "ru")
    first = cli(*words.split(), "--json")
    monkeypatch.setenv("STORYREEL_LANGUAGE", "zh")
    second = cli(*words.split())

    assert first.err.startswith(f"storyreel: {russian}")
    assert second.err.startswith(f"storyreel: {chinese}")
    assert first.json["error"]["message"].isascii()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UnknownModel("vio", nearest=["veo-3"]), "Модели «vio» нет. Похожие: veo-3. Все перечислит `storyreel models`."),
        (TimedOut("fal", after_s=600.0), "Дольше 600 с: fal. `storyreel resume` продолжит с того же места."),
        (LineBusy(home=Path("films"), pid=7), "Фильмы в films снимает процесс 7. Подождите"),
        (
            InvalidRequest(Phrase("{path} is larger than {most} kB; split it into parts.", path="a", most=9), field="x"),
            "a больше 9 кБ;",
        ),
        (InvalidRequest("Nobody knows these words.", field="x"), "Что-то из указанного не подходит. (Nobody knows these words)"),
    ],
)
def test_what_helps_is_told_at_a_terminal_by_its_commands(error: StoryreelError, told: str) -> None:
    helps = {Remedy.MODELS: Remedy.MODELS.value, Remedy.RESUME: Remedy.RESUME.value}

    assert failure_text(error, error.code, str(error), Language.RUSSIAN, helps, at_machine=True).startswith(told)


def test_what_other_rooms_say_is_known_again_with_its_facts() -> None:
    note = "kling makes clips of certain lengths only: s01 4.5 s is 5 s, s02 2.5 s is 5 s."

    assert known_or(note, Language.RUSSIAN).endswith("лишь определённой длины: s01 вместо 4,5 с — 5 с, s02 вместо 2,5 с — 5 с.")
    assert known_or("start from first frame", Language.CHINESE) == "从首帧开始"
    assert known_or("Nobody knows these words.", Language.RUSSIAN) == "Nobody knows these words."
    assert known_or(note, Language.ENGLISH) == note


def test_no_text_is_kept_that_no_room_says_any_more() -> None:
    rooms = Path(storyreel.__file__).parent
    files = [path for path in rooms.rglob("*.py") if "languages" not in path.parts]
    source = re.sub(r'"\s+f?"', "", "\n".join(path.read_text(encoding="utf-8") for path in files))

    def is_said(text: str) -> bool:
        """A part of it stands in a room's source; some are put together there of parts."""
        own = max(re.split(r"\{\w+\}|'", text), key=len)
        return any(own[start : start + PART] in source for start in range(max(1, len(own) - PART + 1)))

    assert [text for text in SAYINGS if text not in OF_COMMAND_LINES and not is_said(text)] == []


@pytest.mark.parametrize(("typed", "agreed"), [("д\n", True), ("да\n", True), ("y\n", True), ("\n", False), ("?\nнет\n", False)])
def test_a_question_is_answered_in_the_language_that_it_is_asked_in(
    typed: str, agreed: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))

    assert asked(RUSSIAN, RUSSIAN("Go on, for {price}?", price="$2.00")) is agreed
    assert capsys.readouterr().err.startswith("Продолжить за $2.00? [д/Н]: ")


def test_numbers_are_counted_as_each_language_counts_and_labels_are_as_wide() -> None:
    counted = [RUSSIAN.ngettext("{number} shot", "{number} shots", number) for number in (1, 3, 11, 21)]

    assert counted == ["1 кадр", "3 кадра", "11 кадров", "21 кадр"]
    assert (RUSSIAN.seconds(2.5), CHINESE.seconds(2.5)) == ("2,5 с", "2.5 秒")
    assert (len(padded("Film")), len(padded("成片"))) == (11, 9)
