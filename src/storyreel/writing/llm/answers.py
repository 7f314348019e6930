"""What the model is asked to answer. Every field is required, as strict schemas want it; bounds are kept by our own code.

`Seen` has no field that holds text: the second pass cannot rewrite the words.
"""

from typing import Literal

from pydantic import BaseModel, FiniteFloat

from storyreel.domain.storyboard import (
    Angle,
    Direction,
    Facing,
    LightSource,
    Mood,
    Move,
    Pace,
    Pose,
    Position,
    ShotSize,
    TimeOfDay,
    Weather,
)


class PersonTold(BaseModel):
    """Someone who is seen in the film."""

    name: str
    look: str


class LineTold(BaseModel):
    """Words spoken in a beat."""

    speaker: str
    words: str


class ShotTold(BaseModel):
    """A shot, in words."""

    main: bool
    description: str
    people: list[str]
    things: list[str]
    sound: str


class BeatTold(BaseModel):
    """A beat: its words of the story, and its shots."""

    words: str
    place: str
    lines: list[LineTold]
    shots: list[ShotTold]


class StoryTold(BaseModel):
    """The first pass: a story cut into beats and shots."""

    title: str
    people: list[PersonTold]
    beats: list[BeatTold]


class SubjectSeen(BaseModel):
    """How one subject of a shot is placed."""

    number: int
    pose: Pose
    position: Position
    facing: Facing


class ShotSeen(BaseModel):
    """How one shot is seen: choices and numbers, no text."""

    number: int
    size: ShotSize
    angle: Angle
    move: Move
    pace: Pace
    seconds: FiniteFloat
    time_of_day: TimeOfDay
    weather: Weather
    light_source: LightSource
    light_direction: Direction
    mood: Mood
    join: Literal["cut", "keyframe", "dissolve"]
    subjects: list[SubjectSeen]


class FilmSeen(BaseModel):
    """The second pass: every shot, in order."""

    shots: list[ShotSeen]


class Improved(BaseModel):
    """The continuity pass: one shot's description."""

    description: str


class Rephrased(BaseModel):
    """A refused prompt in milder words."""

    prompt: str
