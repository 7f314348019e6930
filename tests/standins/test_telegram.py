"""The Telegram stand-in's methods, driven by aiogram's own bot: what is sent, edited, pressed, refused."""

from typing import Any

import pytest

from storyreel.standins.fixtures import Standin
from storyreel.standins.serve import running
from storyreel.standins.telegram import Telegram
from storyreel.standins.telegram_person import NotSeen
from tests.standins.bots import CLIP, TOKEN, begun, bot_of, keys, picture, told, upload

pytestmark = pytest.mark.journey


async def test_a_person_and_a_bot_talk_and_the_transcript_tells_it(standin: Standin) -> None:
    from aiogram.types import InputMediaPhoto

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


async def test_a_token_or_method_that_is_not_there_is_refused_and_the_log_never_shows_a_token(standin: Standin) -> None:
    from aiogram.exceptions import TelegramUnauthorizedError

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
    ("deleteMessages", {"message_ids": ["first"]}, "invalid message identifier specified"),
    ("deleteMessages", {"message_ids": [*range(101)]}, "too many messages to delete"),
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
    ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
    ("5 <b", "Unclosed start tag at byte offset 2"),
    ('<a href="x', "Unclosed start tag at byte offset 0"),
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
    text = '<pre><code class="language-python">x</code></pre><code class="language-c">y</code><a href="">z</a>'
    _, sent = await told(telegram, "sendMessage", chat_id=chat_id, text=text, parse_mode="HTML")
    assert sent["entities"] == [
        {"type": "pre", "language": "python", "offset": 0, "length": 1},
        {"type": "code", "offset": 1, "length": 1},
    ]
    assert (await told(telegram, "sendMessage", chat_id=chat_id, text="<b>x</b>" * 4096, parse_mode="HTML"))[0] == 200


async def test_a_message_is_edited_only_to_something_else(standin: Standin) -> None:
    from aiogram.exceptions import TelegramBadRequest
    from aiogram.types import InputMediaVideo

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
    from aiogram.exceptions import TelegramBadRequest

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


async def test_what_a_bot_says_of_itself_is_kept_by_language(standin: Standin) -> None:
    from aiogram.exceptions import TelegramNotFound
    from aiogram.types import BotCommand

    telegram, chat_id = await begun(standin)
    async with bot_of(telegram) as bot:
        assert (await bot.get_me()).username == telegram.bot_name
        await bot.set_my_description("Снимаю фильмы", language_code="ru")
        assert (await bot.get_my_description("ru")).description == "Снимаю фильмы"
        assert (await bot.get_my_description()).description == ""
        assert (await bot.get_chat(chat_id)).first_name == "Ann"
        assert (await bot.get_chat_member(chat_id, chat_id)).status == "member"
        start = BotCommand(command="start", description="Начать")
        await bot.set_my_commands([start], language_code="ru")
        assert [one.description for one in await bot.get_my_commands(language_code="ru")] == ["Начать"]
        assert await bot.get_my_commands() == []
        await bot.delete_my_commands(language_code="ru")
        assert await bot.get_my_commands(language_code="ru") == []
        with pytest.raises(TelegramNotFound):
            await bot.get_my_star_balance()


async def test_telegram_is_started_by_name_and_not_among_the_providers() -> None:
    async with running(["telegram"]) as (telegram,):
        assert telegram.environment("http://x") == {"TELEGRAM_BOT_TOKEN": telegram.key, "TELEGRAM_API_URL": "http://x"}
