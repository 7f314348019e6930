"""Where and when a beat happens, what the air does, and how it feels: told by its words, else held from the beat before."""

import re
from dataclasses import dataclass, field, replace

from storyreel.domain.storyboard import Direction, Light, LightSource, Mood, TimeOfDay, Weather
from storyreel.domain.values import Language
from storyreel.lexicon import Kind, Place, PlaceMention, place
from storyreel.writing.known import mentions, places
from storyreel.writing.split.pieces import Beat
from storyreel.writing.verbs import action, verbs
from storyreel.writing.visual.headings import is_slug, outdoors, plain_heading, says_inside, says_outside
from storyreel.writing.visual.names import LIVING, closest
from storyreel.writing.words import Hit, field_words, folded, row_words

_ZH_KIN = re.compile(r"(?:女儿|儿子|妹妹|弟弟|姐姐|哥哥|妻子|丈夫|朋友|同学|女孩|男孩|学生|名叫|叫)$")
_ZH_OF_PEOPLE = re.compile(r"[推坐站走跑说笑哭拿抱把问看吃喝]")
_BANKED = frozenset({"river", "lake"})
_BANKS = frozenset({"shore", "bank", "берег", "岸边"})  # of the sea, where no other water was told
_SLOTS = {
    Language.ENGLISH: re.compile(
        r"\b(?:on|by|at|under|behind|beside|near|in front of|next to|against|outside|inside|along)\s+"
        r"(?:the|a|an|his|her|their)\s+[a-z]+(?:\s+(?:of\s+the\s+)?[a-z]+)?(?=[,.;:!?]|$|\s+(?:and|with|as|while|at|in|who)\b)",
        re.IGNORECASE,
    ),
    Language.RUSSIAN: re.compile(
        r"\b(?:на|у|под|за|возле|около|перед|рядом с|вдоль)\s+(?:[а-яё]+(?:ом|ем|ой|ей|ых|их|ого|его)\s+)?[а-яё]+(?=[,.;:!?]|$)",
        re.IGNORECASE,
    ),
    Language.CHINESE: re.compile(r"在([^，。；、在]{1,8}?(?:上|下|里|旁|边|前|后|中))"),
}
_POINTS = {
    Language.ENGLISH: r"\b(?:from|of|beyond|towards?|facing|about)(?:\s+(?:the|a|an|his|her|their))?$",
    Language.RUSSIAN: r"(?:^|\s)(?:из|со|от|о|об|про|с)$",
    Language.CHINESE: r"(?:从|离开|关于|远离)$",
}
_BESIDE = {  # a room that somebody is beside of, not in
    Language.ENGLISH: r"\b(?:by|near|beside|behind|outside|next to|in front of|across from)(?:\s+(?:the|a|an|his|her|their))?$",
    Language.RUSSIAN: r"(?:^|\s)(?:у|возле|около|перед|за|напротив|мимо|рядом с)(?:\s+[а-яё]+(?:ого|его|ой|ей|ым|им|ых|их))?$",
}
_BEFORE = re.compile(
    r"(?:\b(?:before|outside|near|beside|in front of|below|beneath)|(?<!\w)(?:перед|у|возле|около|напротив|под))(?:\s+\w+){0,2}$",
    re.IGNORECASE,
)
_AT_A_WINDOW = re.compile(r"window|окн|窗", re.IGNORECASE)
TALLEST_INDOORS_M = 4.0
_ITS_END = r"(?=\W*$|[,.;:!?，。；！？]|\s+(?:and|with|as|while|at|in|who|и|с|а|где)\b)"
_OUTSIDE = r"(?:外|门口|门前|旁|前面|对面)"
_FELT = {"fight": Mood.TENSION, "chase": Mood.TENSION, "reveal": Mood.WONDER}  # what a deed feels like where no word says it
_BY_NIGHT = {"moon", "shooting_star", "northern_lights", "fireworks", "firefly"}  # subjects that are seen then
_MANY_STARS = re.compile(r"stars|зв[её]зд(?:ы|ам|ах|ами)?|.*星", re.IGNORECASE)  # one may be of the stage
_LEVEL = {Weather.STORM: Weather.WIND}  # what is left of it when time has passed


@dataclass(frozen=True, slots=True)
class Setting:
    """The state of the world in one beat."""

    place: Place | None = None
    where: str = ""  # the place in the words of the text
    indoors: bool = False
    time: TimeOfDay = TimeOfDay.DAY
    weather: Weather = Weather.CLEAR
    mood: Mood = Mood.CALM
    light: Light = field(default_factory=Light)
    slot: str = ""
    scene: int = 0
    told_weather: bool = False  # this beat's words changed it
    time_passes: bool = False  # since the beat before


