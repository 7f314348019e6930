"""The part of a studio that changes films there are: another take, another storyboard, other takes chosen, locked or approved.

What a change would make, and its price, is planned first (`plan_retake`, `plan_edit`, `plan_approval`), and then started or not.
"""

import asyncio
from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict, Unpack

from storyreel.bookkeeper import Bookkeeper
from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import BudgetExceeded, InvalidRequest
from storyreel.domain.film import Cut, Film, FilmState, Order
from storyreel.domain.generation import Key, Take, is_keyframe
from storyreel.domain.kept import must_be_kept
from storyreel.domain.money import price_text
from storyreel.domain.ordering import ordered
from storyreel.domain.storyboard import Shot, Storyboard
from storyreel.orders import budget_for, must_be_wishes, seed_of, wished_size
from storyreel.shelf import Shelf

if TYPE_CHECKING:
    from storyreel.admission import Plan
    from storyreel.library.database import Connection
    from storyreel.production.change import Change, Demand
    from storyreel.production.standing import Standing

Kind: TypeAlias = Literal["retake", "edit", "approve"]


class ChangeWishes(TypedDict, total=False):
    """What may be wished of a change."""

    budget: float | None  # US dollars that the film may cost, all in all, from now on
    allow_unpriced: bool  # calls whose price nobody knows may be sent


class RetakeWishes(ChangeWishes, total=False):
    """What may be wished of another take."""

    model: str | None  # that makes it, and the shot from now on
    prompt: str | None  # what a model that reads is told, word for word, from now on
    seed: int | None
    only: bool  # shots that begin on its last frame stay as they are


