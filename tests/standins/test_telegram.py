"""The Telegram stand-in, driven by aiogram's own bot and dispatcher, and by persons who write to it."""

import asyncio
import io
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
)
from aiohttp import web
from PIL import Image

from storyreel.media.boxes import box
from storyreel.standins.fixtures import Standin
from storyreel.standins.reading import Upload
from storyreel.standins.serve import running
from storyreel.standins.telegram import Telegram
from storyreel.standins.telegram_person import NotSeen
from storyreel.standins.telegram_rules import LOCAL, Rules

CLIP = box(b"ftyp", b"isom") + box(b"moov") + box(b"mdat", bytes(5000))
TOKEN = "7000000002:AAEstandin-0002-abcdefghijklmnopqrs"


class Session(AiohttpSession):
    """aiogram's own, which when it is closed waits a quarter of a second for TLS, of which there is none here."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def picture(width: int = 320, height: int = 180, kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, kind)
    return file.getvalue()


def upload(data: bytes, name: str = "film.mp4") -> BufferedInputFile:
    return BufferedInputFile(data, name)


def keys(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=one, callback_data=one) for one in labels]])


@asynccontextmanager
async def bot_of(telegram: Telegram, token: str = "") -> AsyncGenerator[Bot]:
    session = Session(api=TelegramAPIServer.from_base(telegram.url, is_local=telegram.rules.local))
    async with Bot(token or telegram.key, session=session) as bot:
        yield bot


async def told(telegram: Telegram, method: str, **params: Any) -> tuple[int, Any]:
    """A call as any client makes it: parameters as JSON."""
    url = f"{telegram.url}/bot{telegram.key}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
        body = await answer.json()
        assert body["ok"] is (answer.status == 200)
        return answer.status, body["result"] if body["ok"] else body["description"]


async def begun(standin: Standin, *, speed: float = 1000.0) -> tuple[Telegram, int]:
    """A stand-in, and a chat that was begun."""
    telegram = await standin(Telegram, speed=speed)
    ann = telegram.person("Ann")
    ann.says("/start")
    return telegram, ann.id


async def test_a_person_and_a_bot_talk_and_the_transcript_tells_it(standin: Standin) -> None:
    telegram = await standin(Telegram)
    ann = telegram.person("Ann", language="ru")
    ann.says("/start")
    async with bot_of(telegram) as bot:
        (heard,) = await bot.get_updates()
        assert heard.message is not None
        assert heard.message.from_user is not None
        assert (heard.message.text, heard.message.from_user.language_code) == ("/start", "ru")
        menu = await bot.send_message(ann.id, "<b>Films</b> 🎬", parse_mode="HTML", reply_markup=keys("Make", "Help"))
        press = ann.presses("Make")
        assert ann.transcript().splitlines()[-1] == "Ann: [Make] (not answered)"
        (pressed,) = await bot.get_updates(offset=heard.update_id + 1)
        assert pressed.callback_query is not None
        await bot.answer_callback_query(pressed.callback_query.id, text="at once")
        await bot.edit_message_text("Making", chat_id=ann.id, message_id=menu.message_id)
        await bot.send_chat_action(ann.id, "upload_video")
        assert ann.sees_action() == "upload_video"
        film = await bot.send_video(
            ann.id,
            upload(CLIP),
            width=640,
            height=360,
            duration=5,
            caption="Done",
            cover=upload(picture(640, 360), "cover.jpg"),
            thumbnail=upload(picture(), "small.jpg"),
            supports_streaming=True,
        )
        await bot.send_media_group(ann.id, [InputMediaPhoto(media=upload(picture()), caption=f"{n}") for n in (1, 2)])
    assert press.answered == "at once"
    assert film.video is not None
    assert ann.transcript().splitlines() == [
        "Ann: /start",
        "bot (edited 1x): Making",
        "Ann: [Make]",
        "bot: (notice) at once",
        "bot: <video 640x360, 5 s, 5 kB, streams, cover, thumbnail>",
        "    Done",
        "bot: <album, picture 320x180, 2 kB>",
        "    1",
        "bot: <album, picture 320x180, 2 kB>",
        "    2",
    ]
    assert ann.transcript(whole=True).splitlines()[1:6] == [
        "bot: Films 🎬",
        "    [Make] [Help]",
        "Ann: [Make]",
        "bot: (notice) at once",
        "bot edits 2: Making",
    ]


async def test_many_persons_are_served_at_once_by_a_polling_dispatcher(standin: Standin) -> None:
    telegram = await standin(Telegram)
    dispatcher, shown = Dispatcher(), picture()

    @dispatcher.message(F.photo)
    async def got_picture(message: Message, bot: Bot) -> None:
        assert message.photo is not None
        file = await bot.download(message.photo[-1])
        assert file is not None
        await message.answer_photo(upload(file.read(), "same.jpg"), reply_markup=keys("More"))

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        await query.answer()
        assert isinstance(query.message, Message)
        await query.message.edit_caption(caption=f"for {query.from_user.first_name}")

    async def comes(name: str) -> None:
        person = telegram.person(name)
        person.sends_photo(shown)
        assert (await person.sees_button("More")).width_px == 320
        assert not await person.sees_answer(person.presses("More"))
        assert (await person.sees_text(f"for {name}")).edits == 1

    async with bot_of(telegram) as bot:
        polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5))
        await asyncio.gather(*(comes(f"Person {number}") for number in range(40)))
        await dispatcher.stop_polling()
        await polling
    assert not telegram.floods


async def test_a_token_or_method_that_is_not_there_is_refused_and_the_log_never_shows_a_token(standin: Standin) -> None:
    telegram = await standin(Telegram)
    assert await told(telegram, "makeFilm") == (404, "Not Found: method not found")
    assert (await told(telegram, "GETME"))[0] == 200
    async with bot_of(telegram, TOKEN) as nobody:
        with pytest.raises(TelegramUnauthorizedError):
            await nobody.get_me()
    assert [call.path for call in telegram.log] == ["/botTOKEN/makeFilm", "/botTOKEN/GETME", "/botTOKEN/getMe"]


BUTTON = {"text": "Go", "callback_data": "go"}


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"chat_id": 1, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "", "text": "x"}, "chat_id is empty"),
    ("sendMessage", {"text": ""}, "message text is empty"),
    ("sendMessage", {"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
    ("sendMessage", {"text": "🎬" * 4097}, "message is too long"),
    ("sendMessage", {"text": "x", "parse_mode": "XML"}, "unsupported parse_mode"),
    ("sendMessage", {"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
    ("sendMessage", {"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ("sendMessage", {"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendPhoto", {"photo": "attach://none"}, "there is no photo in the request"),
    ("sendVideo", {"video": "AgACnothing"}, "wrong file identifier/HTTP URL specified"),
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ("editMessageText", {"message_id": 99, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("deleteMessage", {"message_id": 99}, "message to delete not found"),
    ("sendMediaGroup", {"media": []}, "there are no messages to send"),
    ("sendMediaGroup", {"media": "x"}, "can't parse media JSON object"),
    ("sendMediaGroup", {"media": [{}, {}]}, 'can\'t parse InputMedia: type "None" is unsupported'),
    ("getFile", {"file_id": "nothing"}, "invalid file_id"),
    ("setMyCommands", {"commands": [{"command": "Big", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setWebhook", {"url": "http://127.0.0.1"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    ("setWebhook", {"url": "https://a.test:8080"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
    ("setWebhook", {"url": "https://a.test", "secret_token": "a b"}, "secret token contains unallowed characters"),
]
WRONG_ROWS: list[tuple[Any, str]] = [
    ([BUTTON], 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
    ([["Go"]], "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    ([[{"text": "Go"}]], "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ([[BUTTON | {"text": " "}]], "BUTTON_TEXT_INVALID"),
    ([[BUTTON | {"callback_data": "кнопка-" * 5}]], "BUTTON_DATA_INVALID"),
    ([[{"text": "Go", "url": "somewhere"}]], "BUTTON_URL_INVALID"),
    ([[BUTTON] * 101], "reply markup is too long"),
]
WRONG_HTML = [
    ("a <c>b</c>", 'Unsupported start tag "c" at byte offset 2'),
    ("ж <b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("ж<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("5 < 6", "Unclosed start tag at byte offset 2"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]


async def test_what_is_wrong_is_said_in_telegrams_words(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    for method, params, words in WRONG:
        assert await told(telegram, method, **{"chat_id": chat_id} | params) == (400, f"Bad Request: {words}")


async def test_a_button_that_breaks_a_rule_is_refused(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    for rows, words in WRONG_ROWS:
        refused = await told(telegram, "sendMessage", chat_id=chat_id, text="x", reply_markup={"inline_keyboard": rows})
        assert refused == (400, f"Bad Request: {words}")


async def test_bad_html_is_refused(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    for text, words in WRONG_HTML:
        refused = await told(telegram, "sendMessage", chat_id=chat_id, text=text, parse_mode="HTML")
        assert refused == (400, f"Bad Request: can't parse entities: {words}")


async def test_good_html_becomes_entities_and_only_what_is_shown_counts(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    text = ' 🎬 <b>a <i>b</i></b> &lt;c&gt; <a href="https://x.test/?a=1&amp;b">d</a> <blockquote expandable>e</blockquote>'
    _, sent = await told(telegram, "sendMessage", chat_id=chat_id, text=text, parse_mode="HTML")
    assert sent["text"] == "🎬 a b <c> d e"
    assert sent["entities"] == [
        {"type": "bold", "offset": 3, "length": 3},
        {"type": "italic", "offset": 5, "length": 1},
        {"type": "text_link", "url": "https://x.test/?a=1&b", "offset": 11, "length": 1},
        {"type": "expandable_blockquote", "offset": 13, "length": 1},
    ]
    assert (await told(telegram, "sendMessage", chat_id=chat_id, text="<b>x</b>" * 4096, parse_mode="HTML"))[0] == 200


async def test_a_message_is_edited_only_to_something_else(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    async with bot_of(telegram) as bot:
        sent = await bot.send_message(chat_id, "a", reply_markup=keys("Go"))
        with pytest.raises(TelegramBadRequest, match="message is not modified"):
            await sent.edit_text("a", reply_markup=keys("Go"))
        assert await sent.edit_text("a") is not True
        with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
            await sent.edit_caption(caption="b")
        await sent.edit_media(InputMediaVideo(media=upload(CLIP), caption="film"))
        with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
            await sent.edit_text("b")
        telegram.advance(49 * 3600)
        with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
            await sent.delete()
        fresh = await bot.send_message(chat_id, "b")
        assert await fresh.delete()
        with pytest.raises(TelegramBadRequest, match="message to edit not found"):
            await fresh.edit_text("c")


async def test_a_press_is_answered_once_and_within_a_minute(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    ann = telegram.people[chat_id]
    async with bot_of(telegram) as bot:
        await bot.send_message(chat_id, "a", reply_markup=keys("Go"))
        first, late = ann.presses("Go"), ann.presses("Go")
        with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
            await bot.answer_callback_query(first.id, text="x" * 201)
        await bot.answer_callback_query(first.id)
        telegram.advance(61)
        for id in (first.id, late.id, "never"):
            with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
                await bot.answer_callback_query(id)
    assert (first.answered, late.answered) == ("", None)
    with pytest.raises(NotSeen, match=r"no button 'Stop'; there are \['Go'\]"):
        ann.presses("Stop")
    with pytest.raises(NotSeen, match=r"saw no text 'b' within 0\.01 s"):
        await ann.sees_text("b", within_s=0.01)


async def test_files_have_limits(standin: Standin) -> None:
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
    telegram, chat_id = await begun(standin)
    telegram.add_bot(TOKEN, "other_bot", "Other")
    other = telegram.person("Ben", account=telegram.accounts[TOKEN])
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
    telegram, chat_id = await begun(standin)
    photo = InputMediaPhoto(media=upload(picture(), "a.jpg"))
    async with bot_of(telegram) as bot:
        for media in ([photo], [photo] * 11):
            with pytest.raises(TelegramBadRequest, match="an album has 2 to 10 messages"):
                await bot.send_media_group(chat_id, [*media])
        with pytest.raises(TelegramBadRequest, match="can't use the media of the specified type in the album"):
            await bot.send_media_group(chat_id, [photo, InputMediaDocument(media=upload(CLIP))])
        made = await bot.send_media_group(chat_id, [photo, InputMediaVideo(media=upload(CLIP))])
        assert len({one.media_group_id for one in made}) == 1
        with pytest.raises(TelegramBadRequest, match="reply markup is not supported for albums"):
            await made[0].edit_caption(caption="x", reply_markup=keys("Go"))
    refused = await told(telegram, "sendMediaGroup", chat_id=chat_id, media=[], reply_markup={"inline_keyboard": [[BUTTON]]})
    assert refused == (400, "Bad Request: reply markup is not supported for albums")


async def test_updates_wait_a_day_are_confirmed_by_offset_and_come_as_allowed(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    ann = telegram.people[chat_id]
    async with bot_of(telegram) as bot:
        assert len(await bot.get_updates()) == len(await bot.get_updates()) == 1
        ann.says("two")
        ann.says("three")
        last = (await bot.get_updates(offset=-1))[0]
        assert (last.message is not None, last.update_id) == (True, 100_000_003)
        assert await bot.get_updates(offset=last.update_id + 1, allowed_updates=["callback_query"]) == []
        ann.says("not heard")
        assert await bot.get_updates() == []
        assert await bot.get_updates(allowed_updates=[]) == []
        waiting = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.02)
        ann.says("at once")
        assert len(await waiting) == 1
        telegram.advance(24 * 3600 + 1)
        assert await bot.get_updates() == []


async def test_only_one_consumer_has_the_updates(standin: Standin) -> None:
    telegram, _ = await begun(standin)
    async with bot_of(telegram) as bot:
        (heard,) = await bot.get_updates()
        first = asyncio.create_task(bot.get_updates(offset=heard.update_id + 1, timeout=20))
        await asyncio.sleep(0.02)
        second = asyncio.create_task(bot.get_updates(timeout=20))
        with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
            await first
        await bot.set_webhook("https://a.invalid/hook")
        with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
            await second
        with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        assert (await bot.get_webhook_info()).url == "https://a.invalid/hook"
        await bot.delete_webhook()
        assert await bot.get_updates() == []


async def test_a_webhook_is_told_in_order_with_its_secret_until_it_takes_each(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    telegram.rules = replace(LOCAL, hook_backoff_s=(0.01, 0.02))
    seen: list[tuple[str, str]] = []
    enough = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        body = await request.json()
        seen.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], body["message"]["text"]))
        if len(seen) == 4:
            enough.set()
        return web.Response(status=500 if len(seen) < 3 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app, handle_signals=False)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with bot_of(telegram) as bot:
        await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s-1_A")
        telegram.people[chat_id].says("more")
        await asyncio.wait_for(enough.wait(), 5)
        told_of = await bot.get_webhook_info()
        assert told_of.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
        await bot.delete_webhook()
    await runner.cleanup()
    assert seen == [("s-1_A", "/start")] * 3 + [("s-1_A", "more")]


async def test_too_many_messages_are_refused_counted_and_to_be_waited_for(standin: Standin) -> None:
    telegram, chat_id = await begun(standin, speed=1)
    film_club = telegram.group("Film club", telegram.people[chat_id])
    async with bot_of(telegram) as bot:
        sent = await bot.send_message(chat_id, "1")
        await sent.edit_text("2")
        await sent.edit_text("3")
        with pytest.raises(TelegramRetryAfter) as refused:
            await sent.edit_text("4")
        assert refused.value.retry_after == 1
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(chat_id, "5")
        assert [(one.method, one.limit) for one in telegram.floods] == [("editMessageText", "chat"), ("sendMessage", "wait")]
        telegram.advance(2)
        await sent.edit_text("4")
        photo = InputMediaPhoto(media=upload(picture(), "a.jpg"))
        await bot.send_media_group(film_club.chat.id, [photo] * 10)
        await bot.send_media_group(film_club.chat.id, [photo] * 9)
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_media_group(film_club.chat.id, [photo] * 2)
        assert refused.value.retry_after == 60
        others = [telegram.person(f"Person {number}") for number in range(31)]
        for one in others:
            one.says("/start")
        answers = await asyncio.gather(*(bot.send_message(one.id, "x") for one in others), return_exceptions=True)
        assert any(isinstance(answer, TelegramRetryAfter) for answer in answers)
    assert [one.limit for one in telegram.floods[2:4]] == ["group", "all"]


async def test_a_fault_that_is_asked_for_happens_and_is_no_flood(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    telegram.faults.add("rate_limited", "create", count=1, retry_after_s=3)
    telegram.faults.add("reset_after", "create", count=1)
    async with bot_of(telegram) as bot:
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_message(chat_id, "1")
        with pytest.raises(TelegramNetworkError):
            await bot.send_message(chat_id, "2")
    assert (refused.value.retry_after, telegram.floods) == (3, [])
    assert [seen.text for seen in telegram.people[chat_id].sees()] == ["/start", "2"]


async def test_who_blocks_the_bot_is_not_written_to_and_a_group_moves(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    ann = telegram.people[chat_id]
    film_club = telegram.group("Film club", ann)
    async with bot_of(telegram) as bot:
        ann.blocks()
        with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
            await bot.send_message(chat_id, "1")
        ann.unblocks()
        await bot.send_message(chat_id, "2")
        statuses = [one.my_chat_member.new_chat_member.status for one in await bot.get_updates() if one.my_chat_member]
        assert statuses == ["kicked", "member"]
        moved = film_club.upgrade()
        with pytest.raises(TelegramMigrateToChat) as refused:
            await bot.send_message(film_club.chat.id, "3")
        assert refused.value.migrate_to_chat_id == moved
        assert (await bot.send_message(moved, "3")).chat.type == "supergroup"


async def test_in_a_group_the_bot_hears_what_is_for_it_and_a_notice_is_for_who_pressed(standin: Standin) -> None:
    telegram = await standin(Telegram)
    ann, ben = telegram.person("Ann"), telegram.person("Ben")
    film_club = telegram.group("Film club", ann, ben)
    ann, ben = ann.at(film_club), ben.at(film_club)
    async with bot_of(telegram) as bot:
        ben.says("hello everyone")
        ann.says("/film@storyreel_bot")
        ann.says("/film@other_bot")
        question = await bot.send_message(film_club.chat.id, "What about?", reply_markup=keys("Cancel"))
        ann.says("a lighthouse", to=ann.sees()[-1])
        press = ben.presses("Cancel")
        heard = await bot.get_updates()
        assert [one.message.text for one in heard if one.message] == ["/film@storyreel_bot", "a lighthouse"]
        assert heard[-1].callback_query is not None
        assert heard[-1].callback_query.from_user.first_name == "Ben"
        await bot.answer_callback_query(press.id, text="Ann began it.", show_alert=True)
        await question.delete()
    assert "Ben: [Cancel]\nbot: (alert) Ann began it.\n" in ben.transcript()
    assert "[Cancel]\nbot:" not in ann.transcript()
    assert "bot (deleted): What about?" in ann.transcript()


async def test_what_persons_do_can_be_done_by_address(standin: Standin) -> None:
    telegram = await standin(Telegram)
    async with bot_of(telegram) as bot, aiohttp.ClientSession(f"{telegram.url}/_standin/") as session:

        async def posted(path: str, **body: Any) -> Any:
            async with session.post(path, json=body) as answer:
                return await answer.json()

        ann = (await posted("people", name="Ann", language="zh"))["id"]
        await posted(f"people/{ann}/says", text="/start")
        form = aiohttp.FormData({"caption": "hers"})
        form.add_field("photo", picture(), filename="a.jpg", content_type="image/jpeg")
        async with session.post(f"people/{ann}/sends", data=form) as answer:
            assert await answer.json() is True
        await bot.send_message(ann, "Yes?", reply_markup=keys("Go"))
        pressing = asyncio.create_task(posted(f"people/{ann}/presses", label="Go"))
        query = (await bot.get_updates(offset=100_000_003, timeout=5))[-1].callback_query
        assert query is not None
        await bot.answer_callback_query(query.id, text="gone")
        assert await pressing == {"answer": "gone"}
        async with session.get(f"people/{ann}/sees?text=Yes&ever=true") as answer:
            assert (await answer.json())["buttons"] == [["Go"]]
        async with session.get(f"people/{ann}/transcript") as answer:
            said = await answer.text()
        club = (await posted("groups", title="Club", people=[ann]))["id"]
        await posted(f"people/{ann}/says", text="/film", group=club)
        await posted(f"people/{ann}/blocks")
        with pytest.raises(TelegramForbiddenError):
            await bot.send_message(ann, "x")
        assert (await posted("people/7/says", text="x"))["error_code"] == 404
    assert said == "Ann: /start\nAnn: <picture 320x180, 2 kB>\n    hers\nbot: Yes?\n    [Go]\nAnn: [Go]\nbot: (notice) gone\n"


async def test_what_a_bot_says_of_itself_is_kept_by_language(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    async with bot_of(telegram) as bot:
        assert (await bot.get_me()).username == telegram.bot_name
        await bot.set_my_description("Снимаю фильмы", language_code="ru")
        assert (await bot.get_my_description("ru")).description == "Снимаю фильмы"
        assert (await bot.get_my_description()).description == ""
        assert (await bot.get_chat(chat_id)).first_name == "Ann"
        with pytest.raises(TelegramNotFound):
            await bot.get_my_star_balance()


async def test_telegram_is_started_by_name_and_not_among_the_providers() -> None:
    async with running(["telegram"]) as (telegram,):
        assert telegram.environment("http://x") == {"TELEGRAM_BOT_TOKEN": telegram.key, "TELEGRAM_API_URL": "http://x"}
