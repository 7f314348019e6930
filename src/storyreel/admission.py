"""Whether a film can be made as ordered, by which models and at what price: settled before anything is started or paid.

The storyboard comes out as its models can make it: lengths that they have. All or nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from storyreel.catalog.choose import Need, able, choose, must_manage
from storyreel.catalog.fit import fitted_seconds, fitted_shape, fitted_size, fitted_sound
from storyreel.catalog.quote import dearest_of, price_of, quote_of, together
from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import AuthenticationFailed, BudgetExceeded, CapabilityMissing, UnknownModel
from storyreel.domain.film import Joins, Order
from storyreel.domain.generation import Request, keyframe_of
from storyreel.domain.kept import must_be_kept
from storyreel.domain.model import Medium, Mode, Model, Quote
from storyreel.domain.money import Budgets, limit_text, paid_text, price_text
from storyreel.domain.shot_ids import must_name_shots
from storyreel.domain.storyboard import Shot, Storyboard
from storyreel.domain.values import ANY_PICTURE, Size, Value
from storyreel.fallbacks import besides, price_by, told_besides
from storyreel.means import AUTO, Means, Way, named
from storyreel.production.plan import FRAME_S, can_chain, keyframe_size, references_of, strands

AtHand: TypeAlias = Callable[[Storyboard, Order], Collection[str]]
"""Which shots of a film, and by `keyframe_of` which keyframes, are made already and are not paid again."""


class Plan(Value):
    """What will be made, by what, for how much; nothing is sent yet."""

    storyboard: Storyboard  # each shot as long as its model makes it
    order: Order  # its models written out as model@provider
    quote: Quote
    at_hand: frozenset[str] = frozenset()  # shots, and by `keyframe_of` frames, made before: the quote is for the rest
    notes: tuple[str, ...] = ()  # what is otherwise than asked, a sentence each


@dataclass(frozen=True, slots=True)
class Before:
    """What a film that is changed has already."""

    kept: frozenset[str] = frozenset()  # shots, and by `keyframe_of` frames, whose takes stay: neither fitted nor priced
    spent_usd: Decimal = Decimal(0)  # settled and held


def plan_of(
    storyboard: Storyboard,
    order: Order,
    means: Means,
    at_hand: AtHand = lambda _board, _order: (),
    before: Before = Before(),
    known: Collection[str] = (),
) -> Plan:
    """The plan of a film; what is at hand is asked only where something costs. `known`: what its shots are called already.

    Raises InvalidRequest, UnknownModel, RouteClosed, CapabilityMissing, AuthenticationFailed, BudgetExceeded; all or nothing.
    """
    must_be_kept(storyboard, field="storyboard")
    must_name_shots(storyboard, known)
    asked, first = order, _way_of(storyboard, order, means, before)
    ways = {shot.id: _way_to(shot, first, means, before) for shot in storyboard.shots}
    wanted = [shot.id for shot in storyboard.shots if shot.id not in before.kept]
    for shot in wanted:
        _must_make(ways[shot], Medium.VIDEO, means)
    in_strands = strands(storyboard, order.joins, chained=can_chain(first[0], order.joins))
    starts = _starts(storyboard, in_strands, order, ways)
    board = _fitted(storyboard, order.size, ways, {shot: starts[shot] for shot in wanted})
    order = order.model_copy(update={"model": named(first), "size": _size(first[0], order), "sound": _sound(first[0], order)})
    for shot in board.shots:
        if shot.id in wanted:
            _must_manage(shot, ways[shot.id], order, starts[shot.id], means)
    keyframes = _keyframes_by(board, order, means, before)
    if keyframes is not None:
        order = order.model_copy(update={"keyframe_model": named(keyframes)})
    needs = [_need(shot, order, starts[shot.id]) for shot in board.shots if shot.id in wanted]
    others = tuple(besides(asked, order, first, keyframes, needs, means, strict=before == Before()))
    order = order.model_copy(update={"fallbacks": tuple(map(named, others))})
    quote = together(_quotes(board, order, ways, in_strands, starts, keyframes, others, before.kept))
    made = frozenset(at_hand(board, order) if quote.expected_usd != 0 else ()) - before.kept
    if made:
        quote = together(_quotes(board, order, ways, in_strands, starts, keyframes, others, made | before.kept))
    _must_be_within_budget(order, quote, means.budgets, before.spent_usd)
    made_by = {named(way): way for way in (*(ways[shot] for shot in wanted), *([keyframes] if keyframes else []))}
    notes = (
        *_told_size(asked, order),
        *_told_lengths(storyboard, board, ways),
        *_told_unknown(made_by, means),
        *told_besides(others, order, needs),
    )
    return Plan(storyboard=board, order=order, quote=quote, at_hand=made, notes=notes)


def _way_of(storyboard: Storyboard, order: Order, means: Means, before: Before) -> Way:
    if before.kept and all(shot.model or shot.id in before.kept for shot in storyboard.shots):
        return means.catalogue.known_route(order.model)  # nothing is made by it, open or not
    if order.model not in AUTO:
        return means.way(order.model)
    longest = max(shot.seconds for shot in storyboard.shots)
    need = Need(modes=_wished(order), seconds=longest, aspect=order.size.shape, size=order.size, references=len(order.references))
    return choose(means.catalogue, need, means.today, AUTO[order.model], usable=means.usable)


def _way_to(shot: Shot, first: Way, means: Means, before: Before) -> Way:
    """Who makes a shot, or made it; of a model that is not known any more, the film's stands for it."""
    if shot.model is None:
        return first
    if shot.id not in before.kept:
        return means.way(shot.model)
    try:
        return means.catalogue.known_route(shot.model)
    except UnknownModel:
        return first


