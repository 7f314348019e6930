"""Drafts and moments put together: shots with every field, in scenes, with the bible they share."""

from collections import Counter
from dataclasses import replace
from itertools import groupby
from zlib import crc32

from storyreel.domain.film import Brief
from storyreel.domain.storyboard import (
    Angle,
    Bible,
    Facing,
    JoinKind,
    Location,
    Pace,
    Prop,
    Scene,
    Shot,
    ShotSize,
    Span,
    Storyboard,
    Subject,
)
from storyreel.domain.values import Language
from storyreel.lexicon import Kind
from storyreel.writing.split.pieces import Reading
from storyreel.writing.visual.camera import moves
from storyreel.writing.visual.cast import Cast
from storyreel.writing.visual.drafts import Draft, Role
from storyreel.writing.visual.framing import Framing, framings
from storyreel.writing.visual.headings import plain_heading
from storyreel.writing.visual.moments import Moment
from storyreel.writing.visual.sentences import Sentences
from storyreel.writing.visual.setting import Setting
from storyreel.writing.visual.sound import sound_of
from storyreel.writing.visual.staging import Stage, focused, subjects_of
from storyreel.writing.visual.timing import fitted, natural_seconds, words_need
from storyreel.writing.visual.title import title_of
from storyreel.writing.words import table

UNTOLD = "open-ground"  # the id of a location that no word tells

_WORDINGS = 9  # of a coverage shot that are tried before its view is changed


def assembled(reading: Reading, moments: tuple[Moment, ...], cast: Cast, drafts: tuple[Draft, ...], brief: Brief) -> Storyboard:
    """The storyboard of a reading whose shots have been chosen."""
    shots = _shots(reading, moments, cast, drafts, brief)
    locations, at = _locations(moments, reading)
    return Storyboard(
        title=title_of(reading.title, moments, reading.language),
        language=reading.language,
        source=reading.source,
        aspect=brief.aspect,
        bible=Bible(characters=tuple(cast.characters), locations=locations, props=_props(moments)),
        scenes=_scenes(shots, drafts, moments, at, reading),
    )


def _shots(reading: Reading, moments: tuple[Moment, ...], cast: Cast, drafts: tuple[Draft, ...], brief: Brief) -> list[Shot]:
    writer, stage = Sentences(reading.language, cast, reading.source), Stage(reading.language)
    subjects: list[tuple[Subject, ...]] = []
    facings: list[Facing] = []
    directed = -1
    for draft in drafts:
        if draft.beat != directed:
            stage.direct(moments[draft.beat])
            directed = draft.beat
        subjects.append(subjects_of(draft, moments[draft.beat], stage))
        facings.append(stage.journey)
    frames = framings(drafts, moments, [next((one.member or one.name for one in who), "") for who in subjects])
    subjects = [focused(who, frame) for who, frame in zip(subjects, frames, strict=True)]
    camera = moves(drafts, moments, facings, crc32(reading.source.encode("utf-8", "replace")))
    natural = [
        natural_seconds(draft, moments[draft.beat], move, reading.language)
        for draft, (move, _) in zip(drafts, camera, strict=True)
    ]
    needs = [words_need(moments[draft.beat].lines, reading.language) if draft.role is Role.MAIN else 0.0 for draft in drafts]
    lengths = lengths_for(natural, needs, brief)
    told = [writer.of(draft, moments[draft.beat]) for draft in drafts]
    told = _unique(frames, subjects, told, drafts, moments, writer)
    return [
        _shot(index, draft, moments, subjects[index], frames[index], camera[index], told[index], lengths[index], drafts, reading)
        for index, draft in enumerate(drafts)
    ]


def lengths_for(natural: list[float], needs: list[float], brief: Brief) -> list[float]:
    """The shots' lengths as the brief asks for them; the natural ones where it asks for none."""
    if brief.shot_seconds and not brief.film_seconds:
        total = len(natural) * brief.shot_seconds
        return fitted([1.0] * len(natural), [0.0] * len(natural), total)
    if brief.film_seconds:
        even = [1.0] * len(natural) if brief.shot_seconds else natural
        return fitted(even, needs, brief.film_seconds)
    return natural


def _unique(
    frames: list[Framing],
    subjects: list[tuple[Subject, ...]],
    told: list[str],
    drafts: tuple[Draft, ...],
    moments: tuple[Moment, ...],
    writer: Sentences,
) -> list[str]:
    """No two shots that show the same thing in the same frame, and no coverage that copies another's words."""
    met: set[tuple[ShotSize, Angle, tuple[Subject, ...], str]] = set()
    words_met: Counter[str] = Counter()
    mains = {text for draft, text in zip(drafts, told, strict=True) if draft.role is Role.MAIN}
    covered: set[str] = set()
    texts: list[str] = []
    for draft, frame, who, first in zip(drafts, frames, subjects, told, strict=True):
        main = draft.role is Role.MAIN
        rewords = not main or bool(moments[draft.beat].lines)
        taken = covered if main else mains
        text, turn = first, 0
        while (rewords and words_met[text]) or text in taken or (frame.size, frame.angle, who, text) in met:
            fresh = replace(draft, turn=draft.turn + turn + 1)
            other = writer.of(fresh, moments[draft.beat]) if rewords and turn < _WORDINGS else text
            text = other if other != text else writer.varied(first, turn)
            turn += 1
        met.add((frame.size, frame.angle, who, text))
        words_met[text] += 1
        (mains if main else covered).add(text)
        texts.append(text)
    return texts


