"""Planning: what a film would be, by what it would be made, for how much. Nothing is started; only a language model costs."""

import asyncio
import math
import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from storyreel.accounts import Account, accounts_of, environment_here
from storyreel.catalog.catalogue import Catalogue
from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import LOCAL, Film, FilmState, Order, Writing
from storyreel.domain.model import Durations, Mode, Quote
from storyreel.domain.money import Budgets
from storyreel.domain.storyboard import Finding, Storyboard
from storyreel.domain.values import ANY_PICTURE
from storyreel.library.home import Home
from storyreel.orders import FilmWishes, Pictures, StoryWishes, brief_for, model_of, must_be_wishes, order_for, told_shape
from storyreel.settings import LogLevel, Settings, settings_of_environment

if TYPE_CHECKING:
    from storyreel.admission import Means, Plan
    from storyreel.catalog.learnt import Learnt
    from storyreel.listing import Checked
    from storyreel.observing.observer import Observer, Sink
    from storyreel.production.sharing import Sharing
    from storyreel.writing.llm import Written
    from storyreel.writing.references import Reading

USUAL_LENGTH_S = 8.0
"""How long a film from references is where nothing says so."""

LEAST_SHOT_S = 0.5

LEAST_USD = Decimal("0.000001")
"""The smallest sum that the ledger keeps: what is not free costs it at least."""

LEARNT_LIFE = timedelta(minutes=5)
"""How long what a provider told of a model is believed."""


