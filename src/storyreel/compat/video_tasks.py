"""The client functions of the earlier service of single films: upload a picture, ask for a film, wait for it.

They ask a running server (`storyreel serve`): STORYREEL_SERVER, with STORYREEL_API_KEY where it needs a key.
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from storyreel.domain.errors import InvalidRequest, ProviderUnavailable, StoryreelError, TimedOut, restored
from storyreel.domain.values import JSON
from storyreel.settings import settings_of_environment

ANSWER_S = 60.0
FIRST_S, GROWTH, MOST_S = 0.1, 1.5, 10.0  # between looks: soon at first, then ever more patient


def upload_image(data: bytes, name: str = "image.jpg") -> dict[str, Any]:
    """A picture's attachment, for `create_video_task`. Raises MediaUnusable, ProviderUnavailable where no server answers."""
    path = f"/api/file/upload?{urlencode({'file_type': 2, 'file_name': name})}"
    return _asked(path, data, "application/octet-stream")


def create_video_task(
    prompt: str, attachment: Mapping[str, Any] | None = None, *, image_url: str | None = None, guest: bool = False, **wishes: JSON
) -> dict[str, Any]:
    """What was accepted: `conversation_id`, `message_id`, `estimated_time`. `wishes`: model, seconds, size.

    Raises the error that the server tells, ProviderUnavailable where none answers.
    """
    told: dict[str, JSON] = {"prompt": prompt, "guest": guest, **wishes}
    told |= {"image_attachment": dict(attachment)} if attachment else {}
    told |= {"image_url": image_url} if image_url else {}
    return _asked("/api/video-gen/generate", json.dumps(told).encode(), "application/json")


def check_video_status(conversation_id: str, message_id: str) -> dict[str, Any]:
    """The film as it stands: `status`, `video_urls`, `error`. Raises as `create_video_task`."""
    ids = urlencode({"conversation_id": conversation_id, "message_id": message_id})
    return _asked(f"/api/video-gen/status?{ids}")["task"]


def wait_for_video(
    conversation_id: str,
    message_id: str,
    max_wait_minutes: float = 20,
    *,
    interval_s: float = MOST_S,
    on_progress: Callable[[str], None] | None = None,
) -> list[str]:
    """The finished film's addresses. `interval_s`: the longest wait between looks; `on_progress` hears each new status.

    Raises TimedOut (the film goes on), the error that ended it, and as `create_video_task`.
    """
    until, before, wait_s = time.monotonic() + 60 * max_wait_minutes, "", min(FIRST_S, interval_s)
    while True:
        task = check_video_status(conversation_id, message_id)
        status: str = task["status"]
        if status != before and on_progress is not None:
            on_progress(status)
        before = status
        if status == "completed":
            return list(task["video_urls"])
        if status == "failed":
            raise restored("error", task["error"] or "The film failed.")
        if time.monotonic() + wait_s > until:
            raise TimedOut(f"The film {message_id}", after_s=60 * max_wait_minutes)
        time.sleep(wait_s)
        wait_s = min(wait_s * GROWTH, interval_s)


def _asked(path: str, body: bytes | None = None, media_type: str = "") -> dict[str, Any]:
    """What the server answers. Raises the error that it tells."""
    settings = settings_of_environment()
    server = settings.server.rstrip("/")
    if urlsplit(server).scheme not in {"http", "https"}:
        raise InvalidRequest(f"STORYREEL_SERVER cannot be {server!r}: it begins with http:// or https://.", field="server")
    headers = {"Content-Type": media_type} if media_type else {}
    if settings.api_key is not None:
        headers["Authorization"] = f"Bearer {settings.api_key.get_secret_value()}"
    request = Request(server + path, data=body, headers=headers)  # noqa: S310  http or https, as was seen to
    try:
        with urlopen(request, timeout=ANSWER_S) as answer:  # noqa: S310
            return json.loads(answer.read())
    except HTTPError as error:
        raise _told(server, error) from error
    except (URLError, OSError, ValueError) as error:
        detail = f"{getattr(error, 'reason', error)}; start it by `storyreel serve`, or set STORYREEL_SERVER"
        raise ProviderUnavailable(provider=server, detail=detail) from error


def _told(server: str, error: HTTPError) -> StoryreelError:
    """The error that the server's problem tells."""
    try:
        problem: dict[str, JSON] = json.loads(error.read())
        return restored(str(problem["code"]), str(problem["detail"]))
    except (ValueError, KeyError, TypeError):
        return ProviderUnavailable(provider=server, detail=f"HTTP {error.code}")
