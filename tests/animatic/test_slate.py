"""The slate: below the picture, in three scripts, never over anybody's feet."""

import numpy as np
import pytest
from PIL import Image
from tests.animatic.conftest import Ask

from storyreel.animatic.engine import compose
from storyreel.animatic.lettering import runs, width_px, wrapped
from storyreel.animatic.slate import Slate, room_below
from storyreel.domain.generation import Caption, Request
from storyreel.domain.values import Size

TEXTS = ["An old keeper finds a bottle.", "Старый смотритель находит бутылку.", "老看守人找到一个瓶子。"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_slate_shows_the_description(ask: Ask, text: str) -> None:
    with_text = np.asarray(compose(ask(description=text, slate=True, frame="640x360")).frame(0))
    bare = np.asarray(compose(ask(description=".", slate=True, frame="640x360")).frame(0))
    high = room_below(ask(description=text, frame="640x360"))
    assert (with_text[-high:] != bare[-high:]).mean() > 0.005


def test_the_picture_ends_above_the_slate(ask: Ask) -> None:
    request = ask(slate=True, frame="640x360", place="meadow")
    feet = 360 - room_below(request)
    man = compose(ask(slate=True, frame="640x360", place="meadow")).frame(0)
    nobody = compose(ask(slate=True, frame="640x360", place="meadow", subjects=())).frame(0)
    rows = np.flatnonzero((np.asarray(man) != np.asarray(nobody)).any(axis=(1, 2)))
    assert rows.max() < feet or rows.max() == 359


def test_a_photo_carries_its_slate_on_all_but_its_first_frame(ask: Ask) -> None:
    photo = Image.new("RGB", (320, 180), "green")
    request = ask(slate=True, frame="320x180", subjects=())
    clip, bare = compose(request, first_frame=photo), compose(request.model_copy(update={"slate": False}), first_frame=photo)
    assert clip.frame(0).tobytes() == bare.frame(0).tobytes()
    assert clip.frame(9).tobytes() != bare.frame(9).tobytes()


def test_what_is_said_makes_the_slate_taller_and_camera_and_length_do_not() -> None:
    bare, told = Caption(camera="", length=""), Caption(camera="MEDIUM", length="4 s")
    spoken = told.model_copy(update={"lines": ("Keeper: “Who is there?”",)})
    request = Request(prompt="A man.", seconds=4, size=Size.parse("640x360"), slate=True)
    quiet, camera, loud = (request.model_copy(update={"caption": one}) for one in (bare, told, spoken))

    assert room_below(quiet) == room_below(camera) < room_below(loud)
    assert Slate.of(quiet).strip.tobytes() != Slate.of(camera).strip.tobytes()


def test_a_line_is_broken_where_it_may_be_and_ends_in_an_ellipsis_where_it_must() -> None:
    lines = wrapped("слово " * 60, 16, 300, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(width_px(line, 16) <= 300 for line in lines)


def test_scripts_are_told_apart() -> None:
    assert [chinese for _, chinese in runs("Маяк 灯塔 light")] == [False, True, False]


@pytest.mark.timeout(5)
def test_a_word_as_long_as_a_book_is_cut_at_once_where_the_room_ends() -> None:
    [line] = wrapped("x" * 49_000, 56, 420, 3)

    assert line == "x" * (len(line) - 1) + "…"
    assert width_px(line, 56) <= 420 < width_px("x" + line, 56)
