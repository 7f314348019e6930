"""How people ask for a film before they say what it shows: "Make a video about ...". That is no part of what is seen."""

import re

from storyreel.domain.values import Language
from storyreel.lexicon import Kind, language_of
from storyreel.writing.known import mentions
from storyreel.writing.nominative import nominative
from storyreel.writing.verbs import verbs
from storyreel.writing.words import row_words

_FILM = r"(?:video(?:\s?clip)?|film|movie|clip|animation|cartoon|short|reel)\b"
_ENGLISH = re.compile(
    r"^\s*(?:please,?\s+|(?:can|could|would|will)\s+you\s+(?:please\s+)?|let'?s\s+)?"
    r"(?:(?:make|create|generate|shoot|produce|show|draw)|i(?:'d|\s+would)\s+like|i\s+(?:want|need))\s+(?:me\s+|us\s+)?"
    rf"(?:an?\s+|the\s+)?(?:[\w-]+\s+){{0,4}}?{_FILM}"
    r"(?:,?\s+please\b)?,?\s*"
    r"(?:(?:about|of|on|showing|(?:that|which)\s+shows)\s+(?:how\s+)?|(?:where|in which)\s+|[:—–]\s*|[.!?]*\s*$)",
    re.IGNORECASE,
)
_POLITE = re.compile(r"\s*(?:can|could|would|will)\s+you\b", re.IGNORECASE)
_ENGLISH_NOUN = re.compile(rf"^\s*(?:an?\s+)?(?:[\w-]+\s+){{0,3}}?{_FILM}\s+(?:about|showing)\s+", re.IGNORECASE)
_ENGLISH_AD = re.compile(  # what it is for stays: "a coffee machine: press one button"
    r"^\s*(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?(?:(?:ad|advert|advertisement|commercial|promo|teaser)\s+for\s+"
    r"|trailer\s+for\s+(?=[^.!?]*:))",  # one may be lived in
    re.IGNORECASE,
)
_RUSSIAN_AD = re.compile(r"^\s*(?:[\w-]+\s+)?(?:реклама|рекламный\s+ролик|трейлер|тизер)\s+[^:.!?]{2,40}:\s*", re.IGNORECASE)
_CHINESE_AD = re.compile(r"^\s*[^，。：:]{1,10}?的?(?:广告片?|宣传片|预告片)[：:]\s*")
_GENRE = re.compile(  # what kind of film it is
    r"\s*(?:genre\s*[:：]\s*|жанр\s*[:：]\s*)?(?:"
    r"(?:an?\s+)?(?:[\w'’-]+\s+){0,3}?(?:thriller|horror|comedy|drama|documentary|western|noir|sci-?fi|science fiction|fantasy"
    r"|romance|fairy[\s-]?tale|cartoon|anime|musical|mystery|biopic|satire|fable|parable|music video|story|tale|ad|advert"
    r"|commercial|trailer|teaser|promo)(?:\s+(?:film|movie|short|story|clip|video|scene|trailer))?(?:\s*[:：.]\s*|\s+[—–]\s+)"
    r"|(?:[а-яё-]+\s+){0,2}?(?:триллер|хоррор|ужасы|ужастик|комедия|драма|мелодрама|боевик|вестерн|нуар|фантастика|фэнтези|сказка"
    r"|документалка|мюзикл|притча|басня|легенда|реклама|трейлер|тизер|клип|история|фильм|мультфильм|мультик|ролик)(?:\s*[:：.]\s*|\s+[—–]\s+)"
    r"|(?:惊悚|恐怖|喜剧|爱情|科幻|动作|纪录|武侠|动画|悬疑|西部|战争|灾难|广告|预告|宣传|公益)片?[：:]\s*"
    r"|[\u3400-\u9fff]{0,4}(?:童话|寓言|神话|短片|微电影|故事|广告|预告片|纪录片)[：:]\s*)",
    re.IGNORECASE,
)
_FILM_RU = r"(?:видео(?:ролик|клип)?|(?:мульт)?фильм|мультик|ролик|клип|анимаци[юя])\b"
_ABOUT_RU = r"(?:(?P<subject>про|об?|обо)\s+(?P<how>то(?:м)?,?\s+как\s+)?"
_RUSSIAN = re.compile(
    r"^\s*(?:пожалуйста,?\s+)?(?:я\s+)?(?:давай(?:те)?\s+)?"
    r"(?:(?:сдела|созда|сним|сгенериру|покаж|нарису|придума|смонтиру)(?:й|и|ем|им)(?:те)?"
    r"|(?:(?:хочу|хотел[аи]?\s+бы|нужно|можешь|можете)\s+)?(?:сделать|создать|снять)|хочу|нужен|нужно|нужна)\s+"
    rf"(?:пожалуйста,?\s+)?(?:мне\s+|нам\s+)?(?:[\w-]+\s+){{0,3}}?{_FILM_RU},?\s*{_ABOUT_RU}"
    r"|(?:где|в\s+котор(?:ом|ой))\s+|[:—–]\s*|[.!?]*\s*$)",
    re.IGNORECASE,
)
_RUSSIAN_NOUN = re.compile(rf"^\s*(?:[\w-]+\s+){{0,2}}?{_FILM_RU}\s+{_ABOUT_RU})", re.IGNORECASE)
_FILM_ZH = r"(?:小|短)?(?:视频|短片|电影|影片|动画|片子)"
_ASK_ZH = r"^\s*请?你?(?:帮我|给我|为我)?(?:我?想要|制作|生成|拍摄?|创建|做|画|来)一?[个部段条支]?"
_CHINESE = re.compile(
    rf"{_ASK_ZH}(?:{_FILM_ZH}[。！]?\s*$"
    rf"|(?:(?!关于|讲述)[^，,：:。]){{0,6}}?{_FILM_ZH}[，,：:]\s*(?:关于|讲述|展示|内容是|讲的是)?[：:]?\s*)"
)
_CHINESE_BEFORE = re.compile(
    rf"(?:(?:{_ASK_ZH}|^\s*一[个部段条支]|^\s*)(?:关于|讲述|展示|描写)(?P<about>.+?)的?|{_ASK_ZH}(?P<of>.+?)的){_FILM_ZH}[。！]?\s*$"
)


