"""Speech inside prose: what stands in quotation marks, or after a Russian dash, and is said rather than named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from storyreel.domain.values import Language
from storyreel.writing.split.pieces import Speech
from storyreel.writing.verbs import verbs

_QUOTED = re.compile(r"“([^“”]+)”|«([^«»]+)»|„([^„“”]+)[“”]|「([^「」]+)」|『([^『』]+)』|(?<!\w)\"([^\"]+)\"(?!\w)")
_DASH_SPEECH = re.compile(r"(?P<words>.+?[,.!?…]+)\s+[—–]\s+(?P<said>[^—–]*?[.!?…,])(?:\s+[—–]\s+(?P<more>.+))?$", re.DOTALL)
_INLINE_DASH = re.compile(  # «Кораблик уходит. — Прощай! — кричит мальчик. — Пиши!», «Он кричит: — Прощай!»
    r"(?:(?<=[.!?…]\s)|(?<=[.!?…]»\s))[—–]\s*(?P<words>[^—–\n]+?[,.!?…]+)\s+[—–]\s+(?=(?P<said>[а-яё][^.!?…—–\n]*))"
    r"|(?<=:\s)[—–]\s*(?P<called>[^—–\n]+?[.!?…]+)(?=\s|$)"
)
_MORE_DASH = re.compile(r"[^.!?…—–\n]*[.!?…,]\s+(?P<all>[—–]\s+(?P<words>[А-ЯЁ][^.!?…—–\n]*[.!?…]+))")
_LONGEST_SAYING, _LONGEST_SAYING_ZH = 5, 10  # words, characters: "the old man says"
_CLAUSES = re.compile(r"[,，]\s*|\s+(?:and|и|а)\s+|[并又]", re.IGNORECASE)
_ENDS_SPEECH = ".!?…,。！？，;；—"


@dataclass(frozen=True, slots=True)
class Quote:
    """Spoken words within a text: `start` to `end` with their marks."""

    start: int
    end: int
    words: str
    goes_on: bool = False  # of the one who spoke before: «— Да, — сказал он. — Пора.»

    def moved(self, by: int) -> "Quote":
        """The same in a text that begins elsewhere."""
        return replace(self, start=self.start + by, end=self.end + by)


def quotes(text: str, language: Language) -> tuple[Quote, ...]:
    """What is spoken in a text, in order."""
    found: list[Quote] = []
    for match in _QUOTED.finditer(text):
        words = next(group for group in match.groups() if group is not None).strip()
        if _is_spoken(text, match, words, language):
            found.append(Quote(match.start(), match.end(), words))
    if language is Language.RUSSIAN:
        found += [
            one for one in _between_dashes(text) if not any(one.start < other.end and other.start < one.end for other in found)
        ]
    return tuple(sorted(found, key=lambda one: one.start))


def _between_dashes(text: str) -> Iterator[Quote]:
    """Speech inside a paragraph, where the words behind its dash tell who says it; and what is said on after them."""
    for match in _INLINE_DASH.finditer(text):
        if called := match["called"]:
            yield Quote(match.start(), match.end(), called.strip())
        elif any(hit.value == "talk" for hit in verbs(" ".join(match["said"].split()[:_LONGEST_SAYING]), Language.RUSSIAN)):
            yield Quote(match.start(), match.end(), _ended(match["words"]))
            if more := _MORE_DASH.match(text, match.end()):
                yield Quote(more.start("all"), more.end("all"), more["words"].strip(), goes_on=True)


def _is_spoken(text: str, match: re.Match[str], words: str, language: Language) -> bool:
    if not any(char.isalnum() for char in words):
        return False
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if before.endswith((":", "：", ",", "，", "—")) and not before.endswith("—,"):
        return True
    if words[-1] in _ENDS_SPEECH or not (before or after):
        return True
    around = before[-40:] + " " + after[:40]
    says = any(hit.value == "talk" for hit in verbs(around, language))
    return says and (len(words.split()) > 1 or language is Language.CHINESE)


def dashed(text: str) -> tuple[str, str] | None:
    """What a Russian line of speech says, and what else it tells (— Пойдём, — сказал он. — Пора)."""
    match = _DASH_SPEECH.match(text)
    if not match:
        return None
    words, said, more = match.group("words"), match.group("said"), match.group("more")
    return " ".join(part.strip() for part in (_ended(words), more) if part), said.strip()


def turns(text: str) -> Iterator[tuple[int, int]]:
    """Where each turn of a Russian line of speech begins and ends: — Не уезжай, — говорит Сергей. — Поздно, — отвечает Анна."""
    match, start = _DASH_SPEECH.match(text), 0
    while match and match["more"] and (after := _DASH_SPEECH.match(text, match.start("more"))):
        if not any(hit.value == "talk" for hit in verbs(after["said"], Language.RUSSIAN)):
            break
        yield start, match.start("more")
        match, start = after, match.start("more")
    yield start, len(text)


def _ended(words: str) -> str:
    """Words before the dash as a sentence of their own."""
    words = words.rstrip(", ").strip()
    return words if words[-1:] in ".!?…" else f"{words}."


def after_speech(text: str, found: tuple[Quote, ...], language: Language) -> list[int]:
    """Where a new sentence begins right after speech that ended its own, as in: says "A ship!" | He waves."""
    cuts: list[int] = []
    for quote in found:
        rest = text[quote.end :]
        following = rest.lstrip()
        sentence = re.split(r"[.!?。！？]", following, maxsplit=1)[0]
        begins = following[:1].isupper() or (language is Language.CHINESE and following[:1].isalpha())
        if begins and quote.words[-1] in ".!?…。！？" and not _tells_who_says(sentence, language):
            cuts.append(quote.end + len(rest) - len(following))
    return cuts


def _tells_who_says(sentence: str, language: Language) -> bool:
    short = len(sentence) <= _LONGEST_SAYING_ZH if language is Language.CHINESE else len(sentence.split()) <= _LONGEST_SAYING
    return short and any(hit.value == "talk" for hit in verbs(sentence, language))


def without(text: str, found: tuple[Quote, ...]) -> str:
    """The text with its speech and the marks that led to it taken out."""
    kept: list[str] = []
    past = 0
    for quote in found:
        kept.append(re.sub(r"[:：,，]\s*$", " ", text[past : quote.start]))
        past = quote.end
        while past < len(text) and text[past] in ",，.。 —–":
            past += 1
    kept.append(text[past:])
    return re.sub(r"\s+([,.!?;，。！？；])", r"\1", " ".join(part.strip() for part in kept if part.strip()))


def without_saying(text: str, language: Language) -> str:
    """The text less a last clause that only tells that someone speaks: "..., says", "... and says softly"."""
    border = next(reversed(list(_CLAUSES.finditer(text))), None)
    if border is None:
        return text
    last = text[border.end() :].strip(" .。:：")
    short = len(last) <= 4 if language is Language.CHINESE else len(last.split()) <= 2
    return text[: border.start()].rstrip(" ,，") if short and any(hit.value == "talk" for hit in verbs(last, language)) else text


def masked(text: str, found: tuple[Quote, ...]) -> str:
    """The text with its speech and brackets blotted out, letter for letter, so that no border is found there."""
    blotted = list(text)
    for quote in found:
        blotted[quote.start : quote.end] = "\x00" * (quote.end - quote.start)
    for match in re.finditer(r"[(（\[][^()（）\[\]]*[)）\]]", text):
        blotted[match.start() : match.end()] = "\x00" * (match.end() - match.start())
    return "".join(blotted)


def speech_of(found: tuple[Quote, ...]) -> tuple[Speech, ...]:
    """Quotes as speech whose speaker is still to be found."""
    return tuple(Speech(one.words.strip().rstrip(",，")) for one in found)
