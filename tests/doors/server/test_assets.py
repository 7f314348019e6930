"""Pictures and clips sent in: judged by what is in them, kept harmless, the same again for nothing, and nobody else's."""

import asyncio
import io
from base64 import b64encode
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from tests.doors.server.conftest import Serve, Served, held
from tests.media.footage import make_clip

LONG_MODES = ("RGB", "RGBA", "P", "LA", "I;16", "1")
SCRIPT = b"<script>alert(1)</script>"


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (320, 180), **options: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 0).save(file, format=kind, **options)
    return file.getvalue()


def noise(side: int) -> bytes:
    """A picture that is hardly smaller than its pixels: of the room that the test leaves, more than half."""
    file = io.BytesIO()
    Image.effect_noise((side, side), 200).save(file, format="PNG")
    return file.getvalue()


async def content(server: Served, asset: dict[str, str]) -> tuple[str, bytes]:
    async with server.client.get(asset["content"]) as response:
        return response.content_type, await response.read()


@pytest.mark.journey
async def test_what_is_sent_is_told_by_what_is_in_it_and_the_same_again_is_the_same(serve: Serve, tmp_path: Path) -> None:
    server = await serve(works=False)
    form = aiohttp.FormData()
    form.add_field("file", picture("JPEG", comment=SCRIPT) + SCRIPT, filename="keeper.html", content_type="text/html")
    clip = make_clip(tmp_path / "clip.mp4").read_bytes()

    jpeg = await server.json("POST", "/v1/assets", status=201, data=form)
    kinds = {kind: picture(kind) for kind in ("PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "PPM")}
    others = [await server.json("POST", "/v1/assets", status=201, data=data) for data in kinds.values()]
    sizes = [await server.json("POST", "/v1/assets", status=201, data=picture("PNG", mode, (5000, 50))) for mode in LONG_MODES]
    again = await server.json("POST", "/v1/assets?name=other", data=kinds["PNG"], headers={"Content-Type": "video/mp4"})
    moving = await server.json(
        "POST", "/v1/assets?name=..%2F..%2Fmove.exe", status=201, data=clip, headers={"Content-Type": "image/png"}
    )

    assert (jpeg["name"], jpeg["kind"], jpeg["width"], jpeg["height"]) == ("keeper.html", "picture", 320, 180)
    assert again == others[0]
    assert {(one["width"], one["height"]) for one in sizes} == {(4096, 41)}
    assert (moving["kind"], moving["media_type"], moving["name"]) == ("clip", "video/mp4", "move.exe")
    for asset in (jpeg, *others):
        kind, data = await content(server, asset)
        assert kind == asset["media_type"] in {"image/png", "image/jpeg"}
        assert SCRIPT not in data
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == (320, 180)
    assert await content(server, moving) == ("video/mp4", clip)


async def test_files_are_looked_into_one_at_a_time_and_the_server_answers_meanwhile(serve: Serve) -> None:
    server = await serve(works=False)
    sent = [picture("PNG"), picture("WEBP"), picture("JPEG")]
    asked = {"prompt": "A boat", "input_reference": {"image_url": f"data:image/gif;base64,{b64encode(picture('GIF')).decode()}"}}

    async with held(server.studio.judging):
        waiting = [asyncio.create_task(server.json("POST", "/v1/assets", status=201, data=one)) for one in sent]
        waiting.append(asyncio.create_task(server.json("POST", "/v1/videos", json=asked)))
        await asyncio.wait(waiting, timeout=0.2)
        assert (await server.json("GET", "/v1/assets"))["data"] == []
        assert not any(one.done() for one in waiting)

    assert all([(await one)["id"] for one in waiting])


async def test_an_asset_is_its_sender_s_alone_until_it_is_deleted(serve: Serve) -> None:
    server = await serve(works=False, upload_space=4_000)
    ann, bob = [{"Authorization": f"Bearer {(await server.key(name)).secret}"} for name in ("ann", "bob")]
    asset = await server.json("POST", "/v1/assets", status=201, data=picture("PNG"), headers=ann)
    second = await server.json("POST", "/v1/assets", status=201, data=picture("PNG", size=(90, 90)), headers=ann)
    path = f"/v1/assets/{asset['id']}"

    for method, where in (("GET", path), ("GET", f"{path}/content"), ("DELETE", path)):
        assert (await server.json(method, where, status=404, headers=bob))["code"] == "unknown_asset"
    first_page = await server.json("GET", "/v1/assets?limit=1", headers=ann)
    last_page = await server.json("GET", f"/v1/assets?after={first_page['next']}", headers=ann)
    full = await server.json("POST", "/v1/assets", status=413, data=picture("JPEG", size=(2000, 2000)), headers=ann)
    async with server.client.delete(path, headers=ann) as response:
        assert response.status == 204

    async def answered(side: int) -> int:
        async with server.client.post("/v1/assets", data=noise(side), headers=bob) as response:
            return response.status

    told = sorted(await asyncio.gather(*(answered(side) for side in range(48, 56))))

    assert told == [201] + [413] * 7
    assert [page["data"][0]["id"] for page in (first_page, last_page)] == [second["id"], asset["id"]]
    assert (first_page["has_more"], last_page["has_more"], full["code"]) == (True, False, "no_room")
    assert (await server.json("GET", path, status=404, headers=ann))["code"] == "unknown_asset"
    assert len((await server.json("GET", "/v1/assets", headers=bob))["data"]) == 1


async def test_what_is_neither_picture_nor_clip_is_refused_and_nothing_is_kept(serve: Serve) -> None:
    server = await serve(works=False)
    png, jpeg = picture("PNG"), picture("JPEG")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    playlist = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"
    for data in (
        b"",
        svg,
        b"<!doctype html>" + png,
        b"%PDF-1.7 " + jpeg,
        playlist,
        png[:60],
        jpeg[:400],
        b"\x00" * 5_000,
        b"GIF89a",
    ):
        problem = await server.json("POST", "/v1/assets", status=422, data=data)
        assert problem["field"] == "file", problem
    photo = b"\x00\x00\x00\x24ftypheic" + bytes(500)
    told = await server.json("POST", "/v1/assets", status=422, data=photo)
    assert "it is not a picture that can be read; PNG, JPEG" in told["detail"]
    assert (await server.json("GET", "/v1/assets"))["data"] == []
    files = await asyncio.to_thread(lambda: [one for one in (server.studio.home.root / "blobs").rglob("*") if one.is_file()])
    assert files == []
