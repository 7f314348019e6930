"""Who rides, rides on what there is to ride, a horse, a camel, a bicycle; who drives is seen through the window."""

import re
from dataclasses import replace

import numpy as np

from storyreel.animatic import figures
from storyreel.animatic.casting import PACES_M_S, Actor, known, variant_of
from storyreel.animatic.outline import Drawing, Shape, Tone
from storyreel.domain.storyboard import Pose, Position, Subject
from storyreel.lexicon import Concept, Kind, concept

ON_HORSEBACK = ("rid", "rod", "gallop", "скач", "верхом", "езд")
DRIVING = ("driv", "drov", "ед", "вед", "вёл", "вел", "за рул", "рулит", "开", "驾")
"""How it is told that somebody rides a horse, or drives a car, where nothing else is named."""
_ON_SOMETHING = re.compile(r"\s*(?:on\s+|in\s+|на\s+|в\s+)?(?:an?|the|his|her|its|their|my|one)\s|\s*(?:на|в)\s", re.IGNORECASE)
PANE_M, RIM_M, HEAD_M = 0.3, 0.02, 0.25  # a window's smallest side, its frame, how far down from its top a head goes
DRESSED = {Tone.BODY: Tone.SHADE, Tone.SHADE: Tone.HAIR}  # darker than the animal below, which has the body's colour


def with_mounts(subjects: tuple[Subject, ...], words: str) -> tuple[Subject, ...]:
    """The same subjects, with what goes without saying below those who ride; `words` tell what they do."""
    out: list[Subject] = []
    for one in subjects:
        own = _own_of(one)
        cycles = _is_on_wheels(own) and one.pose in {Pose.WALK, Pose.RUN}
        rides = cycles or (one.pose is Pose.RIDE and _is_person(one))
        carries = _is_mount if own and own.mount else _carries  # no cyclist is in a car that is there, too
        if not rides or any(carries(other) for other in subjects):
            out.append(one)
            continue
        below = own.id if own else _goes_without_saying(one.action, words)
        if below is None:
            out.append(one)
            continue
        out += [one.model_copy(update={"pose": Pose.RIDE}), Subject(name=below, concept=below, position=one.position)]
    return tuple(out)


def _goes_without_saying(action: str, words: str) -> str | None:
    """A horse or a car by how it is told that somebody rides; None where they ride something else, a wave or a lift."""
    told, low = action.lower(), words.lower()
    if not told or (told in low and _ON_SOMETHING.match(low, low.index(told) + len(told))):
        return None
    return "horse" if told.startswith(ON_HORSEBACK) else "car" if told.startswith(DRIVING) else None


def riding(actors: tuple[Actor, ...], *, near: bool) -> tuple[Actor, ...]:
    """The same actors, with each who rides on what there is to ride, and who drives, or has nothing to ride, in the first craft.

    There are as many mounts as riders: "two boys ride bicycles". Near, what somebody drives is not seen.
    """
    everybody = [one for one in actors if one.upright and one.subject.pose is Pose.RIDE and _is_near(one)]
    mounts = [one for one in actors if _is_mount(one.subject) and _is_near(one)]
    craft = next((one for one in actors if _has_window(one) and _is_near(one)), None)
    riders = [one for one in everybody if mounts and not (craft and _drives(one))]
    inside = [one for one in everybody if craft and not near and not any(one is rider for rider in riders)]
    if riders:
        made = [_together(rider, mounts[min(k, len(mounts) - 1)]) for k, rider in enumerate(riders)]
        actors = _in_place(actors, riders, made, mounts[: len(riders)])
    return _in_place(actors, inside, [_driven(inside, craft)], [craft]) if inside and craft else actors


def _in_place(actors: tuple[Actor, ...], riders: list[Actor], made: list[Actor], gone: list[Actor]) -> tuple[Actor, ...]:
    """The same actors with what was made of the riders in their places, and without what they ride."""
    instead = {id(rider): one for rider, one in zip(riders, made, strict=False)}
    left_out = {id(one) for one in (*riders, *gone)} - instead.keys()
    return tuple(instead.get(id(one), one) for one in actors if id(one) not in left_out)


def _has_window(one: Actor) -> bool:
    return one.kind is Kind.VEHICLE and one.family != "" and bool(_windows(one.draw(0.0)))