class Planner:
    """The part of a studio that only plans."""

    def __init__(
        self,
        home: Path | None = None,
        *,
        settings: Settings | None = None,
        accounts: Mapping[str, Account] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings or settings_of_environment()
        self.accounts = {**accounts_of(environment_here()), **(accounts or {})}
        self._home = home or self.settings.home
        self._now = now
        self._catalogue: Catalogue | None = None
        self._learnt: dict[str, tuple[datetime, Learnt]] = {}

    @property
    def catalogue(self) -> Catalogue:
        """The models that are known. Raises CatalogueInvalid."""
        if self._catalogue is None:
            self._catalogue = load_catalogue(self.settings.catalogue or self.home.root / "models")
        return self._catalogue

    @property
    def today(self) -> date:
        """The day, by which models open and close."""
        return self._now().date()

    @property
    def home(self) -> Home:
        """Where everything is kept; asking makes nothing."""
        return Home(self._home.expanduser().absolute()) if self._home else Home.find(os.environ)

    @property
    def sharing(self) -> "Sharing":
        """The stores beside the home folder."""
        from storyreel.production.sharing import Sharing

        database = self.settings.database
        return Sharing(
            database=database.get_secret_value() if database else None,
            blobs=self.settings.blobs,
            lease=timedelta(seconds=self.settings.lease),
            kept_days=self.settings.keep_history,
            environ=environment_here(),
        )

    @property
    def shared_by(self) -> str:
        """The address of the database that workers share, without its password; empty where none is set."""
        from storyreel.library.postgres import Postgres

        sharing = self.sharing
        return str(Postgres.at(sharing.database).where) if sharing.database and sharing.by_workers else ""

    def observe(self, *sinks: "Sink", usual: LogLevel = LogLevel.OFF) -> "Observer":
        """What the line tells what it does, as the settings and the usual OTEL_ variables say. Raises InvalidRequest."""
        from storyreel.observing.start import start_observing

        return start_observing(self.settings, self.accounts, environment_here(), *sinks, usual=usual)

    async def storyboard(self, text: str, **wishes: Unpack[StoryWishes]) -> Storyboard:
        """The storyboard of a prompt or a script. Raises what `write` raises."""
        return (await self.write(text, **wishes)).storyboard

    async def write(self, text: str, **wishes: Unpack[StoryWishes]) -> "Written":
        """The storyboard of a prompt or a script, what to look at in it, and what a language model took for it.

        Raises InvalidRequest; with a language model BudgetExceeded where the day's budget is spent, AuthenticationFailed,
        InsufficientCredit. What else fails there is a warning.
        """
        from storyreel.writing import lint, write_storyboard
        from storyreel.writing.llm import Spent, Written, improve_continuity, write_with_model

        must_be_wishes(StoryWishes, wishes)
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance] - Python may be told anything
            raise InvalidRequest(f"A story is text; {text!r} was given.", field="text")
        writer, brief = wishes.get("writer") or self.settings.writer, brief_for(wishes)
        if writer == "rules":
            board = await asyncio.to_thread(write_storyboard, text, brief)
            return Written(storyboard=board, warnings=lint(board), spent=Spent(model=""))
        await asyncio.to_thread(self._must_have_room)
        account = self.accounts["openai"]
        first = await write_with_model(text, brief, account=account, model=writer)
        second = await improve_continuity(first.storyboard, account=account, model=writer)
        warnings = (*first.warnings, *second.warnings)
        return Written(storyboard=second.storyboard, warnings=warnings, spent=first.spent + second.spent)

    def _must_have_room(self) -> None:
        """Raises BudgetExceeded where today's budget is spent; what a language model takes is known only once it has written."""
        budgets, url = Budgets(day_usd=self.settings.budgets.day_usd), self.sharing.database
        if budgets.day_usd is None or (url is None and budgets.day_usd > 0 and not self.home.database_path.exists()):
            return
        from storyreel.library.accepted import must_fit
        from storyreel.library.database import Database

        if url is None:
            self.home.create()
        with Database.open(url or self.home.database_url) as database:
            database.read_now(must_fit, LOCAL, None, LEAST_USD, budgets, self._now(), allow_unpriced=True)

    def lint(self, storyboard: Storyboard) -> tuple[Finding, ...]:
        """Where a storyboard breaks the grammar of film."""
        from storyreel.writing import lint

        return lint(storyboard)

    def plan(self, storyboard: Storyboard, **wishes: Unpack[FilmWishes]) -> "Plan":
        """What a film of this storyboard would be made by, and its price in US dollars. Raises what `plan_of` raises.

        Shots that are in the store already are not in the price; with references, `Studio.plan_film` knows them.
        """
        must_be_wishes(FilmWishes, wishes)
        pictures = Pictures(references=tuple(ANY_PICTURE for _ in wishes.get("references", ())))
        return self._planned(storyboard, wishes, pictures)

    def board_of(self, reading: "Reading", prompt: str = "", **wishes: Unpack[FilmWishes]) -> Storyboard:
        """The storyboard of references as they were read, or as a person edited their prompt.

        One shot, or as many as the length needs, each going on where the last one ended. Raises as `plan`.
        """
        from storyreel.catalog.fit import longest_s
        from storyreel.writing.references import board_of_reading

        model, _ = self.means().way(model_of(wishes, self.settings.model))
        length = wishes.get("length") or wishes.get("seconds") or USUAL_LENGTH_S
        longest = longest_s(model.limits.durations, Mode.REFERENCES)
        shots = wishes.get("shots") or max(1, math.ceil(length / longest))
        return board_of_reading(
            reading,
            prompt=prompt or reading.prompt,
            seconds=_lengths(length, shots, model.limits.durations),
            aspect=wishes.get("aspect") or "16:9",
        )

    def quote(self, storyboard: Storyboard, **wishes: Unpack[FilmWishes]) -> Quote:
        """What a film of this storyboard would cost, in US dollars, and take, in seconds. Raises what `plan` raises."""
        return self.plan(storyboard, **wishes).quote

    def _planned(self, storyboard: Storyboard, wishes: FilmWishes, pictures: Pictures) -> "Plan":
        """The plan of a storyboard, these wishes and pictures. Raises what `plan_of` raises, StoreUnusable."""
        from storyreel.admission import plan_of
        from storyreel.production.prompts_cut import prompts_cut

        order = order_for(wishes, default_model=self.settings.model, aspect=storyboard.aspect, pictures=pictures)
        plan = plan_of(storyboard, order, self.means(), self._at_hand)
        notes = (
            *told_shape(wishes, plan.order),
            *plan.notes,
            *prompts_cut(self._film(plan.storyboard, plan.order), self.catalogue),
        )
        return plan.model_copy(update={"notes": notes})

    def _at_hand(self, storyboard: Storyboard, order: Order) -> frozenset[str]:
        """The shots and keyframes of a planned film that are made already. Raises StoreUnusable."""
        url = self.sharing.database
        if url is None and not self.home.database_path.exists():
            return frozenset()
        from storyreel.library.database import Database
        from storyreel.production.at_hand import made_before
        from storyreel.production.standing import Standing
        from storyreel.providers.port import edition_of

        with Database.open(url or self.home.database_url) as database:
            return database.read_now(made_before, Standing(self._film(storyboard, order)), self.catalogue, edition_of)

    def _film(self, storyboard: Storyboard, order: Order) -> Film:
        """The film as it would be, with no id of its own."""
        return Film(
            id="planned", title=storyboard.title, state=FilmState.QUEUED, storyboard=storyboard, order=order, created=self._now()
        )

    def means(self) -> "Means":
        """The models, accounts and day that a plan chooses from."""
        from storyreel.admission import Means

        learnt = {name: known for name, (_, known) in self._learnt.items()}
        return Means(self.catalogue, self.accounts, self.today, learnt, self.settings.budgets)

    async def learn(self, storyboard: Storyboard, **wishes: Unpack[FilmWishes]) -> None:
        """Ask the providers what the models can do that the catalogue knows by name only; `plan` then fits to it. Free.

        Raises UnknownModel, which names what there is; AuthenticationFailed, ProviderUnavailable, RateLimited.
        """
        from storyreel.listing import learn

        must_be_wishes(FilmWishes, wishes)
        named = (model_of(wishes, self.settings.model), wishes.get("keyframe_model"), *(shot.model for shot in storyboard.shots))
        for name in dict.fromkeys(name for name in named if name and self.catalogue.is_by_name(name)):
            _, route = self.means().way(name)
            model = self.catalogue.model(name.partition("@")[0])
            way, now = f"{model.id}@{route.provider}", self._now()
            if way not in self._learnt or now - self._learnt[way][0] > LEARNT_LIFE:
                self._learnt[way] = now, await learn(model, route, self.accounts, self.home.root / "work")

    async def check_models(self, search: str = "") -> tuple["Checked", ...]:
        """The catalogue's open routes against what their providers say today, where a key is there; free. Raises UnknownModel."""
        from storyreel.listing import compare, open_ways

        ways = open_ways(self.catalogue.found(search), self.today)
        return await compare(ways, self.accounts, self.home.root / "work")


def _lengths(length_s: float, shots: int, durations: Durations) -> list[float]:
    """Of each shot of a film from references: the first as long as they make it, the others what is left of the film."""
    from storyreel.catalog.fit import fitted_seconds, longest_s

    longest = longest_s(durations, Mode.REFERENCES)
    even = min(length_s / shots, longest)
    if shots == 1:
        return [even]
    first = fitted_seconds(durations, even, Mode.REFERENCES)
    left = min(max(LEAST_SHOT_S, (length_s - first) / (shots - 1)), longest)
    return [first] + [left] * (shots - 1)


def writing_of(written: "Written") -> Writing | None:
    """What a language model took for a storyboard; None where the rules wrote it."""
    spent = written.spent
    if not spent.requests:
        return None
    warnings = tuple(f"{finding.message} {finding.remedy}".strip() for finding in written.warnings)
    return Writing(
        model=spent.model, tokens_in=spent.tokens_in, tokens_out=spent.tokens_out, cost_usd=spent.cost_usd, warnings=warnings
    )