def _must_manage(shot: Shot, way: Way, order: Order, modes: tuple[Mode, ...], means: Means) -> None:
    """Raises CapabilityMissing where the model cannot make the shot."""
    # the floor knows no sizes to fit to of a model that its provider alone knows
    resolution = order.size.resolution if way[0].by_name else None
    need = _need(shot, order, modes).model_copy(update={"resolution": resolution})
    must_manage(way[0], need, means.catalogue, means.today, route=way[1])


def _need(shot: Shot, order: Order, modes: tuple[Mode, ...]) -> Need:
    """What a shot that starts so asks of a model."""
    return Need(
        modes=modes,
        seconds=shot.seconds,
        aspect=order.size.shape,
        size=order.size,
        references=len(order.references),
        prompt_characters=len(shot.prompt),
    )


def _size(model: Model, order: Order) -> Size:
    """The film's size in a resolution that the model makes; a picture that is brought to life is cut to a shape that it makes."""
    shaped = fitted_shape(model.limits, order.size) if order.first_frame else order.size
    return fitted_size(model.limits, shaped)


def _sound(model: Model, order: Order) -> bool:
    """Whether sound is asked for: of a model that only its provider knows, no more than that tells."""
    return fitted_sound(model.limits, wished=order.sound) if model.by_name else order.sound


def _wished(order: Order) -> tuple[Mode, ...]:
    """What the order alone demands that some shot starts from."""
    if order.joins is Joins.KEYFRAMES or order.joins is Joins.CHAIN or order.first_frame:
        return (Mode.FIRST_FRAME,)
    return (Mode.REFERENCES,) if order.references else (Mode.TEXT,)


def _starts(
    storyboard: Storyboard, strands: Sequence[Sequence[str]], order: Order, ways: Mapping[str, Way]
) -> dict[str, tuple[Mode, ...]]:
    """What each shot starts from."""
    shots = {shot.id: shot for shot in storyboard.shots}
    starts: dict[str, tuple[Mode, ...]] = {}
    for strand in strands:
        for place, shot in enumerate(strand):
            modes = ways[shot][0].limits.modes
            first_of_film = not starts
            if place > 0 or order.joins is Joins.KEYFRAMES or (first_of_film and order.first_frame is not None):
                lasts = order.joins is Joins.KEYFRAMES and place + 1 < len(strand) and Mode.LAST_FRAME in modes
                starts[shot] = (Mode.FIRST_FRAME, Mode.LAST_FRAME) if lasts else (Mode.FIRST_FRAME,)
            else:
                known = Mode.REFERENCES in modes and references_of(storyboard, shots[shot])
                starts[shot] = (Mode.REFERENCES,) if order.references or known else (Mode.TEXT,)
    return starts


