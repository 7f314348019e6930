"""What a shot shows, in one sentence of the source's language, in the present tense."""

import re
from zlib import crc32

from storyreel.domain.storyboard import Weather
from storyreel.domain.values import Language
from storyreel.writing.verbs import verbs
from storyreel.writing.visual.ages import ageless
from storyreel.writing.visual.cast import Cast
from storyreel.writing.visual.coverage import Coverage, agreed
from storyreel.writing.visual.drafts import Draft, Role
from storyreel.writing.visual.moments import Moment
from storyreel.writing.visual.seen import Seen
from storyreel.writing.visual.tense import in_present
from storyreel.writing.words import folded, listed, row_words, table

_CONNECTORS = {
    Language.ENGLISH: re.compile(
        r"^(?:(?:and|but|so)\s+)?"
        r"(?:(?:then|next(?!\s+(?:day|morning|evening|night|week|month|year|time|to)\b)|finally|at last|meanwhile|afterwards?"
        r"|after that|later|until|till|while)\b,?\s*)?"
        r"(?:and\s+|but\s+)?",
        re.IGNORECASE,
    ),
    Language.RUSSIAN: re.compile(
        r"^(?:(?:и|а|но)\s+)?(?:(?:затем|потом|наконец|тем временем|после этого|далее|пока не|пока)\b,?\s*)?(?:и\s+)?",
        re.IGNORECASE,
    ),
    Language.CHINESE: re.compile(r"^(?:然后|接着|随后|最后|后来|之后|于是|紧接着|与此同时|而后|再|直到|与此同时)[，,]?"),
}
_LEADING_PRONOUN = {
    Language.ENGLISH: re.compile(r"^(he|she|it)\b(?!')", re.IGNORECASE),
    Language.RUSSIAN: re.compile(r"^(он|она)\b", re.IGNORECASE),
    Language.CHINESE: re.compile(r"^([他她它])(?!们)"),
}
_LEADING_MANY = {
    Language.ENGLISH: re.compile(r"^they\b(?!')", re.IGNORECASE),
    Language.RUSSIAN: re.compile(r"^они\b", re.IGNORECASE),
    Language.CHINESE: re.compile(r"^(?:他们|她们)(?:两人|俩)?"),
}
_ADVERB = {
    Language.ENGLISH: re.compile(r"\w+ly\b|(?:in|under|with|into|over|through|from|aloud|quiet\w*)\b"),
    Language.RUSSIAN: re.compile(r"(?!\w*(?:я|ясь|вшись|[аеиоуыя]в)\b)"),  # all but a gerund: «кивая»
}
_ZH_SPEAKS = {Language.ENGLISH: "", Language.RUSSIAN: "", Language.CHINESE: "说话"}
LONGEST = {Language.ENGLISH: 240, Language.RUSSIAN: 240, Language.CHINESE: 90}


