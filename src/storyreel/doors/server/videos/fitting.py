"""Which of the videos that wait the line is handed now: no provider that is slow, and no caller with many, has every place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from storyreel.library.videos import Video

MOST_AT_ONCE = 128  # videos that the line has and that have not ended
OF_PROVIDER, OF_USER = 96, 64  # of those


def provider_of(route: str) -> str:
    """Whose API makes it: of "kling-2.5-turbo@replicate", replicate."""
    return route.rpartition("@")[2]


def fitting(waiting: Iterable[Video], taken: Mapping[tuple[str, str], int]) -> Iterator[Video]:
    """Those of the waiting, in their order, for which there is a place. `taken`: how many are, by user and route."""
    providers, users = Counter[str](), Counter[str]()
    for (user, route), count in taken.items():
        providers[provider_of(route)] += count
        users[user] += count
    for video in waiting:
        provider = provider_of(video.route)
        has_place = providers[provider] < OF_PROVIDER and users[video.user] < OF_USER
        if has_place and providers.total() < MOST_AT_ONCE:
            providers[provider] += 1
            users[video.user] += 1
            yield video
