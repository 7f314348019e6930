"""The Telegram stand-in's files: limits, ids, paths, albums; by aiogram's own bot."""

import asyncio
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from storyreel.standins.fixtures import Standin
from storyreel.standins.reading import Upload
from storyreel.standins.telegram_rules import LOCAL, Rules
from tests.standins.bots import CLIP, TOKEN, begun, bot_of, keys, picture, told, upload

pytestmark = pytest.mark.journey


async def test_files_have_limits(standin: Standin) -> None:
    from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge

    telegram, chat_id = await begun(standin)
    telegram.rules = Rules(upload_bytes=40_000, photo_bytes=15_000, download_bytes=6000, url_bytes=6000, url_photo_bytes=1500)
    at = telegram.upload_url(telegram.keep(Upload(CLIP, "video/mp4")))
    page = telegram.upload_url(telegram.keep(Upload(b"<html>", "text/html")))
    large = telegram.upload_url(telegram.keep(Upload(picture(640, 640), "image/jpeg")))
    async with bot_of(telegram) as bot:
        with pytest.raises(TelegramEntityTooLarge):
            await bot.send_video(chat_id, upload(bytes(40_001)))
        with pytest.raises(TelegramBadRequest, match="file of size 15001 bytes is too big for a photo"):
            await bot.send_photo(chat_id, upload(bytes(15_001)))
        with pytest.raises(TelegramBadRequest, match="PHOTO_INVALID_DIMENSIONS"):
            await bot.send_photo(chat_id, upload(picture(2100, 100)))
        for broken in (CLIP, picture()[:-100], picture(kind="PNG")[:-100]):
            with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
                await bot.send_photo(chat_id, upload(broken))
        assert (await bot.send_video(chat_id, at)).video is not None
        with pytest.raises(TelegramBadRequest, match="wrong type of the web page content"):
            await bot.send_video(chat_id, page)
        for kind, url in (("photo", large), ("video", f"{at}0")):
            with pytest.raises(TelegramBadRequest, match="failed to get HTTP URL content"):
                await (bot.send_photo if kind == "photo" else bot.send_video)(chat_id, url)
        for small in (picture(321, 180), picture(320, 180, "PNG"), bytes(200_000)):
            telegram.rules = replace(telegram.rules, upload_bytes=300_000)
            with pytest.raises(TelegramBadRequest, match="thumbnail"):
                await bot.send_video(chat_id, upload(CLIP), thumbnail=upload(small))
        telegram.people[chat_id].sends_file(bytes(6001), "long.mp4")
        file = next(seen.file for seen in telegram.people[chat_id].sees() if seen.name == "long.mp4")
        assert file is not None
        with pytest.raises(TelegramBadRequest, match="file is too big"):
            await bot.get_file(file.id)
        with pytest.raises(TelegramBadRequest, match="message caption is too long"):
            await bot.send_photo(chat_id, upload(picture()), caption="x" * 1025)


async def test_a_file_id_sends_again_is_one_bots_own_and_its_path_lives_an_hour(standin: Standin) -> None:
    from aiogram.exceptions import TelegramBadRequest

    telegram, chat_id = await begun(standin)
    telegram.add_bot(TOKEN, "other_bot", "Other")
    other = telegram.person("Ben", bot=telegram.bots[TOKEN])
    other.says("/start")
    async with bot_of(telegram) as bot, bot_of(telegram, TOKEN) as other_bot:
        sent = (await bot.send_video(chat_id, upload(CLIP), width=640, height=360, duration=5)).video
        assert sent is not None
        again = (await bot.send_video(chat_id, sent.file_id)).video
        assert (sent.width, again) == (640, sent)
        with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
            await other_bot.send_video(other.id, sent.file_id)
        with pytest.raises(TelegramBadRequest, match="type of file mismatch"):
            await bot.send_photo(chat_id, sent.file_id)
        path = (await bot.get_file(sent.file_id)).file_path
        assert path is not None
        read = await bot.download_file(path)
        assert read is not None
        assert read.read() == CLIP
        telegram.advance(3601)
        url = f"{telegram.url}/file/bot{telegram.key}/{path}"
        async with aiohttp.ClientSession() as anyone, anyone.get(url) as answer:
            assert answer.status == 404
        document = await bot.send_video(chat_id, upload(b"\x1aE\xdf\xa3" + bytes(100), "film.webm"))
        assert (document.video, document.document is not None) == (None, True)


async def test_a_server_of_ones_own_takes_and_gives_files_by_their_paths(standin: Standin, tmp_path: Path) -> None:
    from aiogram.exceptions import TelegramBadRequest

    telegram, chat_id = await begun(standin)
    telegram.rules = LOCAL
    await asyncio.to_thread((tmp_path / "film.mp4").write_bytes, CLIP)
    async with bot_of(telegram) as bot:
        sent = (await bot.send_video(chat_id, f"file://{tmp_path}/film.mp4")).video
        assert sent is not None
        path = (await bot.get_file(sent.file_id)).file_path
        assert path is not None
        assert await asyncio.to_thread(Path(path).read_bytes) == CLIP
        with pytest.raises(TelegramBadRequest, match="file not found"):
            await bot.send_video(chat_id, f"file://{tmp_path}/none.mp4")


async def test_an_album_has_two_to_ten_of_one_sort_and_no_buttons(standin: Standin) -> None:
    from aiogram.exceptions import TelegramBadRequest
    from aiogram.types import InputMediaDocument, InputMediaPhoto, InputMediaVideo

    telegram, chat_id = await begun(standin)
    photo = InputMediaPhoto(media=upload(picture(), "a.jpg"))
    async with bot_of(telegram) as bot:
        for number, words in ((1, "an album has at least 2 messages"), (11, "too many messages to send as an album")):
            with pytest.raises(TelegramBadRequest, match=words):
                await bot.send_media_group(chat_id, [photo] * number)
        with pytest.raises(TelegramBadRequest, match="document can't be mixed with other media types"):
            await bot.send_media_group(chat_id, [photo, InputMediaDocument(media=upload(CLIP))])
        made = await bot.send_media_group(chat_id, [photo, InputMediaVideo(media=upload(CLIP))])
        assert len({one.media_group_id for one in made}) == 1
        with pytest.raises(TelegramBadRequest, match="reply markup is not supported for albums"):
            await made[0].edit_caption(caption="x", reply_markup=keys("Go"))
    refused = await told(telegram, "sendMediaGroup", chat_id=chat_id, media=[], reply_markup={"inline_keyboard": []})
    assert refused == (400, "Bad Request: reply markup is not supported for albums")
