"""The plan of a film: a bible, scenes, and the shots in each. See docs/architecture.md, 'Words'."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from storyreel.domain.values import Digest, Language, Seconds, Value

UNSEEN = "voice"  # the speaker of words whose speaker the story does not name
LONGEST_SHOT_ID = 48  # characters: with a film's name and a take's number around it, a column holds it


class ShotSize(StrEnum):
    """How much of the subject the frame holds, from far to near."""

    EXTREME_WIDE = "extreme wide"
    WIDE = "wide"
    MEDIUM_WIDE = "medium wide"
    MEDIUM = "medium"
    CLOSE_UP = "close-up"
    DETAIL = "detail"


class Angle(StrEnum):
    """Where the camera looks from."""

    EYE_LEVEL = "eye level"
    LOW = "low"
    HIGH = "high"
    OVER_THE_SHOULDER = "over the shoulder"


class Move(StrEnum):
    """The one thing the camera does during a shot."""

    STATIC = "static"
    PUSH_IN = "push in"
    PULL_OUT = "pull out"
    PAN_LEFT = "pan left"
    PAN_RIGHT = "pan right"
    TILT_UP = "tilt up"
    TILT_DOWN = "tilt down"
    TRACK_LEFT = "track left"
    TRACK_RIGHT = "track right"
    CRANE_UP = "crane up"
    CRANE_DOWN = "crane down"
    ORBIT = "orbit"
    HANDHELD = "handheld"


class Pace(StrEnum):
    """How fast the camera does it."""

    SLOW = "slow"
    STEADY = "steady"
    FAST = "fast"


class TimeOfDay(StrEnum):
    """The light of the hour; a new one is a new scene."""

    DAWN = "dawn"
    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"


class Weather(StrEnum):
    """What the air does."""

    CLEAR = "clear"
    RAIN = "rain"
    STORM = "storm"
    SNOW = "snow"
    FOG = "fog"
    WIND = "wind"
    SAND = "sand"


class Mood(StrEnum):
    """What the shot should feel like; chooses palette and pace."""

    CALM = "calm"
    JOY = "joy"
    FEAR = "fear"
    SORROW = "sorrow"
    WONDER = "wonder"
    TENSION = "tension"
    WARMTH = "warmth"


class LightSource(StrEnum):
    """What lights the picture."""

    SUN = "sun"
    MOON = "moon"
    LAMP = "lamp"
    FIRE = "fire"
    WINDOW = "window"
    SKY = "sky"


class Direction(StrEnum):
    """Where light comes from, as the camera sees it."""

    LEFT = "left"
    RIGHT = "right"
    BEHIND = "behind"
    FRONT = "front"
    ABOVE = "above"


class Facing(StrEnum):
    """Which way a subject looks; kept from shot to shot until a neutral shot."""

    LEFT = "left"
    RIGHT = "right"
    CAMERA = "camera"
    AWAY = "away"


class Position(StrEnum):
    """Where a subject stands in the frame."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    FOREGROUND = "foreground"
    BACKGROUND = "background"


class Pose(StrEnum):
    """What a body does, as far as it can be seen; one per subject and shot."""

    STAND = "stand"
    WALK = "walk"
    RUN = "run"
    SIT = "sit"
    KNEEL = "kneel"
    LIE = "lie"
    REACH = "reach"
    CARRY = "carry"
    PLAY = "play"
    EMBRACE = "embrace"
    DANCE = "dance"
    JUMP = "jump"
    CLIMB = "climb"
    FALL = "fall"
    SWIM = "swim"
    FLY = "fly"
    RIDE = "ride"


class Age(StrEnum):
    """How old a person looks."""

    CHILD = "child"
    ADULT = "adult"
    OLD = "old"


class Figure(StrEnum):
    """The outline of a person, where the words tell it."""

    MAN = "man"
    WOMAN = "woman"
    PERSON = "person"


class Garment(StrEnum):
    """What a person wears, as far as an outline shows it."""

    COAT = "coat"
    DRESS = "dress"
    HAT = "hat"
    CAP = "cap"
    HOOD = "hood"
    CLOAK = "cloak"
    HELMET = "helmet"
    SUIT = "suit"
    SCARF = "scarf"
    CROWN = "crown"
    SPACESUIT = "spacesuit"


class JoinKind(StrEnum):
    """How a shot meets the one before it."""

    CUT = "cut"
    KEYFRAME = "keyframe"
    TAIL = "tail"
    CHAIN = "chain"
    DISSOLVE = "dissolve"


class Look(Value):
    """How a person looks, in words an outline can follow."""

    age: Age = Age.ADULT
    figure: Figure = Figure.PERSON
    wears: tuple[Garment, ...] = ()
    words: str = ""  # the source's own words for it, for models that read


class Character(Value):
    """Someone, or an animal, who is in the film, with one look throughout."""

    id: str
    name: str
    concept: str | None = None  # key into the lexicon; None: known by name alone
    look: Look = Look()
    voice: str = ""
    references: tuple[Digest, ...] = ()


