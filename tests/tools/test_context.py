"""Whose files a tool may read and write: those within a root, links followed; none of this machine's for who is elsewhere."""

import base64
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storyreel.domain.errors import InvalidRequest, MediaUnusable
from storyreel.library.uploads import Upload, keep_upload
from storyreel.tools import Context

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
    with pytest.raises(InvalidRequest, match="cannot be named from elsewhere"):
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