def unasked(text: str, *, opens: bool = True) -> str:
    """The text without the request that it begins with; what that is about becomes a subject: «старом маяке» «старый маяк».

    What kind of film it is, "Thriller: ...", is told where a text `opens`, and nowhere else.
    """
    if asked := _kind_of_film(text, opens=opens):
        return text[asked.end() :]
    if asked := _ENGLISH.match(text) or _of_noun(_ENGLISH_NOUN, text, Language.ENGLISH):
        rest = text[asked.end() :]
        return rest.rstrip("? ") if _POLITE.match(text) else rest
    if asked := _RUSSIAN.match(text) or _of_noun(_RUSSIAN_NOUN, text, Language.RUSSIAN):
        rest = text[asked.end() :]
        return nominative(rest) if asked["subject"] and not asked["how"] else rest
    if asked := _CHINESE.match(text):
        return text[asked.end() :]
    asked = _CHINESE_BEFORE.match(text)
    return (asked["about"] or asked["of"]) if asked else text


def _kind_of_film(text: str, *, opens: bool) -> re.Match[str] | None:
    """An advert's beginning, or the kind of film that a text begins with."""
    if asked := _ENGLISH_AD.match(text):
        return _genre(text, asked.end()) or asked  # "a trailer for a horror film: a girl opens a door"
    return (_genre(text, 0) if opens else None) or _RUSSIAN_AD.match(text) or _CHINESE_AD.match(text)


def _genre(text: str, at: int) -> re.Match[str] | None:
    """The kind of film that a text names there, unless somebody does something before its word: "he tells a story: ..."."""
    match = _GENRE.match(text, at)
    if match is None:
        return None
    lead = " ".join(match.group().split()[:-2])  # before "horror film:"
    language = language_of(lead)
    named = any(one.concept.kind is Kind.PERSON for one in mentions(lead, language))
    told = verbs(lead, language) or row_words("people", "pronouns", language).find(lead)
    return None if named or told else match


def _of_noun(pattern: re.Pattern[str], text: str, language: Language) -> re.Match[str] | None:
    """A film that is only named, "A film about ...", is asked for where nobody does anything; otherwise it may be told of."""
    asked = pattern.match(text)
    return asked if asked and not verbs(text[asked.end() :], language) else None
