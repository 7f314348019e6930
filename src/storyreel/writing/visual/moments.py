"""A beat as it will be seen: who acts and how, what else is there, where, when, and what is said."""

import re
import unicodedata
from dataclasses import dataclass, replace

from storyreel.domain.storyboard import Line, Pose
from storyreel.domain.values import Language
from storyreel.lexicon import Concept, Kind
from storyreel.writing.known import mentions, places
from storyreel.writing.split.pieces import Beat, Speech
from storyreel.writing.verbs import Action, Intent, action, intent, verbs
from storyreel.writing.visual.apposition import introduced
from storyreel.writing.visual.cast import Cast
from storyreel.writing.visual.directions import Directions, directions
from storyreel.writing.visual.doing import doers_first, who_does
from storyreel.writing.visual.holding import held_in, is_handed_on
from storyreel.writing.visual.poses import pose_of
from storyreel.writing.visual.recalled import in_full
from storyreel.writing.visual.seats import seats_of
from storyreel.writing.visual.seen import Seen, parts_of
from storyreel.writing.visual.setting import Setting, settings_of
from storyreel.writing.visual.tools import tool_for
from storyreel.writing.visual.unknown import guessed
from storyreel.writing.words import Hit, field_words, folded, listed, row_words

_LASTING = frozenset({Kind.BUILDING, Kind.TERRAIN})
_MOST_LANDMARKS = 2
_LASTING_POSES = frozenset({Pose.SIT, Pose.LIE, Pose.RIDE})
_CARRIED = frozenset({Pose.SIT, Pose.RIDE})
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "their", "my", "our", "your", "its"})
_RU_OF_ITSELF = re.compile(r"\w+(?:ся|сь)\s+(?:\w+(?:[ыио]й|[ая]я|[ое]е)\s+){0,2}", re.IGNORECASE)
_GOING = frozenset({"travel", "chase", "arrive", "leave", "return", "fly"})  # intents
_SITTING = frozenset({"talk", "look", "feel", "be"})  # intents of what is done sitting as well
_MOST_ACTORS = 4
_MOST_THINGS = 4


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone in a beat, and what their body does."""

    seen: Seen
    pose: Pose
    acts: bool  # a verb of the beat is theirs
    action: str = ""  # the verb as written
    at: int = -1  # where the verb stands
    tool: str | None = None  # the id of what it is done with, though no words say it


@dataclass(frozen=True, slots=True)
class Moment:
    """One beat, ready to be shot."""

    beat: Beat
    setting: Setting
    words: str  # what is seen, without directions
    asked: Directions
    actors: tuple[Actor, ...]
    things: tuple[Seen, ...]
    intent: Intent
    lines: tuple[Line, ...]
    returns: bool = False  # the journey goes back
    landmarks: tuple[Seen, ...] = ()  # what is too large to leave the place since it was named
    witness: Actor | None = None  # who was in the place before, and is not in this beat
    bare: bool = False  # the words are a place and nothing more
    held: Seen | None = None  # what is in the hands of the one who acts
    subjectless: bool = False  # the words begin with their verb; whose it is, was said before

    @property
    def lead(self) -> Actor | None:
        """The one whom the picture is about: who speaks, else who does what the beat is shot for, else who is named first."""
        speaker = self.lines[0].speaker if self.lines else None
        acting = sorted((one for one in self.actors if one.acts), key=lambda one: one.at < 0)
        return next(
            (one for one in self.actors if speaker and one.seen.member == speaker), next(iter((*acting, *self.actors)), None)
        )

    @property
    def others(self) -> tuple[Actor, ...]:
        """Everybody in the beat but the lead."""
        return tuple(one for one in self.actors if one is not self.lead)


def goes_on(moment: Moment) -> bool:
    """Whether what goes by itself, or is ridden, moves in a beat."""
    return moment.intent.id in _GOING and (moment.lead is None or moment.lead.pose in {Pose.RIDE, Pose.FLY})


def moments_of(beats: tuple[Beat, ...], language: Language) -> tuple[tuple[Moment, ...], Cast]:
    """Every beat as a moment, and the cast that was met."""
    spoken = [one.speaker for beat in beats for one in beat.speech if one.speaker and not _is_offscreen(one.speaker, language)]
    brought_in = (name for beat in beats for name in introduced(beat.text, language))
    cast = Cast(language, names=tuple(dict.fromkeys((*spoken, *brought_in))), speakers=_speakers(beats, spoken, language))
    settings = settings_of(beats, language)
    moments: list[Moment] = []
    standing: dict[str, tuple[Seen, ...]] = {}
    for beat, setting in zip(beats, settings, strict=True):
        moment = _moment(beat, setting, cast, language, agent=_agent(moments))
        where = setting.place.id if setting.place else setting.where
        known = {one.concept.id: one for one in (*standing.get(where, ()), *_landmarks(moment, language)) if one.concept}
        standing[where] = tuple(known.values())[:_MOST_LANDMARKS]
        if leading := moment.lead:
            cast.lead(leading.seen)
        moment = _still_there(_still_held(moment, moments), moments, cast)
        witness = _witness(moments, moment, cast)
        heard = (witness,) if moment.lines and len(moment.actors) == 1 and witness and _is_person(witness) else ()
        moments.append(replace(moment, landmarks=standing[where], witness=witness, actors=(*moment.actors, *heard)))
    return tuple(moments), cast


def _speakers(beats: tuple[Beat, ...], cues: list[str], language: Language) -> int:
    """How many speak who have a name, before what they say or beside it: “...”, says Kate."""
    beside = {one.text for beat in beats if beat.speech for one in mentions(beat.text, language) if one.is_name}
    return len({*cues, *beside})


def _still_held(moment: Moment, before: list[Moment]) -> Moment:
    """What the same person took up in the beat before is still there when it is given: «достаёт хлеб и протягивает ему»."""
    last = before[-1] if before else None
    if moment.things or last is None or last.held is None or last.setting.scene != moment.setting.scene:
        return moment
    who = next((one.seen.member for one in moment.actors if one.acts), None)
    same = who is not None and who == next((one.seen.member for one in last.actors if one.acts), None)
    if not same or not is_handed_on(moment.intent.id):
        return moment
    return replace(moment, held=last.held, things=(last.held,))


def _still_there(moment: Moment, before: list[Moment], cast: Cast) -> Moment:
    """Who sat in this scene, or was among those who did, still sits while they talk, look or only are there; so do riders.

    Who is chased rides on: «Девочка верхом на лошади, за ней гонится волк».
    """
    here = [one for one in reversed(before) if one.setting.scene == moment.setting.scene]

    def before_that(one: Actor) -> tuple[Moment, Actor] | None:
        known = {one.seen.member, cast.wholes.get(one.seen.member or "")} - {None}
        last = next(((then, other) for then in here for other in then.actors if other.seen.member in known), None)
        return last if last and _is_person(one) and last[1].pose in _stays_in(one, moment, cast.language) else None

    lasts = [before_that(one) for one in moment.actors]
    actors = tuple(replace(one, pose=last[1].pose) if last else one for one, last in zip(moment.actors, lasts, strict=True))
    below = [thing for last in lasts if last for thing in (*last[0].things, *_mounts(last[0])) if _carries(thing, last[1].pose)]
    if not below or any(_carries(one, Pose.SIT) or _carries(one, Pose.RIDE) for one in (*moment.things, *_mounts(moment))):
        return replace(moment, actors=actors)
    return replace(moment, actors=actors, things=(*moment.things, replace(below[0], recalled=True)))


def _stays_in(one: Actor, moment: Moment, language: Language) -> frozenset[Pose]:
    """The poses in which somebody goes on while they do what they do."""
    is_chased = one.pose is Pose.RUN and any(other.at == one.at for other in moment.actors if other is not one)
    if is_chased or (one.pose is Pose.STAND and not one.acts):
        return _CARRIED
    is_still = one.pose is Pose.SIT or (one.pose is Pose.STAND and _is_done_sitting(one, language))
    return _CARRIED - {Pose.RIDE} if is_still else frozenset()


def _mounts(moment: Moment) -> list[Seen]:
    return [one.seen for one in moment.actors if one.seen.concept and one.seen.concept.mount]


def _carries(thing: Seen, pose: Pose) -> bool:
    """Whether somebody can be on a thing in a pose."""
    about = thing.concept
    return about is not None and bool(about.seats if pose is Pose.SIT else about.mount)


def _is_done_sitting(actor: Actor, language: Language) -> bool:
    does = verbs(actor.action, language) if actor.action else ()
    return all(action(one.value).intent in _SITTING for one in does)


def _is_person(actor: Actor) -> bool:
    return actor.seen.concept is None or actor.seen.concept.kind is Kind.PERSON


def _agent(before: list[Moment]) -> Seen | None:
    """Who did something last, or was there alone: a verb without a subject is theirs."""
    acting = (one.seen for moment in reversed(before) for one in moment.actors if one.acts or len(moment.actors) == 1)
    return next(acting, None)


def _landmarks(moment: Moment, language: Language) -> list[Seen]:
    """Buildings and land that a beat names, or that are part of a name: the lighthouse of its keeper."""
    named = [one for one in moment.things if one.concept and one.concept.kind in _LASTING]
    parts = [part for actor in moment.actors if actor.seen.concept for part in parts_of(actor.seen, language) if part.concept]
    return [*named, *(one for one in parts if one.concept and one.concept.kind in _LASTING)]


def _witness(before: list[Moment], moment: Moment, cast: Cast) -> Actor | None:
    if moment.beat.heading:
        return None
    last = next((one for one in reversed(before[-3:]) if one.actors), None)
    if last is None or last.setting.place != moment.setting.place:
        return None
    here = {one.seen.member for one in moment.actors}
    here |= {cast.wholes.get(member or "") for member in here}
    others = [one for one in last.actors if one.seen.member not in here and (not here or _is_person(one))]
    return next((Actor(one.seen, one.pose if one.pose in _LASTING_POSES else Pose.STAND, acts=False) for one in others), None)


def _moment(beat: Beat, setting: Setting, cast: Cast, language: Language, agent: Seen | None) -> Moment:
    asked = directions(beat.text, language, listed_shot=beat.listed)
    words = _without_signs(asked.text)
    speakers = [cast.introduce(one.speaker) for one in beat.speech if one.speaker and not _is_offscreen(one.speaker, language)]
    before = f"{beat.lead}. " if beat.lead else ""
    told, shift = before + words, len(before)
    doer = agent if _without_subject(words, verbs(words, language), [], language) else None
    seen = tuple(one for one in cast.see(told, doer) if not _is_absent(one, told, language))
    here = [replace(one, start=one.start - shift, end=one.end - shift) for one in seen]
    hits = _verbs(words, here, language)
    goes_on = agent if _without_subject(words, hits, here, language) else None
    living = doers_first(_living(seen, goes_on, speakers, cast), hits, words, shift)
    done = who_does(living, seen, hits, words, shift, language)
    concepts, below = tuple(one.concept for one in seen if one.concept), seats_of(living, seen, words, shift, language)

    def actor(one: Seen) -> Actor:
        key = one.member or one.name
        speaks = bool(beat.speech) and one in speakers
        return _actor(one, done.get(key), speaks, words, concepts, below.get(key, ()), language)

    actors = tuple(actor(one) for one in living[:_MOST_ACTORS])
    lines = tuple(_line(one, actors, cast, language) for one in beat.speech)
    purpose = _intent(hits, actors, setting, beat)
    named = tuple(one for one in seen if not one.lives and not (actors and _is_worn(one, language)))
    held = held_in(words, named, shift, purpose.id, language) if actors else None
    return Moment(
        beat=beat,
        setting=setting,
        words=in_full(words, seen, shift, language),
        asked=asked,
        actors=actors,
        things=named[:_MOST_THINGS] or _unknown(words, actors, setting, language),
        intent=purpose,
        held=None if _is_kicked(held, actors) else held,
        lines=lines,
        subjectless=goes_on is not None,
        bare=not actors and _is_bare(words, language),
        returns=bool(row_words("people", "back", language).find(words)),
    )


def _living(seen: tuple[Seen, ...], goes_on: Seen | None, speakers: list[Seen], cast: Cast) -> list[Seen]:
    """Everybody in a beat: who is named, who goes on, who speaks; of those told of together only who has a name here."""
    living = [one for one in seen if one.lives]
    if goes_on and goes_on.member not in {one.member for one in living}:
        living.insert(0, replace(goes_on, start=0, end=0))
    living += [one for one in speakers if one.member not in {known.member for known in living}]
    named = {cast.wholes.get(one.member or "") for one in living} - {None}
    return [one for one in living if one.member not in named]


def _verbs(words: str, named: list[Seen], language: Language) -> tuple[Hit, ...]:
    """The verbs of the words, but for those that are part of a name."""
    names = [one for one in named if not one.pronoun]
    hits = verbs(words, language)
    return tuple(hit for hit in hits if not any(one.start <= hit.start and hit.end <= one.end for one in names))


def _without_signs(text: str) -> str:
    """The text less its emoji."""
    kept = "".join(char for char in text if unicodedata.category(char) not in {"So", "Sk", "Cf", "Co", "Cn"} and char != "\ufe0f")
    return re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"\s+", " ", kept)).strip()


def _unknown(words: str, actors: tuple[Actor, ...], setting: Setting, language: Language) -> tuple[Seen, ...]:
    """What a beat is about when no word of it is known."""
    if actors or setting.told_weather or places(words, language) or field_words("time", language).find(words):
        return ()
    name = guessed(words, language)
    return (Seen(name, None, None, 0, 0),) if name else ()


def _is_worn(one: Seen, language: Language) -> bool:
    """Whether a thing is a piece of clothing, and so no thing of its own beside a person."""
    return bool(field_words("garments", language).find(one.name))


def _is_bare(words: str, language: Language) -> bool:
    told = places(words, language)
    return len(told) == 1 and told[0].end - told[0].start == len(words.strip(" .。!！?？…"))


def _is_absent(one: Seen, told: str, language: Language) -> bool:
    """Whether a thing is only waited for, sought or remembered."""
    before = row_words("people", "absent", language).find(told[: one.start])
    return bool(before) and not any(mark in told[before[-1].end : one.start] for mark in ",.;:，。；：!?")


def _without_subject(words: str, hits: tuple[Hit, ...], named: list[Seen], language: Language) -> bool:
    """Whether a clause begins with its verb, so that its subject is the one who acted last (Идёт домой)."""
    starts = min((one.start for one in named), default=len(words))
    if not hits or hits[0].start >= starts or action(hits[0].value).intent in {"nature", "be"}:
        return False
    lead = words[: hits[0].start].strip(" ,，")
    if any(hit.start == 0 and hit.end == len(lead) for hit in row_words("borders", "next", language).find(lead)):
        lead = ""  # 然后睡着了
    if any(hits[0].end <= one.start <= hits[0].end + 1 and _is_subject(one, hits[0], words) for one in named):
        return False
    if field_words("weather", language).find(lead) or (language is Language.RUSSIAN and _is_of_weather(hits[0], words)):
        return False
    small = listed("people", "small", language.value)
    return (
        len(lead) <= 1 if language is Language.CHINESE else not lead or (folded(lead) in small and folded(lead) not in _ARTICLES)
    )


def _is_of_weather(hit: Hit, words: str) -> bool:
    """Whether weather does what a verb says that takes no object: «поднимается сильный шторм»."""
    after = _RU_OF_ITSELF.match(words, hit.start)
    return bool(after) and any(one.start == after.end() for one in field_words("weather", Language.RUSSIAN).find(words))


def _is_subject(one: Seen, hit: Hit, words: str) -> bool:
    """Whether a word right after a verb is who does it: «говорит Мария», but not «видит Марию» or «вытаскивает сеть»."""
    if not one.lives and action(hit.value).intent in {"hands", "give", "fight", "play"}:
        return False
    return folded(words[one.start : one.end]) == folded(one.name) and not folded(one.name).endswith(
        ("у", "ю", "ом", "ем", "ой", "ей")
    )


def _actor(
    seen: Seen,
    hit: Hit | None,
    speaks: bool,
    words: str,
    things: tuple[Concept, ...],
    below: tuple[Concept, ...],
    language: Language,
) -> Actor:
    pose = pose_of(seen, hit, words, things, below)
    if hit is None:
        return Actor(seen, pose, acts=speaks)
    tool = tool_for(seen, hit, words, frozenset(one.id for one in things), language)
    return Actor(seen, pose, acts=True, action=words[hit.start : hit.end], at=hit.start, tool=tool)


def _is_kicked(held: Seen | None, actors: tuple[Actor, ...]) -> bool:
    """Whether a ball is played with, and not held."""
    is_ball = held is not None and held.concept is not None and held.concept.id == "ball"
    return is_ball and any(one.pose is Pose.RUN for one in actors)


def _intent(hits: tuple[Hit, ...], actors: tuple[Actor, ...], setting: Setting, beat: Beat) -> Intent:
    theirs = [hit for hit in hits if any(one.at == hit.start for one in actors)]
    told: list[Action] = [action(hit.value) for hit in theirs or hits]
    if told:
        fitting = [one for one in told if not (actors and one.intent == "nature")] or told
        best = max((intent(one.intent) for one in fitting), key=lambda one: one.weight)
        is_nature = not actors and (setting.told_weather or best.id in {"talk", "feel", "hands", "give", "rest", "look"})
        return intent("nature") if is_nature and best.id not in {"arrive", "leave", "fly", "swim", "talk", "rest"} else best
    if beat.speech:
        return intent("talk")
    return intent("be") if actors else intent("nature")


def _is_offscreen(speaker: str, language: Language) -> bool:
    """Whether a speaker is a voice that nobody sees: a narrator, a radio."""
    return bool(row_words("warnings", "offscreen", language).find(speaker))


def _line(speech: Speech, actors: tuple[Actor, ...], cast: Cast, language: Language) -> Line:
    if speech.speaker and _is_offscreen(speech.speaker, language):
        return Line(
            speaker=speech.speaker.title() if speech.speaker.isupper() else speech.speaker, words=speech.words, language=language
        )
    speaker = cast.introduce(speech.speaker).member if speech.speaker else None
    if speaker is None:
        doing = [one for one in actors if one.acts] or list(actors)
        last = cast.last()
        speaker = doing[0].seen.member if doing else last.member if last else None
    return Line(speaker=speaker or "voice", words=speech.words, language=language)
