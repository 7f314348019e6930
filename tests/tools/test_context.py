"""Whose files a tool may read and write, and how it reaches who called it: what is logged, asked and written for it."""

import base64
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel

from storyreel.domain.errors import Declined, InvalidRequest, MediaUnusable, NobodyToAsk
from storyreel.domain.values import JSON, Value
from storyreel.library.uploads import Upload, keep_upload
from storyreel.settings import Settings
from storyreel.studio import Studio
from storyreel.tools import Context
from storyreel.tools.reaching import Level
from tests.writing.saying import Saying

PIXEL = base64.b64encode(b"not yet looked at").decode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../secret.png", "lies outside"),
        ("/etc/hostname", "lies outside"),
        ("link.png", "lies outside"),
        ("", "is empty"),
        ("a\0b", "is empty or broken"),
        ("nobody.png", "there is no file"),
        (".", "is a folder; name a file in it"),
        ("~nobody_of_that_name/a.png", "no path that can be followed"),
        ("a" * 5000, "no path that can be followed"),
        ("loop.png", "no path that can be followed|lies outside|there is no file"),
    ],
)
async def test_a_file_outside_the_root_is_refused_even_by_a_link(context: Context, tmp_path: Path, name: str, said: str) -> None:
    root = tmp_path / "chat"
    root.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (root / "link.png").symlink_to(tmp_path / "secret.png")
    (root / "loop.png").symlink_to(root / "loop.png")

    with pytest.raises(InvalidRequest, match=said) as wrong:
        await replace(context, cwd=root, root=root).picture(name, field="image")
    assert wrong.value.field == "image"


async def test_a_file_within_the_root_and_a_data_uri_are_taken(context: Context, tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(b"cat")
    here = replace(context, root=tmp_path)

    assert await here.picture("cat.png", field="image") == (tmp_path / "cat.png").resolve()
    assert await here.picture("https://example.org/cat.png", field="image") == "https://example.org/cat.png"
    assert await here.picture(f"data:image/png;base64,{PIXEL}", field="image") == b"not yet looked at"
    with pytest.raises(MediaUnusable, match="not base64"):
        await here.picture("data:image/png;base64,%%%", field="image")
    with pytest.raises(MediaUnusable, match="larger than 10 MB; give an http"):
        await here.picture(f"data:image/png;base64,{'A' * 14_000_000}", field="image")


async def test_who_is_elsewhere_names_no_file_here(context: Context, tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(b"cat")
    there = replace(context, local_files=False, budget=2.0)

    with pytest.raises(InvalidRequest, match="cannot be named from elsewhere"):
        await there.picture("cat.png", field="image")
    with pytest.raises(InvalidRequest, match="output: nothing is written on this machine from elsewhere; leave it out"):
        there.wishes(output="film.mp4")
    assert there.wishes(budget=5.0) == {"user": "local", "api_key": None, "budget": 2.0, "deliver": False}


async def test_an_asset_is_taken_from_whoever_sent_it_in_and_told_to_nobody_else(context: Context) -> None:
    line = await context.studio.line()
    digest = await line.blobs.put_bytes(b"ann's")
    facts = {"name": "a.png", "media_type": "image/png", "bytes": 5, "width_px": 1, "height_px": 1, "seconds": None}
    sent = Upload.model_validate({"id": "asset_1", "user": "ann", "digest": digest, "created": datetime.now(UTC), **facts})
    await line.database.write(keep_upload, sent, 100)
    ann = replace(context, user="ann", local_files=False)
    strangers = [replace(context, user="bob"), replace(context, local_files=False)]

    assert (ann.whose, context.whose, strangers[1].whose) == ("ann", None, "local")
    assert await ann.picture(digest, field="image") == await context.picture(digest, field="image") == b"ann's"
    for stranger in strangers:
        with pytest.raises(InvalidRequest, match=r"there is no asset .* of yours"):
            await stranger.picture(digest, field="image")
    with pytest.raises(InvalidRequest, match="there is no asset"):
        await context.picture("0" * 64, field="image")


def test_nothing_is_written_over(context: Context, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"a film")

    with pytest.raises(InvalidRequest, match="is there already; give another name"):
        context.wishes(output="film.mp4")
    assert context.wishes(output="other.mp4").get("output") == tmp_path / "other.mp4"


def test_a_programs_mapping_is_read_and_what_it_cannot_mean_is_told(context: Context, tmp_path: Path) -> None:
    told = Context.of({"studio": context.studio, "cwd": str(tmp_path), "user": "ann", "session_id": 1, "budget": 2})

    assert (told.cwd, told.user, told.budget, told.local_files) == (tmp_path, "ann", 2.0, True)
    with pytest.raises(InvalidRequest, match="user"):
        Context.of({"studio": context.studio, "user": 7})
    with pytest.raises(InvalidRequest, match="has no studio"):
        Context.of({"user": "ann"})


class Age(Value):
    """What is asked."""

    years: int


async def test_what_a_tool_logs_is_heard_by_who_listens_else_by_our_log(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[tuple[Level, str]] = []

    async def note(level: Level, text: str) -> None:
        heard.append((level, text))

    with caplog.at_level(logging.INFO, "storyreel.tools"):
        await replace(context, note=note).log("warning", "the first")
        await context.log("warning", "the second")
        await context.log("debug", "the third")

    assert heard == [("warning", "the first")]
    assert caplog.messages == ["the second"]


async def test_a_person_answers_by_a_models_fields_or_does_not_agree_or_cannot_be_asked(context: Context) -> None:
    answers: list[Mapping[str, JSON] | None] = [{"years": 7}, {"years": "some"}, None]

    async def answer(question: str, kind: type[BaseModel]) -> Mapping[str, JSON] | None:
        assert (question, kind) == ("How old?", Age)
        return answers.pop(0)

    asking = replace(context, answer=answer)
    assert (await asking.ask("How old?", Age)).years == 7
    with pytest.raises(InvalidRequest, match="does not fit: years"):
        await asking.ask("How old?", Age)
    with pytest.raises(Declined, match="did not agree: How old"):
        await asking.ask("How old?", Age)
    with pytest.raises(NobodyToAsk, match="at a terminal"):
        await context.ask("How old?", Age)


async def test_words_are_written_by_the_model_that_is_set_for_who_sits_here_and_for_nobody_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        Saying() as saying,
        Studio(tmp_path, settings=Settings(writer="model"), accounts={"openai": saying.account}) as studio,
    ):
        context = Context(studio)
        saying.says(" Once upon a time. ")
        with caplog.at_level(logging.INFO, "storyreel.tools"):
            words = await context.write("Begin.", instructions="As tales do.", most_tokens=50)
        with pytest.raises(InvalidRequest, match="lends its own to nobody elsewhere"):
            await replace(context, local_files=False).write("Begin.")

    (asked,) = saying.asked
    assert words == "Once upon a time."
    assert "wrote 200 tokens, for $0.00" in caplog.messages[0]
    assert [one["content"] for one in asked["messages"]] == ["As tales do.", "Begin."]
    assert 50 in asked.values()


async def test_where_no_language_model_is_set_the_setting_is_named(context: Context) -> None:
    with pytest.raises(InvalidRequest, match="set STORYREEL_WRITER to `model`"):
        await context.write("Begin.")