def _fitted(storyboard: Storyboard, size: Size, ways: Mapping[str, Way], starts: Mapping[str, tuple[Mode, ...]]) -> Storyboard:
    """The storyboard with each shot that starts so as long as its model can make it, a model of its own written out."""

    def fitted(shot: Shot) -> Shot:
        if shot.id not in starts:
            return shot
        limits = ways[shot.id][0].limits
        seconds = fitted_seconds(limits.durations, shot.seconds, starts[shot.id][-1], fitted_size(limits, size).resolution)
        model = named(ways[shot.id]) if shot.model else None
        same = (seconds, model) == (shot.seconds, shot.model)
        return shot if same else shot.model_copy(update={"seconds": seconds, "model": model})

    scenes = tuple(scene.model_copy(update={"shots": tuple(fitted(shot) for shot in scene.shots)}) for scene in storyboard.scenes)
    return storyboard.model_copy(update={"scenes": scenes})


def _keyframes_by(storyboard: Storyboard, order: Order, means: Means, before: Before) -> Way | None:
    """The image model that draws the frames which shots share; None where they share none, but a name must be one.

    Raises what `_painter` raises.
    """
    if order.joins is not Joins.KEYFRAMES:
        if order.keyframe_model is not None and not before.kept:
            _painter(order.keyframe_model, means)
        return None
    if order.keyframe_model is not None and before.kept >= {keyframe_of(shot.id) for shot in storyboard.shots}:
        return means.catalogue.known_route(order.keyframe_model)
    need = Need(modes=(Mode.REFERENCES,), seconds=FRAME_S, exact=False, aspect=order.size.shape, size=order.size, references=1)
    if order.keyframe_model is None:
        _must_have_painter(need, means)
        return choose(means.catalogue, need, means.today, medium=Medium.IMAGE, usable=means.usable)
    way = _painter(order.keyframe_model, means)
    must_manage(way[0], need, means.catalogue, means.today, route=way[1])
    return way


def _must_have_painter(need: Need, means: Means) -> None:
    """Raises AuthenticationFailed where the only thing that image models lack is a key: it names them and their settings."""
    ways = able(means.catalogue, need, means.today, Medium.IMAGE)
    if not ways or any(able(means.catalogue, need, means.today, Medium.IMAGE, means.usable)):
        return
    names = ", ".join(model.id for model, _ in ways)
    settings = dict.fromkeys(means.accounts[route.provider].setting for _, route in ways)
    problem = f"No key is set for a model that draws keyframes ({names})"
    otherwise = Advice("join the shots otherwise, with ", Remedy.CHAIN)
    raise AuthenticationFailed(provider=names, setting=", ".join(settings), problem=problem, otherwise=otherwise)


def _painter(name: str, means: Means) -> Way:
    """The image model of that name. Raises UnknownModel, which tells image models, and what `way` and `_must_make` raise."""
    try:
        way = means.way(name)
    except UnknownModel as error:
        images = [model.id for model in means.catalogue.search(medium=Medium.IMAGE, open_on=means.today)]
        near = [one for one in error.nearest if one.partition("@")[0] in images]
        raise UnknownModel(name, nearest=near or images) from error
    _must_make(way, Medium.IMAGE, means)
    return way


def _must_make(way: Way, medium: Medium, means: Means) -> None:
    """Raises CapabilityMissing for a model of clips where pictures are wanted, and the other way round."""
    if way[0].medium is not medium:
        what = "make a clip" if medium is Medium.VIDEO else "draw a keyframe"
        can = [model.id for model in means.catalogue.search(medium=medium, open_on=means.today) if not model.by_name]
        raise CapabilityMissing(model=way[0].id, capability=what, alternatives=can)


def _quotes(
    board: Storyboard,
    order: Order,
    ways: Mapping[str, Way],
    strands: Sequence[Sequence[str]],
    starts: Mapping[str, tuple[Mode, ...]],
    keyframes: Way | None,
    others: Sequence[Way] = (),
    made: Collection[str] = (),
) -> Iterator[Quote]:
    """The quote of the keyframes, then of each model's shots; of neither what is made."""
    if keyframes is not None:
        still = Request(prompt="", seconds=FRAME_S, size=keyframe_size(*keyframes, order.size), sound=False, still=True)
        stills = [still for shot in board.shots if keyframe_of(shot.id) not in made]
        painters = [keyframes, *(way for way in others if way[0].medium is Medium.IMAGE)]
        drawn = [still.model_copy(update={"size": keyframe_size(*way, order.size)}) for way in painters]
        most = dearest_of(price_of(way[1], one) for way, one in zip(painters, drawn, strict=True))
        yield quote_of(*keyframes, stills, in_a_row=len(stills), retakes=order.retakes, dearest=[most] * len(stills))
    by_way: dict[str, list[Shot]] = defaultdict(list)
    for shot in board.shots:
        if shot.id not in made:
            by_way[named(ways[shot.id])].append(shot)
    longest = 1 if keyframes is not None else max(sum(shot not in made for shot in strand) for strand in strands)
    for shots in by_way.values():
        model, route = ways[shots[0].id]
        size, sound = fitted_size(model.limits, order.size), fitted_sound(model.limits, wished=order.sound)
        wanted = [_begun(Request(prompt="", seconds=shot.seconds, size=size, sound=sound), starts[shot.id]) for shot in shots]
        clips = [ways[shots[0].id], *(way for way in others if way[0].medium is Medium.VIDEO)]
        most = [dearest_of(price_by(way, order, shot.seconds) for way in clips) for shot in shots]
        yield quote_of(model, route, wanted, in_a_row=min(longest, len(wanted)), retakes=order.retakes, dearest=most)


