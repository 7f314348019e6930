"""Where each subject stands and which way it looks, so that the line is never crossed and a journey keeps its direction."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from storyreel.domain.storyboard import Angle, Facing, Pose, Position, ShotSize, Subject
from storyreel.domain.values import Language
from storyreel.lexicon import Kind, Stands, concept
from storyreel.writing.visual.drafts import Draft, Role
from storyreel.writing.visual.framing import Framing
from storyreel.writing.visual.holding import HANDS, hands
from storyreel.writing.visual.moments import Actor, Moment, goes_on
from storyreel.writing.visual.seen import Seen
from storyreel.writing.words import row_words

_TRAVELLING = frozenset({Pose.WALK, Pose.RUN, Pose.RIDE, Pose.FLY, Pose.SWIM, Pose.CARRY, Pose.CLIMB})
_AT_REST = frozenset({Pose.SIT, Pose.LIE})
_IN_CLOSE_VIEW_M = 0.45
_FACE_TO_FACE = frozenset({"fight", "embrace", "talk"})  # intents
_OTHER = {Facing.LEFT: Facing.RIGHT, Facing.RIGHT: Facing.LEFT}


@dataclass(slots=True)
class Stage:
    """Keeps every character's side of the frame within a scene, and the direction of the journey through the film."""

    language: Language
    journey: Facing = Facing.RIGHT
    scene: int = -1
    looks: dict[str, Facing] = field(default_factory=dict[str, Facing])

    def direct(self, moment: Moment) -> None:
        """Take in where a beat's words turn the journey."""
        if moment.setting.scene != self.scene:
            self.scene, self.looks = moment.setting.scene, {}
            turned = Facing.LEFT if moment.returns else self._told(moment.words)
            self.journey = turned or Facing.RIGHT if not moment.returns else Facing.LEFT
            return
        told = self._told(moment.words)
        if (told and told is not self.journey) or (moment.returns and self.journey is Facing.RIGHT):
            self.journey = told or Facing.LEFT
            self.looks = {}

    def facing(self, actor: Actor) -> Facing:
        """Which way someone looks in this scene: the first along the journey, the second towards the first."""
        seen = actor.seen
        key = seen.member or seen.name
        if key not in self.looks:
            if not actor.acts and seen.concept is not None and seen.concept.kind is Kind.ANIMAL:
                return self.journey  # an animal at someone's side goes their way
            self.looks[key] = self.journey if len(self.looks) % 2 == 0 else _OTHER[self.journey]
        return self.looks[key]

    def _told(self, words: str) -> Facing | None:
        if row_words("people", "left", self.language).find(words):
            return Facing.LEFT
        return Facing.RIGHT if row_words("people", "right", self.language).find(words) else None


def subjects_of(draft: Draft, moment: Moment, stage: Stage) -> tuple[Subject, ...]:
    """Who and what a shot shows, each in its place."""
    if draft.role in {Role.ESTABLISH, Role.SKY, Role.LIGHT, Role.OPENING}:
        return () if draft.role in {Role.LIGHT, Role.OPENING} else _scenery(moment)
    if draft.role in {Role.DETAIL, Role.FAR} and draft.thing:
        return (_thing(draft.thing, Position.CENTRE, moment),)
    if draft.actor and draft.role in {Role.FACE, Role.BEHIND, Role.FAR}:
        away = draft.role in {Role.BEHIND, Role.FAR}
        facing = Facing.AWAY if away else stage.facing(draft.actor)
        seen = _copies(draft.actor, Position.CENTRE, facing, holds=None, still=draft.role is Role.FACE)
        return (*seen, *_below(draft.actor, moment, near=draft.role is Role.FACE))
    if draft.role is Role.HANDS and draft.actor:
        return _hands(draft.actor, draft.thing, moment, stage)
    if draft.role is Role.FEET and moment.lead:
        return (_person(moment.lead, Position.CENTRE, stage.facing(moment.lead)),)
    return _led(_all(moment, stage), moment.lead)


def _below(actor: Actor, moment: Moment, *, near: bool) -> Iterable[Subject]:
    """What somebody sits or lies on by the beat's words; unless they are near, what they ride, drive, row or climb, too."""
    named = [*moment.things, *(one.seen for one in moment.actors if one is not actor)]
    known = [(one, one.concept) for one in named if one.concept]
    if actor.pose in _AT_REST:
        fitting = (one for one, about in known if about.rests or (about.boat and not near))
    elif actor.pose is Pose.RIDE and not near:
        fitting = (one for one, about in known if about.mount or about.kind is Kind.VEHICLE)
    elif actor.pose is Pose.CLIMB and not near:
        fitting = (one for one, about in known if about.climbed)
    else:
        return []
    there = next(fitting, None)
    return [_thing(there, Position.RIGHT, moment)] if there else []


def _led(subjects: Iterable[Subject], lead: Actor | None) -> tuple[Subject, ...]:
    """The same, with the one first whom the picture is about."""
    member = lead.seen.member if lead else None
    return tuple(sorted(subjects, key=lambda one: member is not None and one.member != member))


def focused(subjects: tuple[Subject, ...], frame: Framing) -> tuple[Subject, ...]:
    """In a close view the first subject alone is near; who else matters stands behind it, and a third is left out."""
    if frame.size not in {ShotSize.CLOSE_UP, ShotSize.DETAIL} or frame.angle is Angle.OVER_THE_SHOULDER or len(subjects) < 2:
        return subjects
    first, *rest = subjects
    if hand := next((one for one in rest if one.concept == HANDS), None):  # "her hand on the glass" is about the hand
        return (hand.model_copy(update={"member": first.member, "holds": first.holds, "position": Position.CENTRE}),)
    same = [one for one in rest if first.member and (one.member == first.member or (one.action and one.action == first.action))]
    same += [one for one in rest if first.pose in _AT_REST and one.concept and concept(one.concept).rests]
    others = [one for one in rest if one not in same][: max(0, 2 - len(same))]
    alone = first if same else first.model_copy(update={"position": Position.CENTRE})
    return (alone, *same, *(one.model_copy(update={"position": Position.BACKGROUND}) for one in others))


