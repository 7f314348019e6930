"""Who may do what: people who are not allowed, groups, several at once."""

import asyncio
from pathlib import Path

import pytest

from storyreel.domain.errors import LineBusy
from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling
from storyreel.standins.telegram import Telegram
from storyreel.standins.vsegpt import Vsegpt
from tests.doors.bot.conftest import Bots, Journey
from tests.doors.bot.test_bad_days import to_summary
from tests.doors.bot.test_pictures import picture
from tests.doors.server.conftest import Serve

pytestmark = pytest.mark.journey


async def test_whom_the_owner_did_not_name_is_told_so_with_his_number_and_nobody_is_offered_what_would_be_refused(
    telegram: Telegram, bots: Bots, standin: Standin
) -> None:
    bots.knows(await standin(Vsegpt))
    eve, ann = telegram.person("Eve"), telegram.person("Ann")
    async with bots.running(bot_users=str(ann.id)):
        eve.says("/start")
        await eve.sees_text(f"Give its owner your number: {eve.id}")
        ann.says("/start")
        await ann.sees_text("I make films")
        ann.presses("🎬 A film from text")
        models = await ann.sees_text("odel")
        ann.says("/cancel")
        await ann.sees_button("🧰 Tools")
        for label in ("🧰 Tools", "Haiper (video)"):
            await ann.sees_button(label)
            ann.presses(label)
        await ann.sees_text("Send the image")
        ann.sends_photo(picture("teal"))
        await ann.sees_text("move")
        ann.says("snow falls")
        refused = await ann.sees_text("is not known, so I do not begin")
    assert not any("price unknown" in label for label in models.labels)
    assert not any("Make it" in label for label in refused.labels)


async def test_in_a_group_only_who_began_presses_and_everybody_has_a_dialog_of_his_own(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    bots.knows(await standin(Kling))
    ann, bob = telegram.person("Ann"), telegram.person("Bob", language="ru")
    group = telegram.group("Film club", ann, bob)
    here, there = ann.at(group), bob.at(group)
    journey = Journey(here, tmp_path / "group.txt")
    async with bots.running(bot_budget=1):
        here.says("/start")
        menu = await here.sees_button("🎬 A film from text")
        refused = there.presses("🎬 A film from text")
        await there.until(lambda: refused.answered, "an answer")
        assert "somebody else" in str(refused.answered) or "чужие" in str(refused.answered)
        there.says("/start")
        await there.sees_button("🎬 Фильм по тексту")
        await journey.go("🎬 A film from text")
        await here.sees_text("Which model")
        journey.tell()
    assert menu.labels


async def test_a_second_process_for_the_same_bot_on_one_home_is_refused(bots: Bots) -> None:
    async with bots.running():
        with pytest.raises(LineBusy, match=r"is answering for @\w+ in .*End it"):
            async with bots.running():
                pass
    async with bots.running():
        pass


async def test_two_people_at_once_do_not_wait_for_each_other(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    kling = await standin(Kling)
    bots.knows(kling)
    people = [telegram.person(name, language="ru") for name in ("Анна", "Иван")]
    async with bots.running():
        await asyncio.gather(*(to_summary(Journey(one, tmp_path / f"{one.name}.txt"), f"{one.name} идёт.", 1) for one in people))
        films = await asyncio.gather(*(one.sees_video(within_s=40) for one in people))
    assert [film.text.partition("»")[0] for film in films] == ["«Анна идёт", "«Иван идёт"]
    assert len(kling.submissions) == 2
    assert not telegram.floods


async def test_a_link_from_a_private_chat_opens_the_pages_to_see_ones_own_films_and_make_none(
    telegram: Telegram, bots: Bots, serve: Serve
) -> None:
    ann = telegram.person("Ann")
    async with bots.running(public_url="https://films.example.org") as bot:
        ann.says("/site")
        await ann.sees_text("not open to anybody yet")
        await bot.booth.studio.create_key("owner")
        ann.says("/site")
        await ann.sees_button("Open the site")
        path = str(ann.presses("Open the site").answered).removeprefix("https://films.example.org")
    server = await serve(bots.home)
    async with server.client.get(path, allow_redirects=False) as entered:
        assert (entered.status, entered.headers["Location"]) == (303, "/library")
        session = {name: one.value for name, one in entered.cookies.items()}
    async with server.client.get("/library", cookies=session, allow_redirects=False) as seen:
        assert seen.status == 200
    async with server.client.post("/v1/films", json={"prompt": "A cat."}, cookies=session) as refused:
        assert refused.status == 403
    async with server.client.get(f"{path[:-4]}AAAA") as forged:
        assert forged.status == 410