def _begun(request: Request, modes: tuple[Mode, ...]) -> Request:
    """The same request of a shot that starts so: a way may ask another price for a picture than for words."""
    pictures = {"first_frame": Mode.FIRST_FRAME, "last_frame": Mode.LAST_FRAME}
    given: dict[str, object] = {name: ANY_PICTURE for name, mode in pictures.items() if mode in modes}
    return request.model_copy(update={**given, "references": (ANY_PICTURE,) if Mode.REFERENCES in modes else ()})


def _must_be_within_budget(order: Order, quote: Quote, budgets: Budgets, spent_usd: Decimal) -> None:
    """Raises BudgetExceeded for what a film's own budget, or that of the settings for every film, will not allow."""
    for limit_usd, setting in ((order.budget_usd, Remedy.BUDGET), (budgets.film_usd, "STORYREEL_BUDGET_FILM")):
        if limit_usd is None:
            continue
        limit = limit_text(limit_usd)
        if quote.expected_usd is None and not order.allow_unpriced:
            told = f"No price is known for this film, so the budget of {limit} refuses it. Choose a model that has a price ("
            message = Advice(told, Remedy.MODELS, "), or allow it with ", Remedy.ALLOW_UNPRICED, ".")
            raise BudgetExceeded(message, budget="film", limit_usd=str(limit_usd), needed_usd="unknown", setting=setting)
        if quote.expected_usd and spent_usd + quote.expected_usd > limit_usd:
            so_far = f", {paid_text(spent_usd)} of it spent" if spent_usd else ""
            told = f"The film would cost {price_text(spent_usd + quote.expected_usd)}{so_far}; its budget is {limit}."
            instead = ", make fewer or shorter shots, or choose a cheaper model."
            message = Advice(f"{told} Nothing was sent. Raise ", setting, instead)
            needed = str(spent_usd + quote.expected_usd)
            raise BudgetExceeded(message, budget="film", limit_usd=str(limit_usd), needed_usd=needed, setting=setting)


def _told_size(asked: Order, order: Order) -> Iterator[str]:
    if order.keyframe_model is not None and order.joins is not Joins.KEYFRAMES:
        yield f"{order.keyframe_model} draws nothing: keyframes come with --joins keyframes."
    if asked.size != order.size:
        yield f"{order.model.partition('@')[0]} makes {order.size}; {asked.size} was asked."


def _told_lengths(asked: Storyboard, board: Storyboard, ways: Mapping[str, Way]) -> Iterator[str]:
    changed = [(old, new) for old, new in zip(asked.shots, board.shots, strict=True) if old.seconds != new.seconds]
    if changed:
        names = sorted({ways[new.id][0].id for _, new in changed})
        told = ", ".join(f"{new.id} {old.seconds:g} s is {new.seconds:g} s" for old, new in changed)
        yield f"{', '.join(names)} makes clips of certain lengths only: {told}."


def _told_unknown(made_by: Mapping[str, Way], means: Means) -> Iterator[str]:
    """What nobody can tell before the clips come."""
    for name, (model, route) in made_by.items():
        lengths, asks = model.limits.durations, route.parameters.keys() & {"seconds", "frames"}
        if (known := means.learnt.get(name)) is not None and known.note:
            yield known.note
        elif model.medium is Medium.VIDEO and not (asks or lengths.choices_s or lengths.most_s):
            yield f"{name} takes no length, and none is documented: its clips may be longer or shorter than the shots."