def _hands(actor: Actor, thing: Seen | None, moment: Moment, stage: Stage) -> tuple[Subject, ...]:
    """Somebody's hands, with what is in them; where no hands can be drawn, the thing, or the person whole."""
    about = hands()
    if about is None:
        return (_thing(thing, Position.CENTRE, moment),) if thing else (_person(actor, Position.CENTRE, stage.facing(actor)),)
    holds = thing.concept.id if thing and thing.concept else _small(actor.tool)
    whole = _person(actor, Position.CENTRE, stage.facing(actor), holds=holds)
    return (whole.model_copy(update={"name": about.word(stage.language), "concept": about.id}),)


def _small(tool: str | None) -> str | None:
    """A tool that can be seen whole in a close view of the hands."""
    return tool if tool and concept(tool).height_m <= _IN_CLOSE_VIEW_M else None


def _all(moment: Moment, stage: Stage) -> tuple[Subject, ...]:
    people: list[Subject] = []
    several = len(moment.actors) > 1
    held = moment.held.concept.id if moment.held and moment.held.concept else None
    taken: list[Position] = []
    together = (
        several and all(one.pose in _TRAVELLING for one in moment.actors) and len({one.action for one in moment.actors}) == 1
    )
    for actor in moment.actors:
        facing = stage.journey if together else stage.facing(actor)
        place = _side(facing, taken) if several else Position.CENTRE
        taken.append(place)
        holds = held if actor.acts and actor is moment.lead else None
        people += _copies(actor, place, facing, holds=holds or actor.tool, face_off=moment.intent.id in _FACE_TO_FACE)
    spots = (
        (Position.RIGHT, Position.LEFT, Position.BACKGROUND, Position.FOREGROUND)
        if people
        else (Position.CENTRE, Position.RIGHT, Position.LEFT, Position.BACKGROUND)
    )
    things = [one for one in moment.things if not (one.concept and one.concept.id == held)]
    if not people and not things:
        return _scenery(moment)
    return (*people, *(_thing(one, _spot(one, spot), moment) for one, spot in zip(things, spots, strict=False)))


def _side(facing: Facing, taken: list[Position]) -> Position:
    """Who looks right stands left, so that two who face each other do."""
    wanted = (Position.LEFT, Position.RIGHT) if facing is Facing.RIGHT else (Position.RIGHT, Position.LEFT)
    return next((one for one in (*wanted, Position.CENTRE) if one not in taken), Position.BACKGROUND)


def _copies(
    actor: Actor, place: Position, facing: Facing, *, holds: str | None, still: bool = False, face_off: bool = False
) -> list[Subject]:
    """One subject for each who is meant: "two men" are two, and face each other where they stand, fight or talk."""
    first = _person(actor, place, facing, holds=holds, still=still)
    beside = [Position.LEFT, Position.RIGHT, Position.BACKGROUND, Position.FOREGROUND]
    if actor.seen.count == 1:
        return [first]
    to_each_other = actor.seen.count == 2 and (actor.pose is Pose.STAND or face_off) and facing is not Facing.AWAY
    faces = (Facing.RIGHT, Facing.LEFT) if to_each_other else (facing, facing)
    return [
        first.model_copy(update={"position": spot, "holds": actor.tool, "facing": faces[index % 2]})
        for index, spot in enumerate(beside[: min(actor.seen.count, len(beside))])
    ]


def _person(actor: Actor, place: Position, facing: Facing, *, still: bool = False, holds: str | None = None) -> Subject:
    seen = actor.seen
    fallen = actor.pose is Pose.FALL and facing is Facing.AWAY  # what covers a fall shows who fell
    lying = actor.pose in {Pose.LIE, Pose.SIT, Pose.SWIM, Pose.FLY, Pose.RIDE, Pose.KNEEL}
    return Subject(
        name=seen.name,
        concept=seen.concept.id if seen.concept else "person",
        member=seen.member,
        pose=_pose_in(actor, fallen=fallen, still=still and not lying, holds=holds is not None),
        action=actor.action,
        position=place,
        facing=facing,
        holds=holds,
    )


def _pose_in(actor: Actor, *, fallen: bool, still: bool, holds: bool) -> Pose:
    if fallen:
        return Pose.SIT
    if still:
        return Pose.STAND
    return Pose.REACH if holds and actor.pose is Pose.KNEEL else actor.pose


def _thing(seen: Seen, place: Position, moment: Moment) -> Subject:
    about = seen.concept
    flies = about is not None and about.stands is Stands.AIR and about.kind is Kind.VEHICLE and goes_on(moment)
    pose = Pose.FLY if flies else Pose.STAND
    return Subject(name=seen.name, concept=about.id if about else None, member=seen.member, pose=pose, position=place)


def _spot(seen: Seen, spot: Position) -> Position:
    large = seen.concept is not None and (seen.concept.height_m > 4 or seen.concept.stands in {Stands.SKY, Stands.AIR})
    return Position.BACKGROUND if large and spot is not Position.CENTRE else spot


def _scenery(moment: Moment) -> tuple[Subject, ...]:
    """What is too large to leave a place: the lighthouse, the mountain, the moon."""
    return tuple(_thing(one, Position.BACKGROUND, moment) for one in moment.landmarks)