class Editor(Bookkeeper, Shelf):
    """Films that exist, changed: only what depends on a change is made again, at a price that is told for exactly that."""

    async def plan_retake(self, film: Film | str, shot: str, **wishes: Unpack[RetakeWishes]) -> "Change":
        """One more take of a shot, by its id or number: what is made for it, and its price.

        Raises UnknownFilm, InvalidRequest (a locked shot), and as `plan`.
        """
        from storyreel.production.change import ASKED, Demand, must_be_unlocked, next_seed, shot_named

        must_be_wishes(RetakeWishes, wishes)
        standing = await self._standing(film)
        id = shot_named(standing.film, shot)
        must_be_unlocked(standing, id)
        told = {"model": wishes.get("model"), "prompt": wishes.get("prompt")}
        must_be_kept(told["prompt"] or "", field="prompt")
        changed = {name: value for name, value in told.items() if value is not None}
        if changed and is_keyframe(id):
            raise InvalidRequest(f"{id} is drawn by the film's keyframe model, in its shot's words; edit those.", field="shot")
        board = _with_shot(standing.film.storyboard, id, changed)
        seed = wishes.get("seed")
        seeds = {id: next_seed(standing, id) if seed is None else seed_of(seed)}
        demand = Demand(asked={id: ASKED}, seeds=seeds, spread=not wishes.get("only", False))
        return await self._changed("retake", standing, board, demand, wishes)

    async def plan_edit(self, film: Film | str, storyboard: Storyboard, **wishes: Unpack[ChangeWishes]) -> "Change":
        """Another storyboard for a film: what is made for it, and its price. Raises UnknownFilm, and as `plan`.

        Made is what has no take or does not show any more what is asked, what begins or ends on a frame of that, and a shot whose
        own model is another one. Locked shots stay.
        """
        from storyreel.production.change import Demand

        must_be_wishes(ChangeWishes, wishes)
        standing = await self._standing(film)
        asked = dict.fromkeys(_by_another_model(standing, storyboard), "model")
        return await self._changed("edit", standing, storyboard, Demand(asked=asked, seeds={}, aged=True), wishes)

    async def plan_order(self, film: Film | str, shots: Sequence[str], **wishes: Unpack[ChangeWishes]) -> "Change":
        """The film with its shots in the order of these ids: what is made for that, and its price. Raises as `plan_edit`."""
        return await self.plan_edit(film, ordered((await self._known(film)).storyboard, shots), **wishes)

    async def plan_approval(self, film: Film | str, **wishes: Unpack[ChangeWishes]) -> "Change":
        """What a film that waits for approval would make, at today's price. Raises InvalidRequest for others, and as `plan`."""
        from storyreel.production.change import Demand

        must_be_wishes(ChangeWishes, wishes)
        standing = await self._standing(film)
        if standing.film.state is not FilmState.AWAITING_APPROVAL:
            message = f"The film {standing.film.id} is {standing.film.state.value}, and does not wait for approval."
            raise InvalidRequest(message, field="film")
        demand = Demand(asked={}, seeds={})
        return await self._changed("approve", standing, standing.film.storyboard, demand, wishes, called="approval")

    async def allow(self, film: Film | str, budget: float) -> Film:
        """The film, which may cost that many US dollars from now on, all in all; it does not go on by itself.

        Raises BudgetExceeded where what is left to be made would pass that, UnknownFilm, and as `plan`.
        """
        from storyreel.library import films
        from storyreel.production.change import Demand

        standing = await self._standing(film)
        known, wishes = standing.film, ChangeWishes(budget=budget)
        same = await self._changed("edit", standing, known.storyboard, Demand(asked={}, seeds={}), wishes, called="change")
        await (await self._line()).database.write(films.allow_film, known.id, same.order.budget_usd)
        return known.model_copy(update={"order": same.order})

    async def start_change(self, change: "Change") -> Film:
        """The film, changed, and on its way; one that waits for approval goes on waiting, unless it is approved by this.

        Raises InvalidRequest where somebody else has changed it since this was planned.
        """
        from storyreel.library.replies import Accepted, noted
        from storyreel.production.change import change_film

        line = await self._line()
        accepted = Accepted(film=change.film, change=change.model_dump_json())
        film = await line.database.write(noted(change_film, accepted), change, self._now())
        return film if film.state is FilmState.AWAITING_APPROVAL else await line.resume(film.id)

    async def retake(self, film: Film | str, shot: str, **wishes: Unpack[RetakeWishes]) -> Film:
        """The finished film with one more take of a shot. Raises as `plan_retake`, and any StoryreelError that ended it."""
        return await self.wait(await self.start_change(await self.plan_retake(film, shot, **wishes)))

    async def edit(self, film: Film | str, storyboard: Storyboard, **wishes: Unpack[ChangeWishes]) -> Film:
        """The finished film by another storyboard. Raises as `plan_edit`, and any StoryreelError that ended it."""
        return await self.wait(await self.start_change(await self.plan_edit(film, storyboard, **wishes)))

    async def approve(self, film: Film | str, *, at_any_price: bool = False, **wishes: Unpack[ChangeWishes]) -> Film:
        """The finished film that waited for approval.

        Raises BudgetExceeded where it costs more than was told, unless that is allowed; and as `plan_approval` and `wait`.
        """
        change = await self.plan_approval(film, **wishes)
        if not at_any_price:
            self.must_cost_as_told(change, await self.told_usd(change.film))
        return await self.wait(await self.start_change(change))

    async def told_usd(self, film: Film | str) -> Decimal | None:
        """The price that was told last of a film which waits for approval; None where none is known."""
        from storyreel.library.changes import told_usd

        return await (await self._line()).database.read(told_usd, (await self._known(film)).id)

    def must_cost_as_told(self, change: "Change", told_usd: Decimal | None) -> None:
        """Raises BudgetExceeded for a change that costs more than was told."""
        now = change.quote.expected_usd
        if now == told_usd or (now is not None and told_usd is not None and now < told_usd):
            return
        price, told = (("a price that nobody knows" if usd is None else price_text(usd)) for usd in (now, told_usd))
        asked = f"The film {change.film} costs {price} now; {told} was told. Accept it with "
        message = Advice(asked, Remedy.AT_ANY_PRICE, "; nothing was sent.")
        raise BudgetExceeded(message, budget="told", limit_usd=str(told_usd), needed_usd=str(now))

    async def select(self, film: Film | str, shot: str, take: int | str) -> Film:
        """The film cut anew with another take of a shot, by its number or id; it costs nothing.

        Where some shot has no take, or the film waits for approval, it is chosen and no more.
        Raises InvalidRequest, and as `wait`.
        """
        chosen = await self.start_selection(film, shot, take)
        return await self.wait(chosen) if chosen.state in {FilmState.QUEUED, FilmState.PRODUCING} else chosen

    async def start_selection(self, film: Film | str, shot: str, take: int | str) -> Film:
        """The same, but for waiting: the film as it stands once the take is chosen."""
        from storyreel.production.change import select, shot_named

        line, known = await self._line(), await self._known(film)
        changed = await line.database.write(select, known.id, shot_named(known, shot), str(take), self._now())
        return await line.resume(changed.id) if changed.state is FilmState.QUEUED else changed

    async def lock(self, film: Film | str, *shots: str) -> Film:
        """The film, of which these shots keep their takes whatever changes. Raises InvalidRequest for one that has none."""
        return await self._lock(film, shots, locked=True)

    async def unlock(self, film: Film | str, *shots: str) -> Film:
        """The film, of which these shots may be made again where something changes."""
        return await self._lock(film, shots, locked=False)

    async def locked(self, film: Film | str) -> frozenset[str]:
        """The shots that keep their takes whatever changes."""
        return (await self._standing(film)).locked

    async def stale(self, film: Film | str) -> dict[str, tuple[str, ...]]:
        """The shots whose takes are not what the storyboard asks for any more, each with the fields that changed."""
        from storyreel.production.stale import stale

        return stale(await self._standing(film), self.catalogue)

    async def takes(self, film: Film | str) -> Mapping[str, tuple[Take, ...]]:
        """Every take of each shot, and by `keyframe_of` of each keyframe, the first one first."""
        return (await self._standing(film)).made

    async def cuts(self, film: Film | str) -> tuple[Cut, ...]:
        """Every film that was joined of this one's takes, the first one first; the last is the film as it is."""
        from storyreel.library.cuts import cuts_of

        return tuple(await (await self._line()).database.read(cuts_of, (await self._known(film)).id))

    async def deliver_cut(self, film: Film | str, number: int, output: Path) -> Path:
        """Where that cut of a film was written. Raises InvalidRequest, OutputUnwritable, StoreUnusable."""
        from storyreel.library.cuts import cut_numbered
        from storyreel.orders import output_for
        from storyreel.production.deliver import write_cut

        line, known = await self._line(), await self._known(film)
        path = output_for(output, known.id, Path.cwd())
        cut = await line.database.read(cut_numbered, known.id, number)
        await asyncio.to_thread(write_cut, await line.blobs.fetch(cut.output), path)
        return path

    async def _changed(
        self, what: Kind, standing: "Standing", board: Storyboard, demand: "Demand", wishes: ChangeWishes, called: str = ""
    ) -> "Change":
        """`called`: as a person is told of it where a budget refuses it."""
        order = _ordered(standing.film, board, wishes)
        await self.learn(board, model=order.model, keyframe_model=order.keyframe_model)
        line = await self._line()
        try:
            return await asyncio.to_thread(line.database.read_now, self._plan_change, what, standing, board, order, demand)
        except BudgetExceeded as error:
            raise error.of_change(called or what) from error

    def _plan_change(
        self, connection: "Connection", what: Kind, standing: "Standing", board: Storyboard, order: Order, demand: "Demand"
    ) -> "Change":
        from storyreel.admission import Before, plan_of
        from storyreel.library import changes, ledger
        from storyreel.production.at_hand import made_before
        from storyreel.production.change import Change, aged_all_the_same, reasons_for, remakes_for
        from storyreel.production.prompts_cut import prompts_cut
        from storyreel.production.unread import unread
        from storyreel.providers.port import edition_of

        asked = standing.of(board, order)
        reasons = reasons_for(asked, demand, self.catalogue)
        remakes = remakes_for(asked, reasons, demand)

        def at_hand(board: Storyboard, order: Order) -> frozenset[str]:
            then = asked.of(board, order).wanting(remakes)
            return made_before(connection, then, self.catalogue, edition_of)

        bill = ledger.bill(connection, standing.film.id)
        kept = frozenset(name for name in asked.names if name not in reasons)
        before = Before(kept, bill.reserved_usd + bill.settled_usd)
        ids = [shot.id for shot in standing.film.storyboard.shots]
        plan = plan_of(board, order, self.means(), at_hand, before, ids)
        self._must_be_within_budgets(connection, standing, plan, reasons.keys() - plan.at_hand)
        then = asked.of(plan.storyboard, plan.order)
        short = [note for note in prompts_cut(then.film, self.catalogue) if note.partition(":")[0] in reasons]
        return Change(
            film=standing.film.id,
            what=what,
            storyboard=plan.storyboard,
            order=plan.order,
            remakes=remakes,
            reasons=reasons,
            stays=aged_all_the_same(then, reasons, self.catalogue),
            at_hand=plan.at_hand,
            gone=tuple(id for id in ids if all(id != shot.id for shot in plan.storyboard.shots)),
            quote=plan.quote,
            notes=(*plan.notes, *short, *unread(standing.film.storyboard, then.film, self.catalogue)),
            after=changes.change_number(connection, standing.film.id),
        )

    def _must_be_within_budgets(
        self, connection: "Connection", standing: "Standing", plan: "Plan", wanted: Collection[str]
    ) -> None:
        """Raises BudgetExceeded where what is to be made would pass a budget that counts other films too."""
        from storyreel.estimate import pieces_of
        from storyreel.library import ledger

        film = standing.film
        calls = [
            (Key(film=film.id, shot=one.shot, take=standing.last_number(one.shot) + 1, route=one.route), one.price_usd)
            for one in pieces_of(plan, self.means(), wanted)
        ]
        free = plan.order.allow_unpriced
        ledger.must_fit_all(connection, film, calls, self.settings.budgets, self._now(), allow_unpriced=free)

    async def _lock(self, film: Film | str, shots: tuple[str, ...], *, locked: bool) -> Film:
        from storyreel.production.change import lock, shot_named

        line, known = await self._line(), await self._known(film)
        ids = tuple(shot_named(known, shot) for shot in shots)
        return await line.database.write(lock, known.id, ids, self._now(), locked=locked)

    async def _standing(self, film: Film | str) -> "Standing":
        from storyreel.production.standing import standing_of

        return await (await self._line()).database.read(standing_of, (await self._known(film)).id)

    @abstractmethod
    async def wait(self, film: Film | str) -> Film:
        """The film once it has ended. Raises the StoryreelError that ended it, if one did."""