def _driven(riders: list[Actor], craft: Actor) -> Actor:
    thing = concept(str(craft.subject.concept))
    name, variant = thing.figure or thing.id, variant_of(thing)

    def draw(time_s: float) -> Drawing:
        drawn = figures.draw(name, variant=variant, height_m=craft.tall_m, pose=Pose.RIDE, phase_s=time_s)
        windows = _windows(drawn)
        shares = [riders[k :: len(windows)] for k in range(len(windows))]
        for window, behind in sorted(zip(windows, shares, strict=True), reverse=True):  # shapes after it keep their numbers
            for k, rider in enumerate(behind):
                across = (k + 0.5) / len(behind)
                drawn = replace(drawn, shapes=_seen_in(rider.draw(time_s), drawn.shapes, window, across))
        return drawn

    return replace(craft, subject=riders[0].subject, draw=draw, pace_m_s=PACES_M_S[Pose.RIDE])


def _windows(craft: Drawing) -> list[int]:
    """The numbers of the shapes that are windows large enough for a head, the foremost first."""
    panes = [(k, one.rings[0]) for k, one in enumerate(craft.shapes) if one.tone is Tone.WINDOW]
    wide = [(float(ring[:, 0].max()), k) for k, ring in panes if float(np.ptp(ring, axis=0).min()) > PANE_M]
    return [k for _, k in sorted(wide, reverse=True)]


def _seen_in(rider: Drawing, shapes: tuple[Shape, ...], window: int, across: float) -> tuple[Shape, ...]:
    """The shapes with as much of a rider before a window's pane as is not hidden below and beside it.

    The head is that share of the pane's width from its left side.
    """
    pane, every = shapes[window].rings[0], np.concatenate([ring for one in rider.shapes for ring in one.rings])
    low, high = pane.min(axis=0) + RIM_M, pane.max(axis=0) - RIM_M
    head = every[every[:, 1] > every[:, 1].max() - HEAD_M].mean(axis=0)[0]
    shift = np.array((low[0] + (high[0] - low[0]) * across - head, high[1] - every[:, 1].max()))
    seen = tuple(Shape(tuple(np.clip(ring + shift, low, high) for ring in one.rings), one.tone) for one in rider.shapes)
    return (*shapes[: window + 1], *seen, *shapes[window + 1 :])


def _is_mount(one: Subject) -> bool:
    thing = known(one.concept)
    return thing is not None and thing.mount


def _is_person(one: Subject) -> bool:
    thing = known(one.concept)
    return thing is not None and thing.kind is Kind.PERSON


def _carries(one: Subject) -> bool:
    thing = known(one.concept)
    return thing is not None and (thing.mount or thing.kind is Kind.VEHICLE)


def _own_of(one: Subject) -> Concept | None:
    """What somebody rides or drives by what they are: a cyclist's bicycle."""
    thing = known(one.concept)
    return known(thing.rides) if thing and thing.rides else None


def _is_on_wheels(own: Concept | None) -> bool:
    """Whether somebody does not go on foot."""
    return own is not None and own.mount and own.kind is Kind.VEHICLE


def _drives(one: Actor) -> bool:
    own = _own_of(one.subject)
    return own is not None and not own.mount


def _is_near(one: Actor) -> bool:
    return one.subject.position is not Position.BACKGROUND


def _together(rider: Actor, mount: Actor) -> Actor:
    thing = concept(str(mount.subject.concept))
    name, variant = thing.figure or thing.id, variant_of(thing)

    def draw(time_s: float) -> Drawing:
        seated = replace(rider.draw(time_s), height_m=rider.tall_m)
        shapes = tuple(Shape(one.rings, DRESSED.get(one.tone, one.tone)) for one in seated.shapes)
        held = replace(seated, shapes=shapes)
        return figures.draw(name, variant=variant, height_m=mount.tall_m, pose=Pose.RIDE, phase_s=time_s, holds=held)

    first = draw(0.0)
    return replace(
        rider,
        height_m=first.height_m,
        tall_m=first.height_m,
        width_m=first.width_m,
        tint=mount.tint,
        vivid=mount.vivid,
        draw=draw,
        pace_m_s=PACES_M_S[Pose.RIDE],
    )