def settings_of(beats: tuple[Beat, ...], language: Language) -> tuple[Setting, ...]:
    """The setting of every beat, in order."""
    told_times = [_headed_time(beat.heading) or _time(_words_of(beat), language) for beat in beats]
    first_place = next(
        (found for beat in beats for found in [_place(_words_of(beat), language, hint=True)] if found[0]), (None, "")
    )
    held = Setting(place=first_place[0], where=first_place[1], time=_opening(told_times, 0))
    settled: list[Setting] = []
    first_told = next((at for at, time in enumerate(told_times) if time), len(beats))
    for index, beat in enumerate(beats):
        held = _next(
            held,
            beat,
            language,
            is_first=index == 0,
            time=told_times[index] or (_opening(told_times, index) if index < first_told else None),
        )
        settled.append(held)
    return tuple(settled)


@dataclass(frozen=True, slots=True)
class Told:
    """What words say of place, hour, weather and mood by themselves; nothing where they do not."""

    place: Place | None
    where: str
    time: TimeOfDay | None
    weather: Weather | None
    mood: Mood | None
    slot: str

    @property
    def lights(self) -> bool:
        """Whether any of it may change the light."""
        return bool(self.place or self.time or self.weather)


def told_in(words: str, language: Language) -> Told:
    """What words say of the state of the world; nothing is held from before."""
    found, where = _place(words, language, hint=False)
    time, weather = _time(words, language), _weather(words, language)
    return Told(found, where, time, weather, _told_mood(words, language), _slot(words, language))


def light_of(place: Place | None, time: TimeOfDay, weather: Weather, words: str, language: Language) -> Light:
    """What lights such a place at such an hour."""
    indoors = place is not None and place.indoors
    return _light(Setting(place=place, indoors=indoors, time=time, weather=weather), words, language)


def _words_of(beat: Beat) -> str:
    return ". ".join(part for part in (beat.heading and plain_heading(beat.heading), beat.lead, beat.text) if part)


def _opening(told: list[TimeOfDay | None], index: int) -> TimeOfDay:
    """Before the first hour told: that hour, but a dawn to come is reached through night, and dusk where there is time."""
    first = next((at for at, time in enumerate(told) if time), None)
    if first is None:
        return TimeOfDay.DAY
    time = told[first] or TimeOfDay.DAY
    if first == 0 or index >= first:
        return time
    if time is TimeOfDay.DAWN:
        return TimeOfDay.DUSK if index == 0 and first > 1 else TimeOfDay.NIGHT
    return TimeOfDay.DAY if time is not TimeOfDay.NIGHT else TimeOfDay.DUSK


def _next(held: Setting, beat: Beat, language: Language, *, is_first: bool, time: TimeOfDay | None) -> Setting:
    words = _words_of(beat)
    fresh_scene = beat.heading is not None
    here = _moved(held, beat, words, language)
    later = time is not None and time is not held.time
    weather = _weather(words, language)
    new_scene = not is_first and (fresh_scene or later or _is_elsewhere(here, held))
    now = replace(
        here,
        time=time or held.time,
        weather=weather or _carried(held, later, is_first, fresh_scene or _is_elsewhere(here, held)),
        scene=held.scene + new_scene,
        told_weather=weather is not None and (is_first or weather is not held.weather),
        time_passes=later and not is_first,
    )
    return replace(
        now,
        mood=_told_mood(words, language, done=beat.text) or _resting_mood(now, held, is_first),
        slot=_slot(beat.text, language),
        light=_light(now, words, language),
    )


def _told_mood(words: str, language: Language, *, done: str | None = None) -> Mood | None:
    """The mood that words tell, else that of a deed in them, or in `done` alone."""
    deeds = {action(hit.value).intent for hit in verbs(words if done is None else done, language)}
    return _mood(words, language) or next((_FELT[intent] for intent in _FELT if intent in deeds), None)


def _moved(held: Setting, beat: Beat, words: str, language: Language) -> Setting:
    """What was held, at the place that the beat or its heading names."""
    if beat.heading is not None:
        found, where = _in_a_headed(beat.heading, words, language, held)
        now = found or (None if where else held.place)
        indoors = now.indoors if now else says_inside(beat.heading)
    else:
        found, where = _in_an_unheaded(beat, words, language, held)
        now = found or held.place
        indoors = now is not None and now.indoors
    moved = found is not None and (held.place is None or found.id != held.place.id)
    return replace(held, place=now, where=where if moved else where or held.where, indoors=indoors)


def _in_a_headed(heading: str, words: str, language: Language, held: Setting) -> tuple[Place | None, str]:
    found, where = _place(words, language, hint=False)
    if heading and not found:
        found, where = _headed_place(heading, words, language, held)
    if found and found.indoors and says_outside(heading):
        found = outdoors(plain_heading(heading), language)
    return found, where


