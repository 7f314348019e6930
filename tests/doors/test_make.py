"""`make`, `animate`, `resume`: a film from a sentence. Requirements F1 and F10 (one machine)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import av
import pytest
from PIL import Image
from pydantic import SecretStr

from storyreel.accounts import Account
from storyreel.domain.errors import BudgetExceeded
from storyreel.domain.values import Language
from storyreel.doors.cli.agreeing import agree
from storyreel.doors.cli.screen import open_screen
from storyreel.doors.languages.voice import Voice
from storyreel.studio import Studio
from tests.doors.conftest import Cli, Ran, settle, storyreel
from tests.drawers import Drawers
from tests.media.footage import cut_off, make_clip

SMALL = ("--size", "160x90", "--shots", 2, "--length", 1)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory, all_drawers: Drawers) -> tuple[Path, Ran]:
    """A folder where a film was made, and what that told a program: for tests that only read it."""
    with pytest.MonkeyPatch.context() as patch:
        here = settle(tmp_path_factory.mktemp("harbour") / "here", patch)
        all_drawers.draw_for(patch)
        return here, storyreel("make", "A harbour at dawn; the boats come home", *SMALL, "--json")


@pytest.fixture(scope="module")
def cat(tmp_path_factory: pytest.TempPathFactory, all_drawers: Drawers) -> tuple[Path, Ran]:
    """A folder where a film was made in an older one's place, and what that told a person: for tests that only read it."""
    with pytest.MonkeyPatch.context() as patch:
        here = settle(tmp_path_factory.mktemp("cat") / "here", patch)
        all_drawers.draw_for(patch)
        (here / "out").mkdir()
        (here / "out" / "cat.mp4").write_text("an older film")
        return here, storyreel("make", "A cat", *SMALL, "--output", "out/cat.mp4", "--force")


def frames_and_size(path: Path) -> tuple[int, int, int, bool]:
    with av.open(str(path)) as film:
        video = film.streams.video[0]
        return (
            sum(1 for _ in film.decode(video)),
            video.codec_context.width,
            video.codec_context.height,
            bool(film.streams.audio),
        )


def test_a_sentence_becomes_a_film_with_everything_beside_it(harbour: tuple[Path, Ran]) -> None:
    folder, ran = harbour
    film = ran.json
    path = Path(film["path"])
    assert ran.code == 0
    assert (film["state"], film["cost_usd"], film["width"], film["height"], film["fps"]) == ("ready", 0, 160, 90, 24)
    assert frames_and_size(path) == (24, 160, 90, True)
    assert path == folder / film["film"] / "film.mp4"
    assert [shot["index"] for shot in film["shots"]] == [1, 2]
    assert all(Path(shot["path"]).is_file() and shot["take"] and shot["model"] == "animatic" for shot in film["shots"])
    assert {one.name for one in path.parent.iterdir()} == {"film.mp4", "storyboard.yaml", "takes", "sheet.jpg"}


@pytest.mark.journey
def test_a_person_reads_the_storyboard_the_place_and_the_cost(cat: tuple[Path, Ran]) -> None:
    _, ran = cat

    assert ran.code == 0
    assert ran.out.startswith("Storyboard")
    assert "cat.mp4" in ran.out
    assert "cost $0.00" in ran.out


def test_output_names_the_film_and_the_rest_lies_in_a_folder_of_that_name(cat: tuple[Path, Ran]) -> None:
    folder, _ = cat

    assert (folder / "out" / "cat.mp4").is_file()
    assert (folder / "out" / "cat" / "storyboard.yaml").is_file()


def test_force_replaces_a_film(cat: tuple[Path, Ran]) -> None:
    folder, _ = cat

    assert frames_and_size(folder / "out" / "cat.mp4")[0] == 24