def _with_shot(board: Storyboard, id: str, changed: Mapping[str, object]) -> Storyboard:
    """The storyboard with one shot changed."""

    def redone(shot: Shot) -> Shot:
        return shot.model_copy(update=changed) if shot.id == id else shot

    scenes = tuple(scene.model_copy(update={"shots": tuple(map(redone, scene.shots))}) for scene in board.scenes)
    return board.model_copy(update={"scenes": scenes})


def _by_another_model(standing: "Standing", board: Storyboard) -> list[str]:
    """The shots for which a storyboard names another model than it did, and than made them; locked ones stay."""
    before = {shot.id: shot.model for shot in standing.film.storyboard.shots}
    found: list[str] = []
    for shot in board.shots:
        take, wanted = standing.chosen.get(shot.id), shot.model or standing.film.order.model
        if take is not None and shot.id not in standing.locked and before.get(shot.id) != shot.model:
            found += [] if wanted in {take.model, take.route} else [shot.id]
    return found


def _ordered(film: Film, board: Storyboard, wishes: ChangeWishes) -> Order:
    """The film's order, with what is wished otherwise, in the storyboard's shape. Raises InvalidRequest."""
    order = film.order.model_copy(update={"allow_unpriced": film.order.allow_unpriced or wishes.get("allow_unpriced", False)})
    if (budget := budget_for(wishes.get("budget"))) is not None:
        order = order.model_copy(update={"budget_usd": budget})
    if board.aspect == film.storyboard.aspect:
        return order
    lines = min(order.size.width_px, order.size.height_px)
    return order.model_copy(update={"size": wished_size({"aspect": board.aspect, "resolution": f"{lines}p"})})