def _in_an_unheaded(beat: Beat, words: str, language: Language, held: Setting) -> tuple[Place | None, str]:
    """The place that a beat's words name, its own before those that lead to it: the river in the taiga."""
    found, where = _place(words, language, hint=False)
    nearer, named = _place(beat.text, language, hint=False) if beat.lead else (None, "")
    if nearer and nearer != found:
        found, where = nearer, named
    if found and held.place and held.place.id in _BANKED and folded(where) in _BANKS:
        return held.place, held.where  # the river's own bank
    return found, where


def _is_elsewhere(here: Setting, held: Setting) -> bool:
    """Whether a place was told that is not the one before."""
    return here.place is not None and (held.place is None or here.place.id != held.place.id)


def _place(words: str, language: Language, *, hint: bool) -> tuple[Place | None, str]:
    entered = [one for one in places(words, language) if not (one.place.indoors and _is_beside(one, words, language))]
    told = [one for one in entered if hint or not _only_pointed_at(one, words, language)]
    if told:
        return told[0].place, _place_word(told[0], language)
    if hint:
        if implied := field_words("hints", language).first(words):
            return place(implied), ""
        for one in mentions(words, language):
            if one.concept.place_hint == "underwater" and any(
                who.concept.kind is Kind.PERSON for who in mentions(words, language)
            ):
                continue  # a fish that is caught is out of the water
            if one.concept.place_hint and not (place(one.concept.place_hint).indoors and _is_under_the_sky(words, language)):
                return place(one.concept.place_hint), ""
    return None, ""


def _is_under_the_sky(words: str, language: Language) -> bool:
    """Whether something is there that no room holds: a dragon, a castle that somebody is in front of."""
    for one in (one for one in mentions(words, language) if one.concept.height_m > TALLEST_INDOORS_M):
        before = words[: one.start].rstrip()
        fronts = _BEFORE.search(before) if language is not Language.CHINESE else re.match(_OUTSIDE, words[one.end :])
        if one.concept.kind in LIVING or fronts:
            return True
    return False


def _only_pointed_at(told: PlaceMention, words: str, language: Language) -> bool:
    """Whether a place is looked at, spoken of or come from rather than gone to: "from the sea"."""
    before = words[: told.start].rstrip()
    if _AT_A_WINDOW.search(told.text):
        return False  # who looks out of a train's window is in the train
    if re.search(_POINTS[language], before, re.IGNORECASE):
        return True
    last = [hit for hit in verbs(before, language) if not re.search(r"[.,;:，。；!?]", before[hit.end :])]
    return bool(last) and action(last[-1].value).intent in {"look", "feel", "talk"}


def _is_beside(told: PlaceMention, words: str, language: Language) -> bool:
    """Whether something is at a house rather than in its rooms: "a bus stands by the school"."""
    if _AT_A_WINDOW.search(told.text):
        return False  # 车窗外 is seen from inside
    before, after = words[: told.start].rstrip(), words[told.end :]
    if language is Language.CHINESE:
        return re.match(_OUTSIDE, after) is not None
    return re.search(_BESIDE[language], before, re.IGNORECASE) is not None and re.match(_ITS_END, after) is not None


def _place_word(told: PlaceMention, language: Language) -> str:
    """The place as its own words name it, in the form a name takes: «лес» for «по лесу»."""
    if language is not Language.RUSSIAN:
        return told.text
    listed_words = told.place.words[language]
    if " " in told.text and len(told.text.split()[0]) <= 2:
        return told.place.word(language)  # «на луне»
    return next((word for word in listed_words if folded(word) == folded(told.text)), None) or closest(told.text, listed_words)


def _headed_place(heading: str, words: str, language: Language, held: Setting) -> tuple[Place | None, str]:
    plain = plain_heading(heading)
    if not plain:
        return held.place, held.where
    hinted, _ = _place(words, language, hint=True)
    name = re.split(r"\s+[-—–]\s+|\.\s", plain)[0]
    if is_slug(heading) and says_inside(heading):
        told = [one for one in mentions(name, language) if language is not Language.ENGLISH or one.end == len(name)]
        within = next((one.concept.inside for one in told if one.concept.inside), None)  # a car dealership is no car
        return place(within) if within else hinted if hinted and hinted.indoors else place("room"), name
    if is_slug(heading) or hinted:
        return hinted, name
    return held.place, held.where


def _time(words: str, language: Language) -> TimeOfDay | None:
    if told := field_words("time", language).first(words):
        return TimeOfDay(told)
    where = places(words, language)  # who is on the moon does not see it
    seen = (one for one in mentions(words, language) if not any(spot.start <= one.start < spot.end for spot in where))
    return TimeOfDay.NIGHT if any(one.concept.id in _BY_NIGHT or _MANY_STARS.fullmatch(one.text) for one in seen) else None


