"""Who of a shot's subjects is drawn, and how they belong together: a thing in a hand, a rower in a boat, a rider on a horse."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from storyreel.animatic import figures
from storyreel.animatic.casting import BOATS, HANDS, LIVING, Actor, cast, family_of, known
from storyreel.animatic.figures.motion import FALL_S
from storyreel.animatic.mounts import riding, with_mounts
from storyreel.animatic.outline import Drawing, Glow, Shape
from storyreel.animatic.resting import SMALL_M, top_m
from storyreel.animatic.setting import Below, Setting
from storyreel.domain.storyboard import Pose, Position, Shot, ShotSize, Subject
from storyreel.lexicon.concepts import Kind, Stands

TABLE = "table"  # a subject of the lexicon
PET_M = 0.5  # what is smaller is taken up into the arms
HELD_M = 1.2  # what is taller does not lie in a hand
NEAR = {ShotSize.CLOSE_UP, ShotSize.DETAIL}  # what one drives is not seen
ABOARD = {Pose.SIT, Pose.RIDE}
NOT_ABOARD = {Pose.SWIM, Pose.FALL, Pose.FLY, Pose.LIE}
SUNK = 0.17  # of its height that a whale has under water while it shows itself
SEATED_M = 0.24  # how far behind the middle of a boat its rower sits


def company(shot: Shot, setting: Setting, seed: int) -> tuple[Actor, ...]:
    """The actors of a shot at a place."""
    subjects = _in_hands(shot.subjects) if shot.size is ShotSize.DETAIL else _in_hand(shot.subjects, setting)
    subjects = tuple(one for one in subjects if not (len(subjects) > 1 and _is_window(one)))  # none stands in the open
    subjects = _with_a_table(_in_arms(subjects), shot, setting)
    boats = any(family_of(thing) in BOATS for one in subjects if (thing := known(one.concept)))
    seated = with_mounts(
        tuple(_seated(one) if _goes_aboard(one, setting, boats=boats) else one for one in subjects), shot.description
    )
    actors = _aboard(cast(shot.model_copy(update={"subjects": seated}), seed), shot, setting, seed)
    actors = riding(actors, near=shot.size in NEAR)
    if setting.below not in {Below.SKY, Below.WATER} and not setting.weightless:
        actors = tuple(_landing(one, shot, seed) if _falls(one) else one for one in actors)
    if setting.parked:
        actors = tuple(replace(one, stands=Stands.GROUND) if _is_parked(one) else one for one in actors)
    if setting.below is not Below.WATER and not setting.water_from:
        return actors
    return tuple(_afloat(one) if one.stands is Stands.WATER else one for one in actors)


def _falls(one: Actor) -> bool:
    return one.kind in LIVING and one.subject.pose is Pose.FALL


def _landing(one: Actor, shot: Shot, seed: int) -> Actor:
    """The same, who lies on the ground after the fall."""
    lying = one.subject.model_copy(update={"pose": Pose.LIE})
    down = cast(shot.model_copy(update={"subjects": (lying,)}), seed)[0]

    def draw(time_s: float) -> Drawing:
        return one.draw(time_s) if time_s < FALL_S else down.draw(time_s)

    return replace(one, draw=draw)


def _is_parked(one: Actor) -> bool:
    return one.kind is Kind.VEHICLE and one.stands is Stands.AIR and one.subject.pose is not Pose.FLY


def _afloat(one: Actor) -> Actor:
    """The same, as deep in the water as it lies there: what is under the surface is not seen."""
    deep = one.height_m * (SUNK if one.kind is Kind.ANIMAL else 0.0) + (0.1 if one.family in BOATS or one.upright else 0.0)
    if deep <= 0:
        return one

    @lru_cache(maxsize=4)
    def shown(whole: Drawing) -> Drawing:
        shapes = tuple(
            Shape(tuple(np.maximum(ring - (0.0, deep), (-np.inf, 0.0)) for ring in shape.rings), shape.tone)
            for shape in whole.shapes
        )
        return replace(whole, shapes=shapes, height_m=whole.height_m - deep)

    def draw(time_s: float) -> Drawing:
        return shown(one.draw(time_s))

    return replace(one, draw=draw, height_m=one.height_m - deep)


def _goes_aboard(one: Subject, setting: Setting, *, boats: bool) -> bool:
    if not _is_person(one) or one.pose in NOT_ABOARD:
        return False
    rides = (boats and one.pose in ABOARD) or (setting.seated and one.pose is Pose.RIDE)
    return rides or setting.low or setting.below is Below.WATER


def _seated(one: Subject) -> Subject:
    return one if one.pose in {Pose.REACH, Pose.PLAY, Pose.EMBRACE} else one.model_copy(update={"pose": Pose.SIT})


def _is_person(one: Subject) -> bool:
    thing = known(one.concept)
    return thing is not None and thing.kind is Kind.PERSON and thing.id != HANDS


def _has_hands(one: Subject) -> bool:
    """Whether what it holds is drawn in its hands: a hedgehog's balloon stands beside it."""
    thing = known(one.concept)
    return thing is not None and (thing.kind is Kind.PERSON or family_of(thing) == "person")


