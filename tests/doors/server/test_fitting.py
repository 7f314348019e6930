"""Which videos the line is handed: as many as it has places, none of which a slow provider or one caller has all of."""

from collections import Counter

from storyreel.doors.server.videos.fitting import MOST_AT_ONCE, OF_PROVIDER, OF_USER, fitting
from tests.doors.server.test_videos import left_behind


def test_neither_a_slow_provider_nor_a_caller_with_many_has_every_place() -> None:
    wanted = [("ann", "a@slow")] * 200 + [("bob", "a@slow")] * 200 + [("ann", "b@quick")] * 9 + [("eve", "b@quick")] * 200
    waiting = [
        left_behind(f"video_{number}").model_copy(update={"user": user, "route": route})
        for number, (user, route) in enumerate(wanted)
    ]

    chosen = Counter((video.user, video.route) for video in fitting(waiting, {}))
    then = Counter((video.user, video.route) for video in fitting(waiting, chosen - Counter({("bob", "a@slow"): 5})))

    slow = OF_PROVIDER - OF_USER
    assert chosen == {("ann", "a@slow"): OF_USER, ("bob", "a@slow"): slow, ("eve", "b@quick"): MOST_AT_ONCE - OF_PROVIDER}
    assert then == {("bob", "a@slow"): 5}