def _headed_time(heading: str | None) -> TimeOfDay | None:
    """The hour that a Chinese slug ends with: 内景 茶馆 夜."""
    match = re.search(r"[\s·,，、/／.。—-]([夜日晨昏])$", heading.strip()) if heading else None
    hours = {"夜": TimeOfDay.NIGHT, "日": TimeOfDay.DAY, "晨": TimeOfDay.DAWN, "昏": TimeOfDay.DUSK}
    return hours[match.group(1)] if match else None


def _weather(words: str, language: Language) -> Weather | None:
    hits = [hit for hit in field_words("weather", language).find(words) if not _is_called_so(hit, words, language)]
    clear = [hit for hit in hits if hit.value == "clear"]
    return Weather((clear or hits)[-1 if clear else 0].value) if hits else None


def _is_called_so(hit: Hit, words: str, language: Language) -> bool:
    """Whether a word for weather is somebody's name: 女儿小雨, 小雨推着轮椅."""
    if language is not Language.CHINESE or not words.startswith("小", hit.start):
        return False
    return bool(_ZH_KIN.search(words[: hit.start]) or _ZH_OF_PEOPLE.match(words, hit.end))


def _carried(held: Setting, later: bool, is_first: bool, elsewhere: bool) -> Weather:
    """The weather holds; a storm blows itself out when time passes, and another place at another hour has its own."""
    if is_first or not later:
        return held.weather
    if elsewhere and held.weather is not Weather.SNOW:
        return Weather.CLEAR
    return _LEVEL.get(held.weather, held.weather)


def _mood(words: str, language: Language) -> Mood | None:
    hits = field_words("mood", language).find(words)
    if not hits:
        return None
    counted = {hit.value: 0 for hit in hits}
    for hit in hits:
        counted[hit.value] += 1
    return Mood(max(counted, key=lambda one: counted[one]))


def _resting_mood(now: Setting, held: Setting, is_first: bool) -> Mood:
    if now.weather in {Weather.STORM, Weather.SAND} and now.told_weather:
        return Mood.TENSION
    if is_first:
        return Mood.CALM
    if now.time_passes and now.time is TimeOfDay.DAWN:
        return Mood.WONDER
    return Mood.CALM if now.scene != held.scene else held.mood


def _slot(text: str, language: Language) -> str:
    match = _SLOTS[language].search(text)
    if not match:
        return ""
    told = match.group(match.lastindex or 0).strip()
    looked = [hit for hit in verbs(text[: match.start()], language) if text[hit.end : match.start()].strip() == ""]
    if looked and action(looked[-1].value).intent in {"look", "talk", "feel"}:
        return ""
    is_hour = bool(field_words("time", language).find(told) or field_words("weather", language).find(told))
    is_place = bool(places(told, language)) and len(told.split()) <= 3
    on = [one.concept.kind for one in mentions(told, language)]
    is_someone = (
        Kind.SKY in on
        or bool(row_words("people", "pronouns", language).find(told))
        or any(one.concept.kind in LIVING for one in mentions(told, language))
    )
    return "" if is_hour or is_place or is_someone or verbs(told, language) else told


def _light(now: Setting, words: str, language: Language) -> Light:
    named = {one.concept.id for one in mentions(words, language)}
    if named & {"campfire", "fire", "bonfire", "fireplace", "torch", "candle"}:
        return Light(source=LightSource.FIRE, direction=Direction.FRONT)
    if named & {"lamp", "lantern", "street_lamp", "streetlamp", "table_lamp", "street_light"} and now.time is not TimeOfDay.DAY:
        return Light(source=LightSource.LAMP, direction=Direction.ABOVE)
    if now.indoors:
        dark = now.time is TimeOfDay.NIGHT
        return Light(
            source=LightSource.LAMP if dark else LightSource.WINDOW, direction=Direction.RIGHT if dark else Direction.LEFT
        )
    if now.weather in {Weather.STORM, Weather.RAIN, Weather.FOG, Weather.SNOW}:
        return Light(
            source=LightSource.MOON if now.time is TimeOfDay.NIGHT and now.weather is not Weather.STORM else LightSource.SKY,
            direction=Direction.ABOVE,
        )
    return {
        TimeOfDay.DAWN: Light(source=LightSource.SUN, direction=Direction.RIGHT),
        TimeOfDay.DAY: Light(source=LightSource.SUN, direction=Direction.ABOVE),
        TimeOfDay.DUSK: Light(source=LightSource.SUN, direction=Direction.LEFT),
        TimeOfDay.NIGHT: Light(source=LightSource.MOON, direction=Direction.ABOVE),
    }[now.time]