class Sentences:
    """Writes descriptions for one film."""

    def __init__(self, language: Language, cast: Cast, source: str) -> None:
        self._language = language
        self._lines = Coverage(language, crc32(source.encode("utf-8", "replace")))
        self._cast = cast

    def of(self, draft: Draft, moment: Moment) -> str:
        """The description of a shot."""
        if draft.role is Role.MAIN:
            return self.main(moment, draft.turn)
        return finished(self._coverage(draft, moment), self._language)

    def main(self, moment: Moment, turn: int = 0) -> str:
        """The beat's own words as one sentence; speech alone becomes its speaker."""
        text = self._names_lowered(_CONNECTORS[self._language].sub("", self._once(moment.words), count=1).strip(" ,，;；:：—–-"))
        text = ageless(text, self._language)
        text = self._told(text) if moment.lines else text
        if moment.lines and self._only_says(text):
            return finished(self._speaking(moment, turn), self._language)
        if moment.bare:
            return finished(self._coverage(Draft(0, Role.ESTABLISH), moment), self._language)
        if not re.search(r"\w", text):
            lead = plain(moment.beat.lead)
            text = lead if re.search(r"\w", lead) else self._coverage(Draft(0, Role.ESTABLISH), moment)
        named = self._named(self._upright(text, moment), moment)
        return finished(_shortened(in_present(named, self._language), self._language), self._language)

    def _upright(self, text: str, moment: Moment) -> str:
        """What a camera's direction governed, in the form it has alone: «(наезд к) письму» is «письмо»."""
        if self._language is not Language.RUSSIAN or moment.asked.move is None:
            return text
        where, word = moment.setting.where, re.split(r"[\s,]", text, maxsplit=1)[0]
        if where and " " not in where and len(word) > 2 and folded(word)[:3] == folded(where)[:3]:
            return f"{where}{text[len(word) :]}"
        first = next((one for one in moment.things if one.start == 0), None)
        return f"{first.name}{text[first.end :]}" if first else text

    def _once(self, text: str) -> str:
        """The text without "again": a picture has no before."""
        begins = [hit.end for hit in verbs(text, self._language) if hit.value == "begin"]
        for hit in reversed(row_words("people", "repeats", self._language).find(text)):
            if any(0 <= hit.start - end <= 1 for end in begins):
                continue
            text = (
                f"{text[: hit.start].rstrip() if self._language is not Language.CHINESE else text[: hit.start]}{text[hit.end :]}"
            )
        return text.strip()

    def varied(self, text: str, turn: int) -> str:
        """The same picture from elsewhere."""
        views = listed("phrases", "views", self._language.value)
        view, round_ = views[turn % len(views)], turn // len(views)
        mark = "，" if self._language is Language.CHINESE else ", "
        again = "" if not round_ else f" ({round_ + 1})"
        return finished(f"{plain(text)}{mark}{view}{again}", self._language)

    def _only_says(self, text: str) -> bool:
        if not re.search(r"\w", text):
            return True
        words = text if self._language is Language.CHINESE else text.split()
        return (
            len(words) <= (8 if self._language is Language.CHINESE else 4)
            and not re.search(r"[,，]", text.strip(",，"))
            and _is_saying(text, self._language)
        )

    def _told(self, text: str) -> str:
        """The text less sentences that only say that someone speaks."""
        sentences = re.findall(r"[^.!?。！？]+[.!?。！？]*\s*", text)
        kept = [one for one in sentences if not self._only_says(one.strip(" .。"))]
        return "".join(kept).strip() or text

    def _names_lowered(self, text: str) -> str:
        """A script's ANNA is Anna, and its MAN IN A HAT a man in a hat."""
        if self._language is Language.CHINESE:
            return text
        for called in (words for one in self._cast.characters for words in (one.look.words, one.name) if len(words) > 1):
            text = re.sub(rf"\b{re.escape(called.upper())}\b", called, text)
        return text

    def _speaking(self, moment: Moment, turn: int) -> str:
        speaker = moment.lines[0].speaker
        who = next((one.seen for one in moment.actors if one.seen.member == speaker), None) or next(
            (one for one in self._cast.recent if one.member == speaker), None
        )
        if who is None:
            return self._coverage(Draft(0, Role.ESTABLISH, turn=turn), moment)  # a voice is not seen
        others = [
            one.seen for one in (*moment.actors, *([moment.witness] if moment.witness else [])) if one.seen.member != speaker
        ]
        if moment.beat.speech[0].manner:
            return self._said_so(moment, who, others, turn)
        if moment.lines[0].words.rstrip('”"»’').endswith(("!", "！")) and turn < 2:
            return self._filled("shouts", who, turn=turn)
        if others and turn % 2 == 0:
            return self._filled("speaks_to", who, turn=turn // 2).replace("{whom}", self._name(others[0]))
        return self._filled("speaks", who, turn=turn)

    def _said_so(self, moment: Moment, who: Seen, others: list[Seen], turn: int) -> str:
        """That someone speaks, in the manner that the script says: "speaks softly", "speaks, shaking off the rain"."""
        manner = moment.beat.speech[0].manner
        to = others[:1] if self._language is Language.ENGLISH and turn % 2 == 0 else []
        told = self._filled("speaks_to" if to else "speaks_so", who, turn=turn // 2 if to else 0)
        told = told.replace("{whom}", self._name(to[0])) if to else told
        return f"{told}{_mark_before(manner, self._language)}{manner[:1].lower()}{manner[1:]}{_ZH_SPEAKS[self._language]}"

    def _named(self, text: str, moment: Moment) -> str:
        """A pronoun that opens the sentence becomes the name it stands for."""
        if moment.subjectless and moment.actors:
            space = "" if self._language is Language.CHINESE else " "
            return f"{self._name(moment.actors[0].seen)}{space}{text[0].lower()}{text[1:]}"
        match = _LEADING_PRONOUN[self._language].match(text)
        who = next((one.seen for one in moment.actors if one.seen.pronoun), None)
        both = [one.seen for one in moment.actors if one.seen.pronoun]
        if len(both) == 2 and (many := _LEADING_MANY[self._language].match(text)):
            and_ = str(table("phrases")["title_and"][self._language.value]).replace("与", "和")
            return f"{and_.join(map(self._name, both))}{text[many.end() :]}"
        if not match or who is None:
            return text
        return f"{self._name(who)}{text[match.end() :]}"

    def _coverage(self, draft: Draft, moment: Moment) -> str:
        setting, lang = moment.setting, self._language.value
        where = table("places").get(setting.place.id if setting.place else "nowhere", table("places")["nowhere"])[lang]
        if draft.role is Role.ESTABLISH:
            views = where["views"]
            return self._at_hour(str(views[self._lines.turned(len(views), draft, moment)]), moment)
        if sky := self._sky(draft, moment):
            return self._at_hour(sky.replace("{at}", str(where["at"])), moment)
        if draft.role is Role.LIGHT and setting.indoors:
            lights = listed("phrases", "lights_inside", lang, setting.time.value)
            return lights[draft.turn % len(lights)]
        if draft.role is Role.AGAIN:
            return self.varied(self.main(moment), draft.turn)
        seen = draft.thing or (draft.actor.seen if draft.actor else moment.lead.seen if moment.lead else None)
        line = agreed(self._lines.line(draft, moment), many=seen is not None and seen.count > 1)
        name = self._name(seen) if seen else ""
        return line.replace("{who}", name).replace("{thing}", name).replace("{at}", str(where["at"]))

    def _sky(self, draft: Draft, moment: Moment) -> str:
        """What the sky does, where the draft is about that and there is a line for it."""
        weather = moment.setting.weather
        if draft.role is not Role.SKY and (draft.role is not Role.OPENING or weather is Weather.CLEAR):
            return ""
        skies = listed("phrases", "skies", self._language.value, weather.value)
        return skies[draft.turn % len(skies)] if skies else ""

    def _filled(self, row: str, seen: Seen, *, turn: int = 0) -> str:
        forms = listed("phrases", row, self._language.value)
        if self._language is Language.CHINESE:
            chosen = forms[turn % len(forms)]
        else:  # one, many, one, many ...
            chosen = forms[turn * 2 % len(forms) + (seen.count > 1)]
        return chosen.replace("{who}", self._name(seen))

    def _name(self, seen: Seen) -> str:
        if self._language is Language.ENGLISH and not seen.named:
            return f"the {seen.name}"
        return seen.name

    def _at_hour(self, clause: str, moment: Moment) -> str:
        return str(table("phrases")["hours"][self._language.value][moment.setting.time.value]) + clause


def _mark_before(manner: str, language: Language) -> str:
    """What parts a verb from its manner: a comma, but for "softly", "in a low voice" and «шёпотом»."""
    if language is Language.CHINESE:
        return ""
    return " " if _ADVERB[language].match(folded(manner)) else ", "


def plain(text: str) -> str:
    """A sentence without its end mark."""
    return text.rstrip(" .。!！?？…,，;；:：—–-")


def finished(text: str, language: Language) -> str:
    """A sentence: its first letter large, its end marked."""
    text = text.strip()
    if not text:
        return text
    if text[-1] not in ".!?…。！？":
        text = plain(text) + ("。" if language is Language.CHINESE else ".")
    return text[0].upper() + text[1:]


def _shortened(text: str, language: Language) -> str:
    longest = LONGEST[language]
    if len(text) <= longest:
        return text
    head = text[:longest]
    marks = [match.start() for match in re.finditer(r"[,;.!?，。；！？…]", head)]
    cut = next((at for at in reversed(marks) if at > longest // 3), None)
    return head[:cut] if cut else head[: head.rfind(" ")] if head.rfind(" ") > longest // 3 else head


def _is_saying(text: str, language: Language) -> bool:
    return any(hit.value == "talk" for hit in verbs(text, language))
