"""Who rides, rides on what there is to ride: a horse, a camel, a bicycle."""

from dataclasses import replace

from storyreel.animatic import figures
from storyreel.animatic.casting import PACES_M_S, Actor, variant_of
from storyreel.animatic.outline import Drawing, Shape, Tone
from storyreel.domain.storyboard import Pose, Position, Subject
from storyreel.lexicon import concept

MOUNTS = {"horse", "donkey", "camel", "elephant", "unicorn", "zebra", "bicycle", "motorcycle"}
"""Subjects of the lexicon that are drawn with a rider."""
OWN_MOUNTS = {"cyclist": "bicycle", "rider": "horse", "cowboy": "horse", "knight": "horse"}
"""What a subject rides that is not told to ride anything else; a cyclist does not go on foot."""
DRESSED = {Tone.BODY: Tone.SHADE, Tone.SHADE: Tone.HAIR}  # darker than the animal below, which has the body's colour


def with_mounts(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """The same subjects, with what goes without saying below those who ride."""
    out: list[Subject] = []
    for one in subjects:
        cycles = one.concept == "cyclist" and one.pose in {Pose.WALK, Pose.RUN}
        rides = cycles or (one.pose is Pose.RIDE and one.concept in OWN_MOUNTS)
        if not rides or any(other.concept in MOUNTS for other in subjects):
            out.append(one)
            continue
        below = OWN_MOUNTS[str(one.concept)]
        out += [one.model_copy(update={"pose": Pose.RIDE}), Subject(name=below, concept=below, position=one.position)]
    return tuple(out)


def mounted(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The same actors, with the first who rides on the first thing to ride."""
    rider = next((one for one in actors if one.upright and one.subject.pose is Pose.RIDE), None)
    mount = next((one for one in actors if one.subject.concept in MOUNTS and _is_near(one)), None)
    if rider is None or mount is None or not _is_near(rider):
        return actors
    return tuple(_together(rider, mount) if one is rider else one for one in actors if one is not mount)


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
