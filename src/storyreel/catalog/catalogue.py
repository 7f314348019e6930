"""The catalogue: models found by name, routes to them, and what each can do."""

from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches

from storyreel.domain.errors import InvalidRequest, UnknownModel
from storyreel.domain.model import Medium, Model, Route, RouteStatus
from storyreel.domain.values import Value

NEAREST = 3
"""Names that are told for one that is not there."""
LIKE, ALL_BUT_NAMED = 0.55, 0.8
"""How much of a name must be another's to be meant by it."""

Usable = Callable[[Route], bool]
"""Whether this installation can use a way: it has the key."""


class Catalogue(Value):
    """Every model we know, in the order in which it is shown."""

    models: tuple[Model, ...]

    def model(self, name: str) -> Model:
        """The model of that id; of 'huggingface:Wan-AI/Wan2.2-T2V-A14B' the entry `huggingface`, as that one.

        Raises UnknownModel, which tells the nearest ids.
        """
        entry, _, theirs = name.partition(":")
        for model in self.models:
            if model.id == name:
                return model
            if model.id == entry and model.by_name and theirs:
                routes = tuple(route.model_copy(update={"remote_name": theirs}) for route in model.routes)
                return model.model_copy(update={"id": name, "title": f"{theirs} ({model.title})", "routes": routes})
        raise UnknownModel(name, nearest=self._nearest(name))

    def route(self, name: str, today: date, usable: "Usable" = lambda _: True) -> tuple[Model, Route]:
        """The model and the way to it that 'model' or 'model@provider' names: the first open one, a `usable` one before others.

        Raises UnknownModel, InvalidRequest where the name stands for many, and RouteClosed where every way is shut.
        """
        id, by, provider = name.partition("@")
        model = self.model(id)
        routes = [route for route in model.routes if not by or provider == route.provider]
        if not routes:
            raise UnknownModel(name, nearest=[f"{model.id}@{route.provider}" for route in model.routes])
        if model.by_name and ":" not in model.id:
            raise InvalidRequest(f"{id!r} stands for many models; name one, like {id}:owner/name.", field="model")
        ways = [route for route in routes if is_open(route, today)]
        found = next((route for route in ways if usable(route)), ways[0] if ways else routes[0])
        found.must_be_open(today, f"{model.id}@{found.provider}")
        return narrowed(model, found), found

    def known_route(self, name: str) -> tuple[Model, Route]:
        """The model and route that 'model@provider' names, open or not: what was sent before it closed still comes home.

        Raises UnknownModel.
        """
        id, _, provider = name.partition("@")
        model = self.model(id)
        route = next((route for route in model.routes if route.provider == provider), None)
        if route is None:
            raise UnknownModel(name, nearest=[f"{model.id}@{route.provider}" for route in model.routes])
        return narrowed(model, route), route

    def is_by_name(self, name: str) -> bool:
        """Whether that names a model which its provider alone knows: 'openrouter:google/veo-3.1'."""
        entry, _, theirs = name.partition("@")[0].partition(":")
        return bool(theirs) and any(model.id == entry and model.by_name for model in self.models)

    def search(self, text: str = "", medium: Medium | None = None, *, open_on: date | None = None) -> Iterator[Model]:
        """Models whose id, title or providers hold every word of `text`; with `open_on`, those that can be used that day."""
        words = text.lower().split()
        for model in self.models:
            hay = " ".join([model.id, model.title, model.family, *(route.provider for route in model.routes)]).lower()
            if medium not in {None, model.medium} or not all(word in hay for word in words):
                continue
            if open_on is None or any(is_open(route, open_on) for route in model.routes):
                yield model

    def found(self, text: str) -> list[Model]:
        """What `search` finds. Raises UnknownModel where that is nothing."""
        if found := list(self.search(text)):
            return found
        raise UnknownModel(text, nearest=self._nearest(text))

    def drawn_by(self) -> Model:
        """The model that draws by itself, here and for nothing."""
        return next(model for model in self.models if model.built_in and model.medium is Medium.VIDEO)

    def _nearest(self, name: str) -> list[str]:
        """Ids in which a word begins so, otherwise those that are like it; an entry for others' models where it is meant."""
        ids, entries = ([model.id for model in self.models if model.by_name is by_name] for by_name in (False, True))
        wanted = name.lower()
        like = [id for id in ids if wanted and f"-{wanted}" in f"-{id}"] or get_close_matches(wanted, ids, n=NEAREST, cutoff=LIKE)
        meant = get_close_matches(wanted.partition(":")[0], entries, n=1, cutoff=ALL_BUT_NAMED)
        return like[:NEAREST] or [f"{entry}:owner/name" for entry in meant]


def is_open(route: Route, today: date) -> bool:
    """Whether a route can be used on that day."""
    return route.status is not RouteStatus.CLOSED and (route.until is None or today < route.until)


def narrowed(model: Model, route: Route) -> Model:
    """The model as this way offers it: some ways can do less."""
    less = ("modes", "resolutions", "aspects", "durations", "negative_prompt")
    narrower = {name: value for name in less if (value := getattr(route, name)) is not None}
    return model.model_copy(update={"limits": model.limits.model_copy(update=narrower)}) if narrower else model
