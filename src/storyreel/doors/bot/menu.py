"""The menu, and the steps that ask for a model, its settings, words and lengths."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypedDict

from storyreel.domain.model import Sound
from storyreel.doors.bot import models
from storyreel.doors.bot.flow import LOOK, MODEL, PICTURES, after, begun, entered, led, ways
from storyreel.doors.bot.shown import GREY, Button, Row, Shown, chosen, in_rows
from storyreel.doors.bot.step import Incoming, Turn
from storyreel.doors.bot.talk import MENU, Draft, Kind, Talk
from storyreel.doors.bot.voice import Voice, together

FILMS, TOOLS = "films", "tools"
PER_PAGE = 6
LONGEST_SHOWN, SHOWN_END = 600, 200  # characters of a person's own words, and of where they end
LEAST_PART = 3500  # a text above 4096 characters leaves the app in parts, cut between words
PARTS_COME = timedelta(seconds=15)  # within which they are here, on a slow line too
LONGEST_NUMBER = 40  # characters in which somebody may have tried to say how many shots
ENDS, NEW_LINE = (".", "!", "?", "…", "»", "”", '"', "。", "！", "？"), "\n"
SHOTS = (1, 2, 3, 4, 6, 8, 10)
SOUND_KEYS = {"sound:on": True, "sound:off": False}


class Came(TypedDict):
    """How long a message was, and when it came."""

    part: int
    heard: datetime


async def show_menu(turn: Turn) -> Shown:
    """What the bot can do."""
    said = turn.said
    own = [
        (Button(said("🎬 A film from text"), Kind.TEXT.value),),
        (Button(said("🖼 Bring a picture to life"), Kind.PICTURE.value),),
        (Button(said("📎 From reference pictures"), Kind.REFERENCES.value),),
    ]
    text = said(
        "I make films from text and bring pictures to life. A draft is free, and I tell the price before anything begins."
    )
    return Shown(text, (*own, (Button(said("My films"), FILMS), Button(said("🧰 Tools"), TOOLS))))


async def press_menu(turn: Turn, data: str) -> Talk:
    """Begin what was chosen."""
    if data in set(Kind):
        return begun(turn.talk, Draft(kind=Kind(data)))
    return turn.talk.at(data) if data in {FILMS, TOOLS} else turn.talk.at(MENU, draft=Draft())


async def hear_menu(turn: Turn, incoming: Incoming) -> Talk:
    """Words alone are a film's; a picture is brought to life."""
    if incoming.problem:
        return turn.talk.model_copy(update={"trouble": incoming.problem})
    if incoming.pictures:
        kind = Kind.PICTURE if len(incoming.pictures) == 1 else Kind.REFERENCES
        draft = Draft(kind=kind, pictures=incoming.pictures, words=incoming.text)
        return after(turn.talk.at(PICTURES, draft=draft))
    if turn.talk.screen in {MODEL, LOOK} and (words := whole(turn, incoming.text)):
        return _with_words(turn, words, incoming.text)
    return begun(turn.talk, Draft(words=incoming.text, **_came(turn, incoming.text)))


def _with_words(turn: Turn, words: str, part: str) -> Talk:
    """The same screen, with all of the words; what is shown stays as it is."""
    draft = turn.talk.draft_with(words=words, storyboard=None, drawn=(), **_came(turn, part))
    return turn.talk.model_copy(update={"draft": draft, "quiet": True})


def _came(turn: Turn, part: str) -> Came:
    """By which it is seen whether the next message goes on with this one."""
    return {"part": len(part), "heard": turn.booth.now()}


def whole(turn: Turn, came: str) -> str:
    """Both together, where what came goes on with a script that the messenger sent in parts; else nothing.

    Only the last part of such a script is short, and the app sends one right after the other.
    """
    draft, came = turn.talk.draft, came.strip()
    if (
        draft.part < LEAST_PART
        or draft.heard is None
        or turn.booth.now() - draft.heard > PARTS_COME
        or not came
        or came.isdecimal()
    ):
        return ""
    return f"{draft.words}{NEW_LINE if draft.words.endswith(ENDS) else ' '}{came}"


