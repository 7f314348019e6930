"""Who rides, rides on what there is to ride, a horse, a camel, a bicycle; who drives is seen through the window."""

from dataclasses import replace

import numpy as np

from storyreel.animatic import figures
from storyreel.animatic.casting import PACES_M_S, Actor, known, variant_of
from storyreel.animatic.outline import Drawing, Shape, Tone
from storyreel.domain.storyboard import Pose, Position, Subject
from storyreel.lexicon import Kind, concept

OWN_MOUNTS = {"cyclist": "bicycle", "rider": "horse", "cowboy": "horse", "knight": "horse"}
"""What a subject rides that is not told to ride anything else; a cyclist does not go on foot."""
PANE_M, RIM_M, HEAD_M = 0.3, 0.02, 0.25  # a window's smallest side, its frame, how far down from its top a head goes
DRESSED = {Tone.BODY: Tone.SHADE, Tone.SHADE: Tone.HAIR}  # darker than the animal below, which has the body's colour


def with_mounts(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """The same subjects, with what goes without saying below those who ride."""
    out: list[Subject] = []
    for one in subjects:
        cycles = one.concept == "cyclist" and one.pose in {Pose.WALK, Pose.RUN}
        rides = cycles or (one.pose is Pose.RIDE and one.concept in OWN_MOUNTS)
        if not rides or any(_is_mount(other) for other in subjects):
            out.append(one)
            continue
        below = OWN_MOUNTS[str(one.concept)]
        out += [one.model_copy(update={"pose": Pose.RIDE}), Subject(name=below, concept=below, position=one.position)]
    return tuple(out)


def riding(actors: tuple[Actor, ...], *, near: bool) -> tuple[Actor, ...]:
    """The same actors, with the first who rides on the first thing to ride, or else in the first that has a window.

    Near, what somebody drives is not seen.
    """
    rider = next((one for one in actors if one.upright and one.subject.pose is Pose.RIDE and _is_near(one)), None)
    mount = next((one for one in actors if _is_mount(one.subject) and _is_near(one)), None)
    craft = next((one for one in actors if _has_window(one) and _is_near(one)), None)
    if rider is not None and mount is not None:
        return tuple(_together(rider, mount) if one is rider else one for one in actors if one is not mount)
    if rider is not None and craft is not None and not near:
        return tuple(_driven(rider, craft) if one is rider else one for one in actors if one is not craft)
    return actors


def _has_window(one: Actor) -> bool:
    return one.kind is Kind.VEHICLE and one.family != "" and _front_window(one.draw(0.0)) is not None


def _driven(rider: Actor, craft: Actor) -> Actor:
    thing = concept(str(craft.subject.concept))
    name, variant = thing.figure or thing.id, variant_of(thing)

    def draw(time_s: float) -> Drawing:
        empty = figures.draw(name, variant=variant, height_m=craft.tall_m, pose=Pose.RIDE, phase_s=time_s)
        window = _front_window(empty)
        return replace(empty, shapes=_seen_in(rider.draw(time_s), empty.shapes, window)) if window is not None else empty

    return replace(craft, subject=rider.subject, draw=draw, pace_m_s=PACES_M_S[Pose.RIDE])


def _front_window(craft: Drawing) -> int | None:
    """The number of the shape that is the foremost window large enough for a head."""
    panes = [(k, one.rings[0]) for k, one in enumerate(craft.shapes) if one.tone is Tone.WINDOW]
    wide = [(float(ring[:, 0].max()), k) for k, ring in panes if float(np.ptp(ring, axis=0).min()) > PANE_M]
    return max(wide)[1] if wide else None


def _seen_in(rider: Drawing, shapes: tuple[Shape, ...], window: int) -> tuple[Shape, ...]:
    """The shapes with as much of a rider before the window's pane as is not hidden below and beside it."""
    pane, every = shapes[window].rings[0], np.concatenate([ring for one in rider.shapes for ring in one.rings])
    low, high = pane.min(axis=0) + RIM_M, pane.max(axis=0) - RIM_M
    head = every[every[:, 1] > every[:, 1].max() - HEAD_M].mean(axis=0)[0]
    shift = np.array(((low[0] + high[0]) / 2 - head, high[1] - every[:, 1].max()))
    seen = tuple(Shape(tuple(np.clip(ring + shift, low, high) for ring in one.rings), one.tone) for one in rider.shapes)
    return (*shapes[: window + 1], *seen, *shapes[window + 1 :])


def _is_mount(one: Subject) -> bool:
    thing = known(one.concept)
    return thing is not None and thing.mount


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