@pytest.mark.journey
def test_a_script_in_russian_becomes_a_film_and_a_russian_is_told_of_it(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYREEL_LANGUAGE", "ru")
    (folder / "story.txt").write_text("Ночь. Маяк светит над морем.\n\nНа рассвете приходит корабль.", encoding="utf-8")

    ran = cli("make", "--script", "story.txt", *SMALL, "--json")

    assert ran.json["state"] == "ready"
    assert {"кадр 1 из 2 готов", "кадр 2 из 2 готов", "склеиваю"} <= {line.strip() for line in ran.err.splitlines()}


@pytest.mark.journey
def test_an_edited_storyboard_is_input(cli: Cli, folder: Path) -> None:
    assert cli("storyboard", "一只猫在窗台上睡觉", "--shots", 2, "--length", 1, "--output", "cat.yaml").code == 0

    ran = cli("make", "--storyboard", "cat.yaml", "--size", "160x90", "--json")

    assert (ran.json["state"], len(ran.json["shots"]), ran.json["seconds"]) == ("ready", 2, 1.0)


@pytest.mark.journey
def test_the_storyboard_of_a_film_makes_another_film(harbour: tuple[Path, Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    first = harbour[1].json
    settle(harbour[0], monkeypatch)

    board = storyreel("storyboard", "Harb", "--json").json
    again = storyreel("make", "--storyboard", first["film"], "--size", "90x160", "--json").json
    which = storyreel("storyboard", "harb")

    assert [shot["id"] for scene in board["scenes"] for shot in scene["shots"]] == [shot["id"] for shot in first["shots"]]
    assert (again["state"], again["width"], again["film"] != first["film"]) == ("ready", 90, True)
    assert (which.code, which.err.startswith("storyreel: Several films begin with 'harb': ")) == (2, True)


@pytest.mark.journey
def test_a_chained_film_begins_each_shot_on_the_frame_before(cli: Cli) -> None:
    film = cli("make", "A harbour at dawn", *SMALL, "--joins", "chain", "--json").json
    one, two = (Path(shot["path"]) for shot in film["shots"])

    assert cli("frame", one, "--last", "-o", "last.png").code == 0
    assert cli("frame", two, "--first", "-o", "first.png").code == 0

    last, first = Image.open("last.png").convert("L"), Image.open("first.png").convert("L")
    apart = sum(abs(a - b) for a, b in zip(last.tobytes(), first.tobytes(), strict=True)) / (160 * 90)
    assert apart < 4  # levels of 255: what one more encoding changes


@pytest.mark.journey
def test_a_picture_comes_to_life_in_its_own_shape(cli: Cli, folder: Path) -> None:
    Image.new("RGB", (301, 400), "steelblue").save(folder / "photo.png")

    film = cli("animate", "photo.png", "slow push in, rain begins", "--seconds", 1, "--json").json

    assert (film["state"], film["seconds"]) == ("ready", 1.0)
    assert film["width"] / film["height"] == 0.75


def test_films_and_show_tell_the_same_as_make(harbour: tuple[Path, Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    made = harbour[1].json
    settle(harbour[0], monkeypatch)

    listed = storyreel("films", "--json").json
    shown = storyreel("show", made["film"], "--json").json

    assert listed[-1]["film"] == made["film"]  # newest first
    assert set(listed[0]) == {"film", "title", "state", "seconds", "cost_usd", "held_usd", "created", "path"}
    assert [{key: shot[key] for key in made["shots"][0]} for shot in shown["shots"]] == made["shots"]
    assert all((shot["changed"], shot["locked"], len(shot["takes"])) == ([], False, 1) for shot in shown["shots"])
    assert [cut["number"] for cut in shown["cuts"]] == [1]


def test_nothing_to_resume_is_not_a_failure(cli: Cli) -> None:
    ran = cli("resume", "--json")

    assert (ran.code, ran.out) == (0, "")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ru", ("готов", "0,5 с", "заняло 0:", "стоило $0.00", "Оплачено     $0.00", "состояние", "раскадровка, дубли")),
        ("zh", ("已完成", "0.5 秒", "用时 0:", "花费 $0.00", "已结算       $0.00", "状态", "分镜、各版本")),
    ],
)
def test_films_and_bills_are_told_in_the_persons_language(
    harbour: tuple[Path, Ran], language: str, told: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(harbour[0], monkeypatch)
    monkeypatch.setenv("STORYREEL_LANGUAGE", language)

    out = "".join(storyreel(*words).out for words in (("films",), ("show", harbour[1].json["film"]), ("bill",)))

    assert [one for one in told if one not in out] == []
    assert not any(one in out for one in ("ready", " held", "Settled", "took"))


def test_with_json_stderr_has_no_table(cli: Cli, harbour: tuple[Path, Ran]) -> None:
    _, made = harbour
    board = cli("storyboard", "A harbour at dawn", "--json")

    assert "Storyboard" not in made.err
    assert "cost $" not in made.err
    assert "shot 2 of 2 ready" in made.err
    assert (board.err, board.json["language"]) == ("", "en")


def test_dialogue_stands_in_the_quotes_of_its_language(cli: Cli) -> None:
    russian = cli("storyboard", "Старик стоит у окна.\n\nМАША: Ты помнишь море?", "--shots", 2)
    english = cli("storyboard", "An old man stands at the window.\n\nMARY: Do you remember the sea?", "--shots", 2)

    assert "«Ты помнишь море?»" in russian.out
    assert "“Do you remember the sea?”" in english.out


def test_a_film_taken_up_tells_only_what_is_new(harbour: tuple[Path, Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    settle(harbour[0], monkeypatch)

    assert "shot 1 of 2 ready" not in storyreel("resume", harbour[1].json["film"]).out


@pytest.mark.journey
def test_a_storyboard_file_is_edited_where_it_is(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("storyboard", "A harbour at dawn", "--shots", 2, "--length", 1, "--output", "mine.yaml").code == 0
    (folder / "editor.py").write_text(
        "import sys, pathlib\nfile = pathlib.Path(sys.argv[1])\nfile.write_text('# my own words\\n' + file.read_text())\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {folder / 'editor.py'}")

    film = cli("storyboard", "mine.yaml", "--edit", "--size", "160x90", "--json").json

    assert (film["state"], len(film["shots"])) == ("ready", 2)
    assert (folder / "mine.yaml").read_text().startswith("# my own words\n")


async def test_what_costs_is_asked_for_unless_a_budget_was_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    account = Account("replicate", setting="REPLICATE_API_TOKEN", key=SecretStr("r8_nobody"))
    studio = Studio(folder / "home", accounts={"replicate": account})
    board = await studio.storyboard("A ship at sea.", shots=1)
    screen = open_screen(Voice(Language.ENGLISH), as_json=False)

    with pytest.raises(BudgetExceeded, match="Accept it with --yes, or with a --budget"):
        agree(screen, studio.plan(board, model="kling-2.5-turbo"), yes=False)
    assert "if one take in three has to be made again" in capsys.readouterr().out
    with pytest.raises(BudgetExceeded, match="This film costs"):
        agree(open_screen(Voice(Language.ENGLISH), as_json=True), studio.plan(board, model="kling-2.5-turbo"), yes=False)
    assert capsys.readouterr() == ("", "")  # a program reads it in the object
    agree(screen, studio.plan(board, model="kling-2.5-turbo", budget=5), yes=False)
    assert studio.plan(board, aspect="7:3").notes == ("7:3 is the same as 21:9, which is what models call it.",)
    assert studio.plan(board, aspect="47:20").notes == ("47:20 is made as 21:9, which is what models call it.",)


@pytest.mark.journey
def test_a_reader_that_goes_away_ends_no_film(folder: Path) -> None:
    words = ["make", "A lamp burns.", "--shots", "1", "--seconds", "0.5", "--size", "160x90", "--output", "lamp.mp4"]
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run([sys.executable, "-m", "storyreel", *words], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)

    assert (done.returncode, done.stderr) == (0, b"")
    assert (folder / "lamp.mp4").stat().st_size


@pytest.mark.parametrize(
    "words", [["films"], ["films", "--json"], ["storyboard", "A cat.", "--json"], ["--help"], ["make", "--help"], ["--version"]]
)
def test_an_output_that_is_full_is_told_in_one_line(folder: Path, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "storyreel", *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert done.returncode == 5
    assert done.stderr.startswith("storyreel: This cannot be printed: no space left on device.")
    assert len(done.stderr.splitlines()) == 1


def test_a_refusal_is_told_where_the_output_is_full_or_closed(folder: Path) -> None:
    words = [sys.executable, "-m", "storyreel", "show", "nothing", "--json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    closed = subprocess.run(
        [sys.executable, "-c", "import os, sys; os.close(1); os.execv(sys.argv[1], sys.argv[1:])", *words],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )

    assert [(one.returncode, len(one.stderr.splitlines())) for one in (done, closed)] == [(2, 1), (2, 1)]


@pytest.mark.journey
def test_a_program_has_its_answer_though_nobody_reads_how_far_the_work_is(folder: Path) -> None:
    words = ["make", "A lamp burns.", "--shots", "1", "--seconds", "0.5", "--size", "160x90", "--output", "lamp.mp4", "--json"]
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run([sys.executable, "-m", "storyreel", *words], stdout=subprocess.PIPE, stderr=writer, check=False)
    os.close(writer)

    assert json.loads(done.stdout)["path"] == str(folder / "lamp.mp4")


def test_without_a_terminal_no_editor_waits_for_one(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)

    ran = cli("storyboard", "A cat.", "--edit", "--output", "cat.yaml")

    assert ran.code == 2
    assert "no terminal to edit in; set EDITOR" in ran.err
    assert (folder / "cat.yaml").is_file()


def test_a_frame_of_a_clip_that_breaks_off_is_told_so(cli: Cli, folder: Path) -> None:
    cut_off(make_clip(folder / "clip.mp4", frames=96, muxing={"movflags": "+faststart"}), 0.6)

    ran = cli("frame", "clip.mp4", "--last", "-o", "last.png")

    assert (folder / "last.png").is_file()
    assert "Damaged      it breaks off" in ran.out
