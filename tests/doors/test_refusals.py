"""Bad input: one clear line, an exit code, no traceback, nothing left behind."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.doors.conftest import Cli
from tests.media.huge import huge_png

LONG = "word " * 20_000


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["make"], "Say what the film tells"),
        (["make", ""], "no words"),
        (["make", "   \n "], "no words"),
        (["make", "🐈🔥🚀"], "Say in words what the film shows, signs and numbers are not enough"),
        (["animate", "", "rain"], "The picture's name is empty"),
        (["make", LONG], "50,000"),
        (["make", "A cat", "--shots", 0], "1 to 200"),
        (["make", "A cat", "--shots", 500], "1 to 200"),
        (["make", "A cat", "--seconds", -3], "0.5 to 60"),
        (["make", "A cat", "--length", "nan"], "0.5 to 3600"),
        (["make", "A cat", "--seconds", 3, "--length", 9], "not both"),
        (["make", "A cat", "--model", "animatc"], "Nearest: animatic"),
        (["make", "A cat", "--model", ""], "'' is not a model"),
        (["make", "A cat", "--seed", -1], "from 0 to"),
        (["make", "A cat", "--seed", 2**31], "from 0 to 2147483647"),
        (["make", "A cat", "--size", "big"], "not a size"),
        (["make", "A cat", "--size", "161x90"], "even"),
        (["make", "A cat", "--aspect", "wide"], "not an aspect"),
        (["make", "A cat", "--output", "cat.avi"], ".mp4"),
        (["make", "A cat", "--script", "nothing.txt"], "not both"),
        (["make", "A cat \udcff"], "not UTF-8"),
        (["storyboard", "A cat", "--output", "cat.mp4"], "end the name with .yaml"),
        (["make", "--script", "nothing.txt"], "cannot be read"),
        (["make", "--storyboard", "nothing.yaml"], "no storyboard file"),
        (["make", "--storyboard", "."], "no storyboard file storyboard.yaml"),
        (["make", "--storyboard", "no-such-film"], "no film"),
        (["make", "--storyboard", "no-such-film", "--shots", 3], "leave shots out"),
        (["make", "A cat", "--prompt", "A cat"], "--prompt is about reference pictures: give one with --reference"),
        (["make", "--storyboard", "x.yaml", "--reference", "x.png", "--motion", "x.mp4"], "leave --script and --storyboard out"),
        (["animate", "nothing.png"], "nothing.png"),
        (["make", "--storyboard", f"{'c' * 300}.yaml"], "no storyboard file"),
        (["make", "--storyboard", "c" * 300], "no film"),
        (["show", "nothing"], "no film"),
        (["resume", "nothing"], "no film"),
        (["frame", "nothing.mp4", "--last", "-o", "x.png"], "nothing.mp4"),
        (["frame", "nothing.mp4", "-o", "x.png"], "--first, --last or --at"),
        (["probe", "nothing.mp4"], "nothing.mp4"),
        (["bill", "nothing"], "no film"),
        (["attention", "abandon", "7"], "No call waits for a person"),
        (["worker", "--hooks", "nowhere"], "HOST:PORT"),
        (["serve", "--host", "0.0.0.0", "--port", 0], "storyreel keys create"),
        (["join", "nothing.mp4", "-o", "x.mp4"], "nothing.mp4"),
        (["join", "nothing.mp4", "-o", "x.avi"], "end the name with .mp4"),
        (["frame", "nothing.mp4", "--last", "-o", "x.jpg"], "end the name with .png"),
    ],
)
def test_bad_input_is_one_clear_line(cli: Cli, folder: Path, words: list[object], says: str) -> None:
    ran = cli(*words)

    assert ran.code == 2
    assert says in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert list(folder.iterdir()) == []


def test_a_text_that_calls_itself_a_picture_is_refused(cli: Cli, folder: Path) -> None:
    (folder / "photo.jpg").write_text("this is not a picture")

    ran = cli("animate", "photo.jpg")

    assert ran.code == 2
    assert "photo.jpg" in ran.err


def test_a_picture_too_large_to_decode_is_refused(cli: Cli, folder: Path) -> None:
    (folder / "huge.png").write_bytes(huge_png(20_000, 20_000))

    ran = cli("animate", "huge.png")

    assert ran.code == 2
    assert "400 million pixels" in ran.err


def test_a_storyboard_that_breaks_names_its_line_and_is_kept(cli: Cli, folder: Path) -> None:
    cli("storyboard", "A cat", "--output", "cat.yaml")
    broken = (folder / "cat.yaml").read_text().replace("seconds:", "secunds:", 1)
    (folder / "cat.yaml").write_text(broken)
    line = 1 + next(n for n, text in enumerate(broken.splitlines()) if "secunds:" in text)

    ran = cli("make", "--storyboard", "cat.yaml")

    assert ran.code == 2
    assert f"line {line}" in ran.err
    assert (folder / "cat.yaml").read_text() == broken


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("taken.mp4", "taken is a file, not a folder"),  # its takes and storyboard have no place
        (f"{'c' * 300}.mp4", "file name too long"),
        (f"{'c' * 252}.mp4", "file name too long"),  # by one byte
        (f"{'c' * 300}/film.mp4", "file name too long"),
    ],
)
def test_a_name_that_cannot_be_written_is_refused_before_anything_is_drawn(
    cli: Cli, folder: Path, output: str, says: str
) -> None:
    (folder / "taken").write_text("a file")

    ran = cli("make", "A cat", "--output", output)

    assert (ran.code, len(ran.err.splitlines())) == (5, 1)
    assert says in ran.err
    assert cli("films", "--json").json == []
    assert [path.name for path in folder.iterdir()] == ["taken"]


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_drawn(cli: Cli, folder: Path) -> None:
    (folder / "taken").write_text("a file where a folder should be")

    ran = cli("make", "A cat", "--output", "taken/cat.mp4")

    assert ran.code == 5
    assert f"cannot be written: {folder / 'taken'} is a file, not a folder." in ran.err
    assert cli("films", "--json").json == []


@pytest.mark.parametrize("words", [["fox.png"], ["--script", "fox.png"]])
def test_a_picture_that_is_given_as_words_is_told_how_it_becomes_a_film(cli: Cli, folder: Path, words: list[str]) -> None:
    Image.effect_noise((700, 500), 80).convert("RGB").save(folder / "fox.png")

    ran = cli("make", *words)

    assert (ran.code, "fox.png is a picture" in ran.err) == (2, True)
    assert "storyreel animate fox.png" in ran.err
    assert [one.name for one in folder.iterdir()] == ["fox.png"]


def test_a_picture_for_a_model_that_is_not_there_leaves_nothing_behind(cli: Cli, folder: Path) -> None:
    Image.new("RGB", (160, 90)).save(folder / "photo.png")

    ran = cli("animate", "photo.png", "--model", "animatc", "--output", "out/deep/film.mp4")

    assert (ran.code, "Nearest: animatic" in ran.err) == (2, True)
    assert [one.name for one in folder.iterdir()] == ["photo.png"]


def test_a_damaged_database_is_one_clear_line(cli: Cli, folder: Path) -> None:
    home = folder.parent / "home"
    home.mkdir()
    (home / "storyreel.db").write_bytes(b"this is no database, it only stands where one should be" * 100)

    ran, examined = cli("films"), cli("doctor")

    assert (ran.code, examined.code) == (5, 5)
    assert "storyreel.db" in ran.err
    assert "Traceback" not in ran.err
    assert examined.out.count("is damaged") == 1


def test_a_frame_never_takes_the_place_of_its_clip(cli: Cli, folder: Path) -> None:
    (folder / "clip.png").write_bytes(b"whatever the clip is")

    ran = cli("frame", "clip.png", "--first", "-o", "clip.png")

    assert ran.code == 2
    assert (folder / "clip.png").read_bytes() == b"whatever the clip is"


def test_a_setting_that_cannot_be_is_named(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYREEL_WORKERS", "0")

    ran = cli("make", "A cat")

    assert ran.code == 2
    assert "STORYREEL_WORKERS cannot be '0'" in ran.err


def test_a_script_that_windows_saved_is_read(cli: Cli, folder: Path) -> None:
    (folder / "story.txt").write_bytes("Кот спит на окне.".encode("utf-16"))

    assert cli("storyboard", "--script", "story.txt").code == 0


def test_of_a_word_as_long_as_a_book_only_the_beginning_is_shown(cli: Cli) -> None:
    ran = cli("storyboard", "x" * 49_000)

    assert ran.code == 0
    assert 300 < sum(line.count("x") for line in ran.out.splitlines()) < 3000


def test_an_error_is_an_object_where_json_is_asked_for(cli: Cli) -> None:
    ran = cli("make", "A cat", "--model", "animatc", "--json")

    assert ran.json["error"]["code"] == "unknown_model"


@pytest.mark.parametrize(
    "words",
    [
        ["make", "A cat", "--output", "mine.mp4"],
        ["animate", "photo.png", "--output", "mine.mp4"],
        ["join", "a.mp4", "b.mp4", "-o", "mine.mp4"],
        ["frame", "a.mp4", "--last", "-o", "mine.png"],
        ["storyboard", "A cat", "--output", "mine.yaml"],
    ],
)
def test_what_a_person_has_is_not_replaced_unasked(cli: Cli, folder: Path, words: list[object]) -> None:
    (folder / str(words[-1])).write_text("the only copy")

    ran = cli(*words)

    assert ran.code == 2
    assert "--force" in ran.err
    assert [one.name for one in folder.iterdir()] == [words[-1]]
    assert (folder / str(words[-1])).read_text() == "the only copy"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["join", "a.mp4", "-o", "x.mp4", "--sound", "loud"], "'exact', 'copy'"),
        (["join"], "clips"),
        (["mak", "A cat"], "No such command"),
        (["make", "A cat", "--shots", "many"], "--shots"),
        (["make", "A cat", "--sise", "1280x720"], "--sise"),
    ],
)
def test_a_wrong_command_line_is_one_clear_line_too(cli: Cli, words: list[object], says: str) -> None:
    ran = cli(*words)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("storyreel: ")
    assert says in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_a_wrong_command_line_is_an_object_where_json_is_asked_for(cli: Cli) -> None:
    assert cli("films", "--limit", 0, "--json").json["error"]["code"] == "invalid_request"


def test_a_picture_that_the_model_would_refuse_is_refused_before_the_price(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLING_API_KEY", "key")
    Image.new("RGB", (178, 100)).save(folder / "tiny.png")

    Image.new("RGB", (2000, 20)).save(folder / "strip.png")

    for words in (["animate", "tiny.png"], ["make", "A cat", "--reference", "tiny.png"], ["animate", "strip.png"]):
        ran = cli(*words, "--model", "kling-3-omni@kling")
        assert (ran.code, "Quote" in ran.out + ran.err) == (2, False)
        told = f"{words[-1]}: it is {'2000x20' if 'strip.png' in words else '178x100'}, and kling-3-omni"
        assert f"storyreel: {told} takes pictures from 300 pixels a side" in ran.err


def test_an_accounts_file_that_is_none_is_refused_before_the_price(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "films")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(folder / "account.json"))
    said: list[str] = []
    for text in (None, "{", "{}"):
        if text is not None:
            (folder / "account.json").write_text(text)
        ran = cli("make", "A cat", "--shots", 1, "--model", "veo-3.1@vertex")
        said.append(ran.err)
        assert (ran.code, "Quote" in ran.out) == (2, False)

    assert all("GOOGLE_APPLICATION_CREDENTIALS names" in one for one in said)
    assert ["cannot be read" in said[0], "no JSON" in said[1], "no `type`" in said[2]] == [True] * 3


@pytest.mark.parametrize(
    ("line", "code"),
    [("storyboard 'A cat.' --edit -o cat.yaml <&-", 2), ("show nothing --json 2>/dev/full", 2)],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that takes nothing, as Linux has one")
def test_streams_that_are_not_there_change_no_exit_code(folder: Path, line: str, code: int) -> None:
    command = f"{sys.executable} -m storyreel {line}"
    ended = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=False)

    assert (ended.returncode, "should not happen" in ended.stdout + ended.stderr) == (code, False)
