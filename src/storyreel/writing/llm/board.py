"""A storyboard from the first pass: the model's words in the shots, everything else as the rules would have it."""

from itertools import groupby

from storyreel.domain.film import LONGEST_FILM_S, MOST_SHOTS, Brief
from storyreel.domain.storyboard import Location, Scene, Shot, Span, Storyboard, Subject, TimeOfDay
from storyreel.domain.values import Language
from storyreel.writing.assemble import UNTOLD, assembled
from storyreel.writing.known import mentions, places
from storyreel.writing.llm.answers import ShotTold
from storyreel.writing.llm.fewer import no_more_than
from storyreel.writing.llm.people import Company, company_of
from storyreel.writing.llm.story import LONGEST_NAME, Story, Told, is_told
from storyreel.writing.split.pieces import Beat, Reading
from storyreel.writing.visual.drafts import Role, drafts_of
from storyreel.writing.visual.moments import moments_of
from storyreel.writing.words import field_words, table
from storyreel.writing.write import must_hold, shots_asked

SHORTEST_USUAL_S = 2.5  # of a shot, where a film's length is asked for and no number of shots


def board_of(story: Story, brief: Brief) -> Storyboard:
    """The story's shots with every field, as many as the brief asks for. Raises InvalidRequest where they cannot be."""
    made = sum(len(beat.shots) for beat in story.beats)
    count = shots_asked(brief) or min(made, most_shots(brief))
    must_hold(brief, count)
    beats = no_more_than(story.beats, count)
    shots = [(number, beat, shot) for number, beat in enumerate(beats, start=1) for shot in beat.shots]
    read = Reading(story.source, story.language, story.title, tuple(_beat(beat, shot, story) for _, beat, shot in shots))
    moments, cast = moments_of(read.beats, story.language)
    drafts = drafts_of(moments, count)
    drawn = assembled(read, moments, cast, drafts, brief)
    company = company_of(story.people, drawn.bible.characters, story.language)
    told = [
        _shot(shot, *shots[draft.beat], company, main=draft.role is Role.MAIN)
        for shot, draft in zip(drawn.shots, drafts, strict=True)
    ]
    where = _located(drawn, [_place(beat, story) for _, beat, _ in shots], [draft.beat for draft in drafts], story.language)
    return _cast_kept(in_scenes(_with_shots(drawn, where[0], company), tuple(told), where[1]), company)


def most_shots(brief: Brief) -> int:
    """As many shots as the film's length has room for."""
    if brief.film_seconds:
        return max(1, min(MOST_SHOTS, int(brief.film_seconds / SHORTEST_USUAL_S)))
    return min(MOST_SHOTS, int(LONGEST_FILM_S / brief.shot_seconds)) if brief.shot_seconds else MOST_SHOTS


def _beat(beat: Told, shot: ShotTold, story: Story) -> Beat:
    """A shot's sentence as a beat that the rules can read, after the place and hour that its words tell."""
    words = story.source[beat.span.start : beat.span.end]
    hits = [field_words(field, story.language).find(words)[:1] for field in ("time", "weather")] if shot.main else []
    place = beat.place if len(beat.place) <= LONGEST_NAME[story.language] else ""
    lead = ". ".join(part for part in (place, *(words[hit.start : hit.end] for found in hits for hit in found)) if part)
    return Beat(beat.span.start, beat.span.end, shot.description, lead=lead)


def _shot(drawn: Shot, number: int, beat: Told, told: ShotTold, company: Company, *, main: bool) -> Shot:
    """A shot of the rules with the model's words in it; `main` is false for one that the rules added."""
    update: dict[str, object] = {"beat": f"b{number:02d}"}
    if main:
        update |= {
            "words": Span(start=beat.span.start, end=beat.span.end) if told.main else None,
            "description": told.description,
            "sound": told.sound or drawn.sound,
            "subjects": company.subjects(told, _less_the_place(drawn.subjects, beat.place, told.description, company.language)),
            "dialogue": company.lines(beat) if told.main else (),
        }
    else:
        update["subjects"] = tuple(
            one.model_copy(update={"member": company.same.get(one.member, one.member)}) if one.member else one
            for one in drawn.subjects
        )
    return drawn.model_copy(update=update)