def _in_arms(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """A small animal that somebody hugs or carries is in their arms."""
    who = next((one for one in subjects if _is_person(one) and one.pose in {Pose.EMBRACE, Pose.CARRY} and not one.holds), None)
    pet = next(
        (one for one in subjects if (thing := known(one.concept)) and thing.kind is Kind.ANIMAL and thing.height_m < PET_M), None
    )
    if who is None or pet is None:
        return subjects
    held = who.model_copy(update={"holds": pet.concept, "pose": Pose.CARRY})
    return tuple(held if one is who else one for one in subjects if one is not pet)


def _is_small(one: Subject) -> bool:
    thing = known(one.concept)
    return (
        thing is not None
        and thing.id != HANDS
        and thing.kind in {Kind.OBJECT, Kind.FOOD}
        and thing.stands in {Stands.HAND, Stands.TABLE, Stands.GROUND}
        and thing.height_m <= HELD_M
    )


def _with_a_table(subjects: tuple[Subject, ...], shot: Shot, setting: Setting) -> tuple[Subject, ...]:
    """Indoors, what lies about beside somebody lies on a table, where none is named."""
    if not setting.roof or shot.size in NEAR or any(top_m(one) for one in subjects) or not any(map(_is_person, subjects)):
        return subjects
    lying = next((one for one in subjects if _lies_about(one)), None)
    return (*subjects, Subject(name=TABLE, concept=TABLE, position=lying.position)) if lying else subjects


def _lies_about(one: Subject) -> bool:
    thing = known(one.concept)
    near = one.position not in {Position.BACKGROUND, Position.FOREGROUND}
    return (
        thing is not None
        and thing.id != HANDS
        and thing.stands in {Stands.TABLE, Stands.HAND}
        and thing.height_m <= SMALL_M
        and near
    )


def is_of_the_wall(one: Subject, setting: Setting) -> bool:
    """A window belongs to the wall of the room, which has one already."""
    return setting.roof and _is_window(one)


def _is_window(one: Subject) -> bool:
    return one.concept == "window"


def _in_hands(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """In a detail, a thing beside its person is shown in that person's hands."""
    person = next((one for one in subjects if _is_person(one) and one.position is not Position.BACKGROUND), None)
    thing = next((one for one in subjects if _is_small(one)), None)
    if person is None or thing is None or any(one.concept == HANDS for one in subjects):
        return subjects
    look = person.look or (found.look if (found := known(person.concept)) else None)
    hands = person.model_copy(update={"concept": HANDS, "holds": thing.concept, "look": look, "position": Position.CENTRE})
    return (hands, *(one for one in subjects if one is not person and one is not thing and one.position is Position.BACKGROUND))


def _shown_beside(subjects: tuple[Subject, ...]) -> list[Subject]:
    """What somebody without hands has, and nobody else shows: a fox's balloon."""
    had = {one.holds for one in subjects if one.holds and not _has_hands(one) and one.concept != HANDS}
    return [Subject(name=one, concept=one) for one in sorted(had - {one.concept for one in subjects})]


def _in_hand(subjects: tuple[Subject, ...], setting: Setting) -> tuple[Subject, ...]:
    """In wider shots a small thing is in a hand that is free; indoors only what is handed is."""
    out = [*subjects, *_shown_beside(subjects)]
    for thing in [one for one in subjects if _is_small(one)]:
        kicks = thing.concept == "ball"
        people = [k for k, one in enumerate(out) if _is_person(one) and not (kicks and one.pose is Pose.RUN)]
        people = [k for k in people if out[k].pose is not Pose.KNEEL]  # beside what lies there
        if any(one.holds == thing.concept and _has_hands(one) for one in out):
            out.remove(thing)
            continue
        free = next((k for k in people if not out[k].holds and out[k].position is not Position.BACKGROUND), None)
        if free is not None and (not setting.roof or out[free].pose in {Pose.REACH, Pose.CARRY}):
            out[free] = out[free].model_copy(update={"holds": thing.concept})
            out.remove(thing)
    return tuple(out)


def _aboard(actors: tuple[Actor, ...], shot: Shot, setting: Setting, seed: int) -> tuple[Actor, ...]:
    """The same actors, with whoever is at sea in one boat at true scale."""
    boat = next((one for one in actors if one.family in BOATS), None)
    rows = boat is not None
    at_sea = setting.below is Below.WATER
    riders = [
        one
        for one in actors
        if one.upright
        and one.kind is Kind.PERSON
        and one.stands is Stands.GROUND
        and one.subject.pose not in NOT_ABOARD
        and (one.subject.pose in ABOARD or at_sea)
    ]
    if not riders or not (boat or at_sea):
        return actors
    if boat is None:
        boat = cast(shot.model_copy(update={"subjects": (Subject(name="boat", concept="rowboat"),)}), seed)[0]
    if boat.family not in BOATS:
        return actors
    party = _party(boat, riders, rows=rows)
    rest = [one for one in actors if one is not boat and one not in riders]
    first = next(k for k, one in enumerate(actors) if one is boat or one in riders)
    return (*rest[:first], party, *rest[first:])


def _party(boat: Actor, riders: list[Actor], *, rows: bool) -> Actor:
    lead, family = riders[0], boat.family
    high = boat.tall_m

    def draw(time_s: float) -> Drawing:
        people = _beside([replace(one.draw(time_s), height_m=one.height_m) for one in riders])
        pose = Pose.RIDE if rows else Pose.STAND
        return figures.draw(family, height_m=high, pose=pose, phase_s=time_s, holds=people)

    first = draw(0.0)
    return replace(
        lead,
        stands=Stands.WATER,
        height_m=0.28 + 0.7 * lead.height_m,
        width_m=first.width_m,
        draw=draw,
        head_m=-SEATED_M,
        pace_m_s=0.9 if rows else 0.0,
    )


def _beside(people: list[Drawing]) -> Drawing:
    """Those who sit in one boat, one behind the other."""
    if len(people) == 1:
        return people[0]
    shapes: list[Shape] = []
    glows: list[Glow] = []
    for k, one in enumerate(people):
        shift = 0.95 * (len(people) - 1 - k) if k else 0.0
        shapes += [Shape(tuple(ring + np.array((shift, 0.0)) for ring in shape.rings), shape.tone) for shape in one.shapes]
        glows += [replace(glow, x_m=glow.x_m + shift) for glow in one.glows]
    return Drawing(tuple(shapes), people[0].width_m + 0.95 * (len(people) - 1), max(one.height_m for one in people), tuple(glows))
