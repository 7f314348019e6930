"""A request in a provider's own words, by the route's parameters. Requirement B7."""

from datetime import date
from typing import Any

import pytest

from storyreel.domain.generation import Request
from storyreel.domain.model import Mode, Route
from storyreel.domain.values import Size
from storyreel.providers.arguments import Frames, arguments_of, name_for

PICTURE = "a" * 64
SIZE = Size(width_px=1280, height_px=720)
NO_FRAMES = Frames()


def a_route(parameters: dict[str, Any], **more: Any) -> Route:
    told = {"provider": "p", "remote_name": "owner/name", "status": "live", "source": "built in", "read_on": date(2026, 11, 21)}
    return Route.model_validate({**told, "parameters": parameters, **more})


def a_request(**more: Any) -> Request:
    return Request.model_validate({"prompt": "a fox", "seconds": 8.0, "size": SIZE, "seed": 7, **more})


def said(parameters: dict[str, Any], frames: Frames = NO_FRAMES, fixed: dict[str, Any] | None = None, **request: Any) -> Any:
    return arguments_of(a_request(**request), a_route(parameters, fixed=fixed or {}), frames)


@pytest.mark.parametrize(
    ("word", "parameter", "sent"),
    [
        ("prompt", {}, "a fox"),
        ("seconds", {"type": "integer"}, 8),
        ("seconds", {"type": "number"}, 8.0),
        ("seconds", {}, "8"),
        ("seconds", {"format": "{}s"}, "8s"),
        ("seconds", {"values": {"8": "long"}}, "long"),
        ("frames", {"type": "integer"}, 192),
        ("fps", {"type": "integer"}, 24),
        ("aspect", {}, "16:9"),
        ("aspect", {"values": {"16:9": "landscape"}}, "landscape"),
        ("resolution", {}, "720p"),
        ("resolution", {"values": {"720p": "hd"}}, "hd"),
        ("size", {}, "1280x720"),
        ("width", {"type": "integer"}, 1280),
        ("height", {"type": "integer"}, 720),
        ("sound", {"type": "boolean"}, True),
        ("sound", {"values": {"true": "on", "false": "off"}}, "on"),
        ("seed", {"type": "integer"}, 7),
    ],
)
def test_a_word_of_ours_is_said_in_theirs(word: str, parameter: dict[str, Any], sent: object) -> None:
    told = said({word: {"name": "theirs", **parameter}})
    assert told == {"theirs": sent}
    assert type(told["theirs"]) is type(sent)


def test_no_sound_is_said_and_not_left_out() -> None:
    assert said({"sound": {"name": "generate_audio", "type": "boolean"}}, sound=False) == {"generate_audio": False}
    assert said({"sound": {"name": "audio", "values": {"false": "off"}}}, sound=False) == {"audio": "off"}


def test_what_is_not_wished_is_left_out() -> None:
    words = {"negative_prompt": {"name": "avoid"}, "first_frame": {"name": "image"}, "references": {"name": "refs"}}
    assert said(words) == {}


def test_a_name_with_dots_lies_within() -> None:
    told = said(
        {"seconds": {"name": "settings.time.duration", "type": "integer"}, "aspect": {"name": "settings.ratio"}},
        fixed={"settings.watermark": False, "n": 1},
    )
    assert told == {"settings": {"watermark": False, "time": {"duration": 8}, "ratio": "16:9"}, "n": 1}


def test_a_name_that_lies_within_a_value_is_a_mistake_of_the_catalogue() -> None:
    with pytest.raises(ValueError, match=r"prompt\.text"):
        said({"prompt": {"name": "prompt.text"}}, fixed={"prompt": "x"})


def test_pictures_are_said_as_the_provider_takes_them() -> None:
    words = {
        "first_frame": {"name": "image", "type": "url"},
        "last_frame": {"name": "end_image", "type": "list"},
        "references": {"name": "refs", "type": "list"},
    }
    frames = Frames(first={"bytes": "AA=="}, last="https://x/last.png", references=["https://x/1.png", "https://x/2.png"])
    told = said(words, frames, first_frame=PICTURE, last_frame=PICTURE, references=(PICTURE, PICTURE))
    assert told == {
        "image": {"bytes": "AA=="},
        "end_image": ["https://x/last.png"],
        "refs": ["https://x/1.png", "https://x/2.png"],
    }


def test_some_words_are_not_said_beside_a_picture() -> None:
    words = {"aspect": {"name": "ratio", "not_with": ["first_frame"]}}
    assert said(words) == {"ratio": "16:9"}
    assert said(words, first_frame=PICTURE) == {}


def test_some_words_are_forced_by_a_picture() -> None:
    words = {"seconds": {"name": "duration", "type": "integer", "forced": {"references": 5}}}
    assert said(words) == {"duration": 8}
    assert said(words, references=(PICTURE,)) == {"duration": 5}


def test_some_words_have_another_name_beside_a_picture() -> None:
    words = {"first_frame": {"name": "image", "names": {"last_frame": "start_image"}}}
    frames = Frames(first="f", last="l")
    assert said(words, frames, first_frame=PICTURE) == {"image": "f"}
    assert said(words, frames, first_frame=PICTURE, last_frame=PICTURE) == {"start_image": "f"}


def test_the_model_s_name_may_depend_on_what_it_starts_from() -> None:
    route = a_route({}, remote_names={"first_frame": "owner/image-to-video", "last_frame": "owner/between"})
    assert name_for(route, [Mode.TEXT]) == "owner/name"
    assert name_for(route, [Mode.FIRST_FRAME]) == "owner/image-to-video"
    assert name_for(route, [Mode.FIRST_FRAME, Mode.LAST_FRAME]) == "owner/between"