class Location(Value):
    """Where scenes happen; slots are placements whose phrase is used word for word."""

    id: str
    name: str
    place: str | None = None  # key into the lexicon's places; None: drawn as open ground
    slots: tuple[str, ...] = ()
    references: tuple[Digest, ...] = ()


class Prop(Value):
    """A thing that matters and must stay the same from shot to shot."""

    id: str
    name: str
    concept: str | None = None
    references: tuple[Digest, ...] = ()


class Bible(Value):
    """The film's characters, locations and props."""

    characters: tuple[Character, ...] = ()
    locations: tuple[Location, ...] = ()
    props: tuple[Prop, ...] = ()

    def character(self, id: str) -> Character | None:
        """The character of that id, or None."""
        return next((one for one in self.characters if one.id == id), None)

    def location(self, id: str) -> Location | None:
        """The location of that id, or None."""
        return next((one for one in self.locations if one.id == id), None)


class Subject(Value):
    """Someone or something that the shot shows, and what it does there."""

    name: str  # in the source's words: "the old keeper"
    concept: str | None = None  # key into the lexicon; None: drawn as a labelled shape, never left out
    member: str | None = None  # id of the bible's character or prop
    pose: Pose = Pose.STAND
    action: str = ""  # in the source's words
    position: Position = Position.CENTRE
    facing: Facing = Facing.RIGHT
    holds: str | None = None  # concept of what is in its hand
    look: Look | None = None  # None: the bible's


class Line(Value):
    """Words spoken in a shot."""

    speaker: str  # id of the bible's character, a plain name, or UNSEEN
    words: str
    language: Language = Language.ENGLISH


class Light(Value):
    """What lights the shot, and from where."""

    source: LightSource = LightSource.SKY
    direction: Direction = Direction.LEFT


class Span(Value):
    """Characters of the source text, from `start` up to but not including `end`."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class Shot(Value):
    """One continuous picture that one generation can make."""

    id: Annotated[str, Field(max_length=LONGEST_SHOT_ID)]  # stable through edits and reorders
    beat: str  # the beat shown; coverage names the beat it covers
    words: Span | None = None  # the source words it stands for; None: coverage
    description: str  # one sentence, present tense, only what is seen
    subjects: tuple[Subject, ...] = ()
    time_of_day: TimeOfDay = TimeOfDay.DAY
    weather: Weather = Weather.CLEAR
    light: Light = Light()
    mood: Mood = Mood.CALM
    slot: str = ""  # where in the location
    size: ShotSize = ShotSize.MEDIUM
    angle: Angle = Angle.EYE_LEVEL
    move: Move = Move.STATIC
    pace: Pace = Pace.SLOW
    seconds: Seconds
    dialogue: tuple[Line, ...] = ()
    sound: str = ""  # cue in words: "waves, a distant horn"
    join: JoinKind = JoinKind.CUT
    avoid: tuple[str, ...] = ()  # what must not be seen
    model: str | None = None  # overrides the film's
    prompt: str = ""  # said to a model that reads, as it stands, instead of what the fields make


class Scene(Value):
    """What happens at one place and time."""

    id: str
    heading: str
    location: str  # id of the bible's location
    time_of_day: TimeOfDay = TimeOfDay.DAY
    state: str = ""  # of the world: "snow on the ground"
    purpose: str = ""
    words: Span | None = None
    shots: Annotated[tuple[Shot, ...], Field(min_length=1)]


class Storyboard(Value):
    """The plan of a film, from first shot to last."""

    title: str
    language: Language = Language.ENGLISH
    source: str = ""  # the prompt or script it was written from, unchanged
    aspect: str = "16:9"
    bible: Bible = Bible()
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1)]

    @property
    def shots(self) -> tuple[Shot, ...]:
        """Every shot, in the order of the film."""
        return tuple(shot for scene in self.scenes for shot in scene.shots)

    @property
    def seconds(self) -> float:
        """The film's length, before joins take anything off."""
        return sum(shot.seconds for shot in self.shots)

    def scene_of(self, shot_id: str) -> Scene:
        """The scene that holds a shot. Raises KeyError."""
        for scene in self.scenes:
            if any(shot.id == shot_id for shot in scene.shots):
                return scene
        raise KeyError(shot_id)

    def location_of(self, shot_id: str) -> Location | None:
        """Where a shot happens, or None where the bible does not say."""
        return self.bible.location(self.scene_of(shot_id).location)


class Severity(StrEnum):
    """How much a finding of the lint matters."""

    NOTE = "note"
    WARN = "warn"
    ERROR = "error"


FOUND_ANEW = "subjects-found-anew"
"""The rule of a finding that tells of a file's shot whose words are others now."""


class Finding(Value):
    """Where a storyboard breaks the grammar of film, and what would mend it."""

    rule: str  # "same-size-twice"
    severity: Severity
    shot: int | None  # counted from 1; None: the film as a whole
    message: str
    remedy: str
