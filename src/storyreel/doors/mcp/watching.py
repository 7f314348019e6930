"""Resources that changed, told to who asked for it: in a stream of his own, or, to older clients, by subscription."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from typing import TypeAlias

from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler, ResourcesListChanged, ResourceUpdated, ServerEvent
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    EmptyResult,
    SubscribeRequestParams,
    SubscriptionsListenRequestParams,
    SubscriptionsListenResult,
    UnsubscribeRequestParams,
)

from storyreel.domain.errors import StoreUnusable
from storyreel.domain.events import Event, FilmChanged, FilmQueued, FilmReady, TakeReady, TakeSelected
from storyreel.doors.mcp.addresses import Address, address_of
from storyreel.doors.mcp.client import Client, Request, connection_of
from storyreel.doors.mcp.extras import Extras
from storyreel.doors.server.desk import Desk
from storyreel.production.news import settled_now

Publish: TypeAlias = Callable[[ServerEvent], Awaitable[None]]


class Watching:
    """Follows the films of whoever listens."""

    def __init__(self, desk: Desk, extras: Extras) -> None:
        self._desk, self._extras = desk, extras
        self._streams: set[ListenHandler] = set()

    async def listen(
        self, client: Client, request: Request, params: SubscriptionsListenRequestParams
    ) -> SubscriptionsListenResult:
        """A stream of what changed in the client's films, until it goes. Raises TooManyStreams."""
        bus = InMemorySubscriptionBus()
        stream = ListenHandler(bus)
        async with self._following(client, bus.publish):
            self._streams.add(stream)
            try:
                return await stream(request, params)
            finally:
                self._streams.discard(stream)

    async def subscribe(self, client: Client, request: Request, params: SubscribeRequestParams) -> EmptyResult:
        """Tell of a resource until the connection ends. Raises MCPError, TooManyStreams, NotFound."""
        address = address_of(params.uri)
        if self._extras.at(params.uri) is not None:
            return EmptyResult()  # it never changes
        if address is None:
            raise MCPError(INVALID_PARAMS, f"There is no resource {params.uri!r}.", {"uri": params.uri})
        await self._desk.film(client.caller, address.film)
        session, wanted = request.session, str(address)

        async def publish(event: ServerEvent) -> None:
            if isinstance(event, ResourceUpdated) and event.uri == wanted:
                await session.send_resource_updated(params.uri)

        kept = _subscriptions(request)
        if params.uri not in kept:
            async with AsyncExitStack() as begun:
                await begun.enter_async_context(self._following(client, publish))
                kept[params.uri] = begun.pop_all()
        return EmptyResult()

    async def unsubscribe(self, _client: Client, request: Request, params: UnsubscribeRequestParams) -> EmptyResult:
        """Tell no more of it."""
        if (subscription := _subscriptions(request).pop(params.uri, None)) is not None:
            await subscription.aclose()
        return EmptyResult()

    def close(self) -> None:
        """End every stream, as one ends that is meant to."""
        for stream in self._streams:
            stream.close()

    @asynccontextmanager
    async def _following(self, client: Client, publish: Publish) -> AsyncGenerator[None]:
        """While the block runs, what happens to a client's films is told to `publish`. Raises TooManyStreams."""
        with self._desk.streams.place(client.caller.name):
            after = await settled_now(self._desk.database)
            telling = asyncio.ensure_future(self._tell(client.user, after, publish))
            try:
                yield
            finally:
                telling.cancel()

    async def _tell(self, user: str, after: int, publish: Publish) -> None:
        try:
            async with aclosing(self._desk.studio.events_of(user, after)) as told:
                async for event in told:
                    for change in changes(event):
                        await publish(change)
        except StoreUnusable as error:
            self._desk.observer.warn("events.broken", message=str(error))


def changes(event: Event) -> list[ServerEvent]:
    """The resources that an event changed."""
    film, fact = event.film, event.fact
    told: list[ServerEvent] = [ResourceUpdated(str(Address(film)))]
    match fact:
        case FilmQueued():
            told.append(ResourcesListChanged())
        case FilmChanged():
            told.append(ResourceUpdated(str(Address(film, "storyboard"))))
        case TakeReady() | TakeSelected():
            told.append(ResourceUpdated(str(Address(film, "frame.png", fact.shot))))
            told.append(ResourceUpdated(str(Address(film, "sheet.jpg"))))
        case FilmReady():
            told.append(ResourceUpdated(str(Address(film, "film.mp4"))))
            told.append(ResourcesListChanged())
        case _:
            pass
    return told


def _subscriptions(request: Request) -> dict[str, AsyncExitStack]:
    """Those of a connection, which end with it."""
    connection = connection_of(request)
    kept: dict[str, AsyncExitStack] | None = connection.state.get("subscriptions")
    if kept is None:
        kept = connection.state["subscriptions"] = {}
        connection.exit_stack.push_async_callback(_end, kept)
    return kept


async def _end(kept: dict[str, AsyncExitStack]) -> None:
    for subscription in kept.values():
        await subscription.aclose()
