"""Whether a text says that somebody is inside of what travels: "aboard a space station", «в автобусе», 公交车上."""

import re

from storyreel.domain.values import Language

_THE = r"(?:(?:a|an|the|his|her|their|its|my|our|your)\s+)"
_STATES = r"crowded|empty|moving|parked|stopped|speeding|broken|dark|silent|packed|stolen"
_LIKE = rf"(?:old|new|big|small|little|tiny|huge|giant|{_STATES})\s+"
_OTHER = r"(?!(?:a|an|the|and|of|with|his|her|their|its)\b)[a-z'-]+\s+"
_WITHIN = {  # said so plainly that any vehicle may follow
    Language.ENGLISH: re.compile(
        rf"\b(?:inside(?:\s+of)?|aboard|on\s+board(?:\s+of)?)\s+{_THE}?(?:{_OTHER}){{0,2}}$", re.IGNORECASE
    ),
    Language.RUSSIAN: re.compile(
        r"(?<!\w)(?:внутри|на\s+борту|в\s+салоне|в\s+кабине)\s+(?:[а-яё]+(?:ого|его|ой|ей)\s+){0,2}$", re.IGNORECASE
    ),
}
_IN = {
    Language.ENGLISH: re.compile(rf"\bin\s+{_THE}(?:{_LIKE})?$", re.IGNORECASE),
    Language.RUSSIAN: re.compile(r"(?<!\w)во?\s+(?:[а-яё]+(?:ом|ем|ой|ей)\s+)?$", re.IGNORECASE),
}
_IS_THERE = {  # how the noun ends: «в автобусе» is where one is, «в автобус» where one goes to, or crashes into
    Language.ENGLISH: re.compile(""),
    Language.RUSSIAN: re.compile(r"(?:[еи]|[ая]х)$", re.IGNORECASE),
}
_IS_MORE = re.compile(  # a car dealership is no car
    r"\s+(?:crash|chase|accident|race|wreck|dealership|factory|depot|garage|museum|show|shop|stop|station|park|lot|wash|yard|driver"
    r"|door|window|roof|seat)s?\b",
    re.IGNORECASE,
)
_DRIVES = re.compile(r"\b(?:driv(?:e|es|ing|en)|drove)\b[^,.;:!?]*$", re.IGNORECASE)  # "drives in a car": seen from outside
_ZH_INSIDE = re.compile(r"里面?|内部?|中(?!途|间)|上(?![面方空])")
_REACH = 48  # characters before a noun within which such words begin


def aboard(text: str, start: int, end: int, language: Language) -> tuple[int, int] | None:
    """Where the words begin and end that put somebody inside of the vehicle named at `start` to `end`; None where none do."""
    if language is Language.CHINESE:
        after = _ZH_INSIDE.match(text, end)
        return (start, after.end()) if after else None
    if language is Language.ENGLISH and _IS_MORE.match(text, end):
        return None
    near = text, max(0, start - _REACH), start
    is_there = _IS_THERE[language].search(text, start, end)
    is_there = is_there and not (language is Language.ENGLISH and _DRIVES.search(*near))
    before = _WITHIN[language].search(*near) or (_IN[language].search(*near) if is_there else None)
    return (before.start(), end) if before else None