def _shot(
    index: int,
    draft: Draft,
    moments: tuple[Moment, ...],
    subjects: tuple[Subject, ...],
    frame: Framing,
    camera: tuple[object, Pace],
    text: str,
    seconds: float,
    drafts: tuple[Draft, ...],
    reading: Reading,
) -> Shot:
    moment = moments[draft.beat]
    setting, main = moment.setting, draft.role is Role.MAIN
    return Shot.model_validate(
        {
            "id": f"s{index + 1:02d}",
            "beat": f"b{draft.beat + 1:02d}",
            "words": Span(start=moment.beat.start, end=moment.beat.end) if main else None,
            "description": text,
            "subjects": subjects,
            "time_of_day": setting.time,
            "weather": setting.weather,
            "light": setting.light,
            "mood": setting.mood,
            "slot": setting.slot if main or draft.role in {Role.FACE, Role.BEHIND} else "",
            "size": frame.size,
            "angle": frame.angle,
            "move": camera[0],
            "pace": camera[1],
            "seconds": seconds,
            "dialogue": moment.lines if main else (),
            "sound": sound_of(draft, moment, reading.language),
            "join": _join(index, drafts, moments),
        }
    )


def _join(index: int, drafts: tuple[Draft, ...], moments: tuple[Moment, ...]) -> JoinKind:
    if index == 0:
        return JoinKind.CUT
    before, now = moments[drafts[index - 1].beat].setting, moments[drafts[index].beat].setting
    return JoinKind.DISSOLVE if now.scene != before.scene and now.time is not before.time else JoinKind.CUT


def _scenes(
    shots: list[Shot], drafts: tuple[Draft, ...], moments: tuple[Moment, ...], at: dict[int, str], reading: Reading
) -> tuple[Scene, ...]:
    found: list[Scene] = []
    paired = list(zip(shots, drafts, strict=True))
    for number, group in groupby(paired, key=lambda pair: moments[pair[1].beat].setting.scene):
        mine = list(group)
        first = moments[mine[0][1].beat]
        spans = [shot.words for shot, _ in mine if shot.words]
        found.append(
            Scene(
                id=f"scene-{len(found) + 1}",
                heading=_heading(first, reading),
                location=at[number],
                time_of_day=first.setting.time,
                state=_state(first.setting),
                words=Span(start=spans[0].start, end=spans[-1].end) if spans else None,
                shots=tuple(shot for shot, _ in mine),
            )
        )
    return tuple(found)


def _heading(moment: Moment, reading: Reading) -> str:
    if moment.beat.heading:
        return moment.beat.heading
    place = _place_name(moment.setting, reading)
    hour = str(table("phrases")["hour_names"][reading.language.value][moment.setting.time.value])
    mark = "，" if reading.language is Language.CHINESE else ", "
    words = f"{place}{mark}{hour}" if place else hour
    return words[0].upper() + words[1:]


def _state(setting: Setting) -> str:
    return "" if setting.weather.value == "clear" else setting.weather.value


def _place_name(setting: Setting, reading: Reading) -> str:
    if setting.where:
        return setting.where
    return setting.place.word(reading.language) if setting.place else ""


def _locations(moments: tuple[Moment, ...], reading: Reading) -> tuple[tuple[Location, ...], dict[int, str]]:
    """The bible's locations, and which one each scene is at."""
    found: dict[str, Location] = {}
    at: dict[int, str] = {}
    for moment in moments:
        setting = moment.setting
        place = setting.place
        name = plain_heading(_place_name(setting, reading))
        name = name.capitalize() if name.isupper() else name
        key = place.id if place else name.casefold() or UNTOLD
        if key not in found:
            id = place.id if place else UNTOLD if key == UNTOLD else f"place-{len(found) + 1}"
            found[key] = Location(
                id=id,
                name=name or str(table("phrases")["open_ground"][reading.language.value]),
                place=place.id if place else None,
            )
        if setting.slot and setting.slot not in found[key].slots:
            found[key] = found[key].model_copy(update={"slots": (*found[key].slots, setting.slot)})
        at.setdefault(setting.scene, found[key].id)
    return tuple(found.values()), at


def _props(moments: tuple[Moment, ...]) -> tuple[Prop, ...]:
    """Things that come more than once: they must look the same each time."""
    seen = [
        one
        for moment in moments
        for one in moment.things
        if one.concept and one.concept.kind in {Kind.OBJECT, Kind.VEHICLE, Kind.FURNITURE}
    ]
    counted = Counter(one.concept.id for one in seen if one.concept)
    first = {one.concept.id: one for one in reversed(seen) if one.concept}
    return tuple(Prop(id=id, name=first[id].name, concept=id) for id, times in counted.items() if times > 1)
