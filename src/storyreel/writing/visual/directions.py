"""What a text says of the camera itself: it wins over every rule, and is no part of what is seen."""

import re
from dataclasses import dataclass
from functools import cache

from storyreel.domain.storyboard import Angle, Move, Pace, ShotSize
from storyreel.domain.values import Language
from storyreel.writing.visual.ages import is_age
from storyreel.writing.words import Hit, Words, field_words, listed, table

_SECONDS = r"(\d{1,3}(?:[.,]\d+)?)\s*(?:seconds?|secs?|s|секунд[аы]?|сек\.?|с|秒钟?)"
_BRACKETED = re.compile(rf"\s*[(（\[【]\s*{_SECONDS}\s*[)）\]】]", re.IGNORECASE)
_BARE = re.compile(rf"(?:^|[,，;；—–-])\s*{_SECONDS}(?=\s*(?:$|[,，.;；。:：—–-]))", re.IGNORECASE)
_CLAUSES = re.compile(r"[,，;；.。:：—–!！?？]+\s*")


_ADVERBS = {
    Language.ENGLISH: ("camera", ("slowly", "gently", "quickly", "smoothly", "then")),
    Language.RUSSIAN: ("камера", ("медленно", "плавно", "быстро", "резко", "затем")),
    Language.CHINESE: ("镜头", ("缓缓", "慢慢", "缓慢", "快速", "轻轻")),
}


@dataclass(frozen=True, slots=True)
class Directions:
    """What was asked of the camera in so many words."""

    size: ShotSize | None = None
    angle: Angle | None = None
    move: Move | None = None
    pace: Pace | None = None
    seconds: float | None = None
    text: str = ""  # the words without the directions


def directions(text: str, language: Language, *, listed_shot: bool = False) -> Directions:
    """The camera's directions in a text; `listed_shot`: the person lists shots, so that doubtful words count too."""
    seconds, rest = _seconds(text, language, listed_shot=listed_shot)
    sure = listed_shot or bool(_signs(language).find(rest))
    hits = list(_camera(language, sure).find(rest))
    told = {hit.value.split(".", 1)[0]: hit.value.split(".", 1)[1] for hit in reversed(hits)}
    moved = next((hit for hit in hits if hit.value.startswith("move.")), None)
    return Directions(
        size=ShotSize(told["size"]) if "size" in told else None,
        angle=Angle(told["angle"]) if "angle" in told else None,
        move=Move(told["move"]) if "move" in told else None,
        pace=_pace(rest, moved, language) if moved else None,
        seconds=seconds,
        text=_without(rest, hits, language) if hits else rest.strip(),
    )


@cache
def _camera(language: Language, sure: bool) -> Words:
    keys = [key for key in table("camera") if not key.startswith("sign")]
    pairs = [
        (form, key) for key in keys for word in listed("camera", key, language.value) for form in _with_adverbs(word, language)
    ]
    return Words([(word.removeprefix("~"), key if sure or not word.startswith("~") else None) for word, key in pairs], language)


def _with_adverbs(phrase: str, language: Language) -> tuple[str, ...]:
    """A phrase that begins with the camera, and the same with how it moves: "camera slowly rises"."""
    noun, adverbs = _ADVERBS[language]
    if not phrase.startswith(noun) or phrase == noun:
        return (phrase,)
    space = "" if language is Language.CHINESE else " "
    return (phrase, *(f"{noun}{space}{adverb}{space}{phrase[len(noun) :].strip()}" for adverb in adverbs))


@cache
def _signs(language: Language) -> Words:
    return Words([(word, "sign") for word in listed("camera", "sign.camera", language.value)], language)


def _seconds(text: str, language: Language, *, listed_shot: bool) -> tuple[float | None, str]:
    told = (*_BRACKETED.finditer(text), *(_BARE.finditer(text) if listed_shot else ()))
    match = next((one for one in told if not is_age(text, one.start() + len(one[0]) - len(one[0].lstrip()), language)), None)
    if match is None:
        return None, text
    value = float(match.group(1).replace(",", "."))
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
    return (value if 0 < value <= 600 else None), re.sub(r"\s+([,.;:!?，。])", r"\1", rest)


def _pace(text: str, moved: Hit, language: Language) -> Pace | None:
    around = text[max(0, moved.start - 16) : moved.end + 16]
    told = field_words("pace", language).first(around)
    return Pace(told) if told else None


def _without(text: str, hits: list[Hit], language: Language) -> str:
    """The text less its directions: a clause that says nothing else goes whole, else only the words do."""
    kept: list[str] = []
    at = 0
    for match in [*_CLAUSES.finditer(text), None]:
        end = match.start() if match else len(text)
        inside = [hit for hit in hits if at <= hit.start and hit.end <= end]
        whole = text[at:end]
        more = not inside or _says_more(_cut(whole, [(hit.start - at, hit.end - at) for hit in inside]), language)
        mark = match.group() if match else ""
        if more:  # an angle is part of what is seen ("from above") where the clause shows something
            spans = [(hit.start - at, hit.end - at) for hit in inside if not hit.value.startswith("angle.")]
            kept.append((_cut(whole, spans) if spans else whole).strip() + mark)
        elif kept and match and match.group().strip() in {".", "。"}:
            kept[-1] = kept[-1].rstrip(" ,，;；:：") + mark
        at = match.end() if match else end
    joined = re.sub(r"\s+", " ", "".join(kept)).strip(" ,，;；:：—–-")
    return re.sub(r"(^|[.;]\s+)(?:as|while|when|когда|пока)\s+", r"\1", joined, flags=re.IGNORECASE)


def _cut(clause: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        clause = clause[:start] + " " + re.sub(r"^\s*(?:of|on|onto|to|at|over|across|на|к|в|по)\b", "", clause[end:])
    for lead in (
        r"^\s*(?:a|an|the|slow|fast|quick|slowly|gentle|extreme|медленный|медленно|плавный|быстрый|очень)\s+(?=\s)",
        r"\b(?:the )?camera\s*$",
        r"^\s*(?:the )?camera(?:\s+slowly)?\s{2,}",
        r"^\s*камера\s+",
        r"^\s*镜头\s*",
    ):
        clause = re.sub(lead, "", clause, flags=re.IGNORECASE)
    return re.sub(r"^\s*的\s*", "", re.sub(r"\s+", " ", clause)).strip()


def _says_more(clause: str, language: Language) -> bool:
    """Whether a clause has words beyond those that only lead to a direction."""
    filler = listed("camera", "sign.filler", language.value)
    if language is Language.CHINESE:
        for word in filler:
            clause = clause.replace(word, "")
        return bool(re.search(r"\w", clause))
    return any(word.lower() not in filler for word in re.findall(r"\w+", clause))
