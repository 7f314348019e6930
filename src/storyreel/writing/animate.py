"""One shot for a picture that is to move: what the words say of camera, weather and pace."""

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import LONGEST_TEXT
from storyreel.domain.kept import must_be_kept
from storyreel.domain.storyboard import Bible, Location, Move, Pace, Scene, Shot, Span, Storyboard
from storyreel.domain.values import FPS, Language, frames_in
from storyreel.lexicon import Place, language_of
from storyreel.writing.split.pieces import Beat
from storyreel.writing.visual.directions import directions
from storyreel.writing.visual.drafts import Draft, Role
from storyreel.writing.visual.moments import moments_of
from storyreel.writing.visual.sentences import finished
from storyreel.writing.visual.sound import sound_of

_UNTOLD = {Language.ENGLISH: "The picture comes to life", Language.RUSSIAN: "Картина оживает", Language.CHINESE: "画面动了起来"}


def animate_shot(text: str, seconds: float, *, aspect: str = "16:9", language: Language | None = None) -> Storyboard:
    """A storyboard of one shot that moves a picture as the words say; with no words, a slow push in.

    Raises InvalidRequest where the words are too many or the length is none.
    """
    _must_be_a_shot(text, seconds)
    spoken = language or (language_of(text) if text.strip() else Language.ENGLISH)
    asked = directions(text, spoken, listed_shot=True)
    words = asked.text if any(char.isalnum() for char in asked.text) else ""
    moments, cast = moments_of((Beat(0, len(text), words),), spoken)
    moment = moments[0]
    setting = moment.setting
    shot = Shot(
        id="s01",
        beat="b01",
        words=Span(start=0, end=len(text)) if text else None,
        description=finished(words or _UNTOLD[spoken], spoken),
        time_of_day=setting.time,
        weather=setting.weather,
        light=setting.light,
        mood=setting.mood,
        move=asked.move or Move.PUSH_IN,
        pace=asked.pace or Pace.SLOW,
        seconds=frames_in(seconds) / FPS,
        sound=sound_of(Draft(0, Role.MAIN), moment, spoken),
    )
    location = _location(setting.place, spoken)
    scene = Scene(
        id="scene-1", heading=location.name, location=location.id, time_of_day=setting.time, words=shot.words, shots=(shot,)
    )
    return Storyboard(
        title=(words[:1].upper() + words[1:])[:48] or _UNTOLD[spoken],
        language=spoken,
        source=text,
        aspect=aspect,
        bible=Bible(characters=tuple(cast.characters), locations=(location,)),
        scenes=(scene,),
    )


def _must_be_a_shot(text: str, seconds: float) -> None:
    must_be_kept(text, field="text")
    if len(text) > LONGEST_TEXT:
        raise InvalidRequest(f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} are read.", field="text")
    if not 0 < seconds <= 3600:
        raise InvalidRequest(f"{seconds:g} s is no length for a shot; it must be above 0 and at most 3600.", field="seconds")


def _location(place: Place | None, language: Language) -> Location:
    """The place that the words tell of, else that of the picture, which nobody knows."""
    if place is None:
        return Location(id="picture", name="picture")
    return Location(id=place.id, name=place.word(language), place=place.id)
