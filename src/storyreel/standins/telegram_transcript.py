"""A chat as readable text: who said what, in order, with buttons in brackets and media by what they are."""

from collections.abc import Iterable

from storyreel.standins.telegram_bot import Bot
from storyreel.standins.telegram_chats import Chat, Message
from storyreel.standins.telegram_seen import Seen, seen_of

MB, KB = 1_000_000, 1000


def transcript_of(bot: Bot, chat: Chat, person_id: int, *, whole: bool = False) -> str:
    """The chat from its beginning, as that person saw it; `whole`: each edit where it came."""
    lines: list[tuple[int, list[str]]] = []
    for message in chat.messages.values():
        lines.extend(_versions(bot, message) if whole else [(message.came, _said(bot, message))])
    acts = [(act, act.text()) for act in chat.acts if act.only_for == person_id]
    lines.extend((act.turn, [f"{act.who}: {text}"]) for act, text in acts if text)
    return "\n".join(line for _, several in sorted(lines, key=lambda one: one[0]) for line in several) + "\n"


def _versions(bot: Bot, message: Message) -> Iterable[tuple[int, list[str]]]:
    """A message as it came, and as it became."""
    for turn, content, keyboard in (*message.past, (message.turn, message.content, message.keyboard)):
        edited = "" if turn == message.came else f" edits {message.id}"
        yield turn, _lines(f"{_who(message)}{edited}", seen_of(bot, message, content, keyboard))


def _said(bot: Bot, message: Message) -> list[str]:
    notes = [f"edited {len(message.past)}x"] if message.past else []
    notes += ["deleted"] if message.gone else []
    aside = f" ({', '.join(notes)})" if notes else ""
    return _lines(_who(message) + aside, seen_of(bot, message))


def _who(message: Message) -> str:
    return "bot" if message.of_bot else str(message.sender["first_name"])


def _lines(who: str, seen: Seen) -> list[str]:
    said = [*([] if seen.kind == "text" else [_medium(seen)]), *seen.text.splitlines()]
    rows = [" ".join(f"[{label}]" for label in row) for row in seen.buttons]
    first, *rest = [*said, *rows] or [""]
    return [f"{who}: {first}", *(f"    {line}" for line in rest)]


def _medium(seen: Seen) -> str:
    """A picture, video or file by what it is."""
    facts = [seen.name] if seen.kind == "document" else []
    if seen.kind != "document":
        facts.append(f"{seen.width_px}x{seen.height_px}" if seen.width_px else "no size told")
    if seen.kind == "video":
        facts.append(f"{seen.seconds} s" if seen.seconds else "no length told")
    facts.append(_size(seen.size))
    facts += [name for name, has in (("streams", seen.streams), ("cover", seen.cover), ("thumbnail", seen.thumbnail)) if has]
    kind = {"photo": "picture", "document": "file"}.get(seen.kind, seen.kind)
    return f"<{'album, ' if seen.album else ''}{kind} {', '.join(facts)}>"


def _size(size: int) -> str:
    if size < KB:
        return f"{size} bytes"
    return f"{size / MB:.1f} MB" if size >= MB else f"{size / KB:.0f} kB"
