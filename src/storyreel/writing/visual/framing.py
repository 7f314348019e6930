"""Size and angle of every shot: by what it is for, then changed where two neighbours would look alike."""

from dataclasses import dataclass

from storyreel.domain.storyboard import Angle, ShotSize
from storyreel.lexicon import Kind
from storyreel.writing.visual.drafts import Draft, Role
from storyreel.writing.visual.moments import Moment

FAR_TO_NEAR = tuple(ShotSize)
_EYE, _LOW, _HIGH, _OVER = Angle.EYE_LEVEL, Angle.LOW, Angle.HIGH, Angle.OVER_THE_SHOULDER
_XW, _W, _MW, _M, _CU, _D = FAR_TO_NEAR


@dataclass(frozen=True, slots=True)
class Framing:
    """How much is seen, and from where."""

    size: ShotSize
    angle: Angle


_BY_ROLE: dict[Role, tuple[Framing, ...]] = {
    Role.ESTABLISH: (Framing(_XW, _EYE), Framing(_W, _EYE), Framing(_XW, _HIGH), Framing(_W, _LOW)),
    Role.OPENING: (Framing(_W, _EYE), Framing(_XW, _EYE), Framing(_W, _LOW)),
    Role.SKY: (Framing(_W, _LOW), Framing(_XW, _EYE), Framing(_W, _EYE)),
    Role.FACE: (Framing(_CU, _EYE), Framing(_CU, _LOW), Framing(_MW, _EYE), Framing(_M, _LOW)),
    Role.DETAIL: (Framing(_D, _EYE), Framing(_D, _HIGH), Framing(_CU, _EYE)),
    Role.HANDS: (Framing(_D, _HIGH), Framing(_D, _EYE), Framing(_CU, _HIGH)),
    Role.FEET: (Framing(_D, _LOW), Framing(_D, _EYE), Framing(_D, _HIGH)),
    Role.LIGHT: (Framing(_W, _LOW), Framing(_XW, _HIGH), Framing(_W, _EYE)),
    Role.BEHIND: (Framing(_MW, _OVER), Framing(_W, _HIGH), Framing(_M, _OVER), Framing(_MW, _EYE)),
    Role.FAR: (Framing(_XW, _HIGH), Framing(_W, _EYE), Framing(_XW, _EYE)),
    Role.AGAIN: tuple(Framing(size, angle) for angle in (_EYE, _LOW, _HIGH) for size in (_M, _W, _CU, _MW, _XW, _D)),
}


def framings(drafts: tuple[Draft, ...], moments: tuple[Moment, ...], about: list[str]) -> list[Framing]:
    """A framing for each shot; what the text asks for stands as it is. `about` says whom each shot is about, or nothing."""
    chosen: list[Framing] = []
    for index, draft in enumerate(drafts):
        moment = moments[draft.beat]
        options = _options(draft, moment, is_last=index == len(drafts) - 1, opens=_opens_place(drafts, moments, index))
        asked = moment.asked if draft.role is Role.MAIN else None
        if asked and (asked.size or asked.angle):
            chosen.append(Framing(asked.size or options[0].size, asked.angle or _EYE))
            continue
        before = chosen[-1] if chosen else None
        if index + 1 < len(drafts) and drafts[index + 1].role is Role.FAR and about[index + 1] == about[index]:
            options = tuple(sorted(options, key=lambda one: one.size in {_W, _XW}))  # the end must still be wider
        same_subject = index > 0 and bool(about[index]) and about[index - 1] == about[index]
        spare = tuple(Framing(size, _EYE) for size in (_M, _W, _CU, _MW) if before is None or size is not before.size)
        chosen.append(next((one for one in (*options, *spare) if not _alike(one, before, same_subject)), spare[0]))
    return chosen


def _opens_place(drafts: tuple[Draft, ...], moments: tuple[Moment, ...], index: int) -> bool:
    if index == 0:
        return True
    return moments[drafts[index].beat].setting.scene != moments[drafts[index - 1].beat].setting.scene


def _options(draft: Draft, moment: Moment, *, is_last: bool, opens: bool) -> tuple[Framing, ...]:
    if draft.role is not Role.MAIN:
        options = _BY_ROLE[draft.role]
        if moment.setting.indoors:  # walls are nearer than the horizon
            options = tuple(dict.fromkeys(Framing(_W, one.angle) if one.size is _XW else one for one in options))
        return options
    if opens and moment.intent.id != "reveal":
        return (Framing(_W, _angle(moment)), Framing(_W, _HIGH), Framing(_W, _LOW), Framing(_XW, _EYE))
    if is_last and moment.intent.id not in {"feel", "embrace", "talk"}:
        return (Framing(_W, _angle(moment)), Framing(_XW, _EYE), Framing(_W, _HIGH), Framing(_CU, _EYE))
    sizes = _sizes(moment)
    angle = _angle(moment)
    turned = _LOW if angle is not _LOW else _EYE
    return (*(Framing(size, angle) for size in sizes), *(Framing(size, turned) for size in sizes), Framing(_W, _HIGH))


def _sizes(moment: Moment) -> tuple[ShotSize, ...]:
    if moment.actors or moment.lines:
        return moment.intent.sizes
    if moment.things and moment.intent.id in {"be", "nature", "rest"}:
        large = any(one.concept and one.concept.height_m > 3 for one in moment.things)
        return (_W, _XW, _MW) if large else (_M, _CU, _W)
    return (_W, _XW, _MW)


def _angle(moment: Moment) -> Angle:
    lead = moment.lead.seen.concept if moment.lead else None
    if moment.intent.id in {"fall", "hide"}:
        return _HIGH
    if moment.intent.id in {"climb", "fly"} or (lead and lead.kind is Kind.CREATURE and lead.height_m > 2.5):
        return _LOW
    if moment.lines and len(moment.actors) > 1:
        return _OVER
    return _EYE


def _alike(one: Framing, before: Framing | None, same_subject: bool) -> bool:
    if before is None:
        return False
    apart = abs(FAR_TO_NEAR.index(one.size) - FAR_TO_NEAR.index(before.size))
    if same_subject and apart == 0:
        return True  # the same size of the same subject jumps, whatever the angle
    return one.angle is before.angle and (apart == 0 or (same_subject and apart < 2))