async def show_models(turn: Turn) -> Shown:
    """The models, a page of them, each with its price."""
    said, talk = turn.said, turn.talk
    offers = models.offers(turn.booth.studio, talk.draft.kind, pays=turn.pays)
    pages = max(1, -(-len(offers) // PER_PAGE))
    page = talk.page % pages
    ways_to = Counter(one.title for one in offers)
    rows: list[Row] = [
        (Button(_offer_label(turn, one, several=ways_to[one.title] > 1), f"m:{one.key}"),)
        for one in offers[page * PER_PAGE : (page + 1) * PER_PAGE]
    ]
    if pages > 1:
        rows.append((models.turning(said, page, pages),))
    text = said("Which model? Prices are for a second of film at 720p; ⭐ is what I recommend.")
    if not offers:
        text = said("No model can be used for this here yet.")
    elif len(offers) == 1:
        text = said("One model can be used here:")
    return Shown(text, (*rows, ways(turn)))


async def press_models(turn: Turn, data: str) -> Talk:
    """Take a model, or turn the page."""
    if data.startswith("p:"):
        return turn.talk.model_copy(update={"page": int(data[2:])})
    if data.startswith("m:"):
        offers = models.offers(turn.booth.studio, turn.talk.draft.kind, pays=turn.pays)
        found = next((one for one in offers if one.key == data[2:]), None)
        if found is None:
            return turn.talk.model_copy(update={"page": 0})
        draft = turn.talk.draft_with(model=found.name)
        return after(turn.talk, draft=models.fitted(draft, models.limits_of(turn.booth.studio, draft)))
    return led(turn.talk, data) or turn.talk


async def show_look(turn: Turn) -> Shown:
    """Sound, quality and shape; what the model cannot do is grey."""
    said, draft = turn.said, turn.talk.draft
    limits = models.limits_of(turn.booth.studio, draft)
    sounds = [
        _option(said("🔊 Sound"), "sound:on", is_chosen=draft.sound, can=limits.sound is not Sound.NONE),
        _option(said("🔇 No sound"), "sound:off", is_chosen=not draft.sound, can=limits.sound is not Sound.ALWAYS),
    ]
    qualities = [
        _option(quality_text(one), f"q:{one}", is_chosen=draft.quality == one, can=models.can_quality(limits, draft.kind, one))
        for one in models.QUALITIES
    ]
    aspects = [
        _option(one, f"a:{one}", is_chosen=draft.aspect == one, can=models.can_aspect(limits, one)) for one in models.ASPECTS
    ]
    shape = [] if draft.kind is Kind.PICTURE else [aspects]  # a picture has its own
    text = said("{model}. Sound, quality and shape:", model=models.title_of(turn.booth.studio, draft.model, said))
    if draft.kind is Kind.PICTURE:
        text = said(
            "{model}. Sound and quality; the shape is your picture's:",
            model=models.title_of(turn.booth.studio, draft.model, said),
        )
    return Shown(text, (sounds, qualities, *shape, ways(turn, onward=True)))


async def press_look(turn: Turn, data: str) -> Talk:
    """Choose one of them."""
    kind, _, value = data.partition(":")
    draft = turn.talk.draft
    if data in SOUND_KEYS:
        draft = turn.talk.draft_with(sound=SOUND_KEYS[data])
    elif kind == "q" and value in models.QUALITIES:
        draft = turn.talk.draft_with(quality=value)
    elif kind == "a" and value in models.ASPECTS:
        board = draft.storyboard.model_copy(update={"aspect": value}) if draft.storyboard else None
        draft = turn.talk.draft_with(aspect=value, storyboard=board, drawn=())
    else:
        return led(turn.talk, data) or turn.talk
    return turn.talk.at(turn.talk.screen, draft=draft)


def grey_look(turn: Turn, data: str) -> str:
    """What the model cannot do."""
    said = turn.said
    model = models.title_of(turn.booth.studio, turn.talk.draft.model, said)
    kind, _, value = data.partition(":")
    if kind == "q":
        return said("{model} does not make {quality}.", model=model, quality=quality_text(value))
    if kind == "a":
        return said("{model} does not make the shape {shape}.", model=model, shape=value)
    return said("{model} makes no sound.", model=model) if value == "on" else said("{model} always makes sound.", model=model)


async def show_words(turn: Turn) -> Shown:
    """Ask for the film's words."""
    said, draft = turn.said, turn.talk.draft
    if draft.kind is Kind.TEXT:
        ask = said("Describe the film: one sentence, or a whole script.")
    elif draft.kind is Kind.PICTURE:
        ask = said("What moves in the picture, and how? You can leave it to me.")
    else:
        ask = said("What happens in the film? It will look like your pictures.")
    if draft.words:
        words = (
            draft.words if len(draft.words) <= LONGEST_SHOWN else f"{draft.words[:LONGEST_SHOWN]} … {draft.words[-SHOWN_END:]}"
        )
        so_far = said("So far:")
        ask = f"{ask}\n\n{so_far} {words}"
    return Shown(ask, (ways(turn, onward=bool(draft.words) or draft.kind is not Kind.TEXT),))


async def hear_words(turn: Turn, incoming: Incoming) -> Talk:
    """The words; a storyboard of other words is let go."""
    words = incoming.text.strip()
    if not words:
        return turn.talk.model_copy(update={"trouble": incoming.problem or turn.said("I need words here, not a picture.")})
    came = _came(turn, incoming.text)
    return after(turn.talk, draft=turn.talk.draft_with(words=words, storyboard=None, drawn=(), **came))


async def show_length(turn: Turn) -> Shown:
    """How long each shot is, and how many there are."""
    said, draft = turn.said, turn.talk.draft
    some = models.lengths(models.limits_of(turn.booth.studio, draft), draft.kind)
    seconds = [Button(chosen(said("auto"), is_chosen=draft.seconds is None), "s:")]
    seconds += [Button(chosen(turn.said.length(one), is_chosen=draft.seconds == one), f"s:{one:g}") for one in some]
    if draft.kind is Kind.PICTURE:
        return Shown(said("How long?"), (*in_rows(seconds, 3), ways(turn, onward=True)))
    shots = [Button(chosen(said("auto"), is_chosen=draft.shots is None), "n:")]
    shots += [Button(chosen(str(one), is_chosen=draft.shots == one), f"n:{one}") for one in SHOTS]
    text = said("How long is each shot, and how many shots? You can also write the number of shots.")
    return Shown(text, (*in_rows(seconds, 3), *in_rows(shots, 4), ways(turn, onward=True)))


async def press_length(turn: Turn, data: str) -> Talk:
    """Choose one of them; a storyboard of another length is let go."""
    kind, _, value = data.partition(":")
    if kind == "s":
        draft = turn.talk.draft_with(seconds=float(value) if value else None, storyboard=None, drawn=())
    elif kind == "n":
        draft = turn.talk.draft_with(shots=int(value) if value else None, storyboard=None, drawn=())
    else:
        return led(turn.talk, data) or turn.talk
    return turn.talk.at(turn.talk.screen, draft=draft)


async def hear_length(turn: Turn, incoming: Incoming) -> Talk:
    """A number of shots."""
    text = incoming.text.strip()
    if words := whole(turn, text):
        return _with_words(turn, words, text)
    if not text.isdecimal() or not 1 <= int(text) <= turn.booth.most_shots:
        number = turn.said("Write a number of shots, from 1 to {most}.", most=turn.booth.most_shots)
        lost = turn.said("This was not added to the script: go back to the words to change them.")
        trouble = incoming.problem or (number if len(text) <= LONGEST_NUMBER else together(turn.said, lost, number))
        return turn.talk.model_copy(update={"trouble": trouble})
    return entered(turn.talk, turn.talk.screen, draft=turn.talk.draft_with(shots=int(text), storyboard=None, drawn=()))


async def press_on(turn: Turn, data: str) -> Talk:
    """A step that has no buttons of its own."""
    return led(turn.talk, data) or turn.talk


def quality_text(quality: str) -> str:
    """A quality as it is called: "4K"."""
    return "4K" if quality == "2160p" else quality


def _option(label: str, data: str, *, is_chosen: bool, can: bool) -> Button:
    return Button(chosen(label, is_chosen=is_chosen), data) if can else Button(f"🚫 {label}", f"{GREY}{data}")


def _offer_label(turn: Turn, offer: models.Offer, *, several: bool) -> str:
    """A model and its price; `several`: there are other ways to the same one."""
    star = "⭐ " if offer.recommended else ""
    through = f" · {offer.provider}" if several else ""
    mark = chosen("", is_chosen=offer.name == turn.talk.draft.model)
    return f"{mark}{star}{turn.said(offer.title)}{through} · {_usd_text(turn.said, offer)}"


def _usd_text(said: Voice, offer: models.Offer) -> str:
    """What a second costs."""
    if not offer.usd_per_second:
        return said.price(offer.usd_per_second)
    return said("{price}/s", price=f"${max(offer.usd_per_second, Decimal('0.001')):.3f}".removesuffix("0"))