def _less_the_place(subjects: tuple[Subject, ...], place: str, description: str, language: Language) -> tuple[Subject, ...]:
    """The subjects less a thing that only the place's name told of: "the house" is where, not what, the shot shows."""
    only = {one.concept.id for one in mentions(place, language)} - {one.concept.id for one in mentions(description, language)}
    return tuple(one for one in subjects if one.member or one.concept not in only)


def _with_shots(drawn: Storyboard, locations: tuple[Location, ...], company: Company) -> Storyboard:
    bible = drawn.bible.model_copy(update={"characters": company.characters, "locations": locations})
    return drawn.model_copy(update={"bible": bible})


def _place(beat: Told, story: Story) -> str:
    """What the model calls the place, if the text does too."""
    known = is_told(beat.place, story.source, story.language) or places(beat.place, story.language)
    return beat.place if known and len(beat.place) <= LONGEST_NAME[story.language] else ""


def _located(
    drawn: Storyboard, names: list[str], beats: list[int], language: Language
) -> tuple[tuple[Location, ...], dict[str, str]]:
    """The locations, and which one each shot is at: where the model says, or else where the rules found it."""
    found: dict[str, Location] = {}
    where: dict[str, str] = {}
    for shot, beat in zip(drawn.shots, beats, strict=True):
        name = names[beat]
        about = _place_named(name, language) if name else None
        read = drawn.location_of(shot.id) or drawn.bible.locations[0]
        key = about or name.casefold() or read.id
        if key not in found:
            id = about or (f"where-{len(found) + 1}" if name else read.id)
            found[key] = Location(id=id, name=name, place=about) if name and id != read.id else read
        where[shot.id] = found[key].id
    return tuple(found.values()), where


def _place_named(name: str, language: Language) -> str | None:
    """The lexicon's id of a place, or of the place where a thing of that name is."""
    if told := places(name, language):
        return told[0].place.id
    implied = field_words("hints", language).first(name)
    return implied or next((one.concept.place_hint for one in mentions(name, language) if one.concept.place_hint), None)


def _cast_kept(board: Storyboard, company: Company) -> Storyboard:
    """The storyboard less the people whom no shot shows and nobody hears."""
    seen = {one.member for shot in board.shots for one in shot.subjects}
    seen |= {line.speaker for shot in board.shots for line in shot.dialogue}
    characters = tuple(one for one in company.characters if one.id in seen)
    return board.model_copy(update={"bible": board.bible.model_copy(update={"characters": characters})})


def in_scenes(board: Storyboard, shots: tuple[Shot, ...], where: dict[str, str] | None = None) -> Storyboard:
    """The storyboard with these shots in place of its own, each where `where` says; a new place or hour is a new scene."""
    where = where or {shot.id: board.scene_of(shot.id).location for shot in board.shots}
    groups = groupby(shots, key=lambda shot: (where[shot.id], shot.time_of_day))
    scenes = tuple(
        _scene(number, location, time, tuple(group), board) for number, ((location, time), group) in enumerate(groups, start=1)
    )
    return board.model_copy(update={"scenes": scenes})


def _scene(number: int, location: str, time: TimeOfDay, shots: tuple[Shot, ...], board: Storyboard) -> Scene:
    spans = [shot.words for shot in shots if shot.words]
    weather = shots[0].weather.value
    return Scene(
        id=f"scene-{number}",
        heading=_heading(board.bible.location(location), time, board.language),
        location=location,
        time_of_day=time,
        state="" if weather == "clear" else weather,
        words=Span(start=spans[0].start, end=spans[-1].end) if spans else None,
        shots=shots,
    )


def _heading(location: Location | None, time: TimeOfDay, language: Language) -> str:
    hour = str(table("phrases")["hour_names"][language.value][time.value])
    mark = "，" if language is Language.CHINESE else ", "
    words = f"{location.name}{mark}{hour}" if location and location.id != UNTOLD else hour
    return words[0].upper() + words[1:]
