"""The client functions of the earlier service of single films: upload a picture, ask for a film, wait for it.

They ask a running server (`storyreel serve`): STORYREEL_SERVER, with STORYREEL_API_KEY where it needs a key.
"""

import json
import time
from collections.abc import Callable
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from storyreel.domain.errors import InvalidRequest, ProviderUnavailable, StoryreelError, TimedOut, restored
from storyreel.domain.values import JSON
from storyreel.settings import settings_of_environment

ANSWER_S = 60.0
INTERVAL_S = 5.0


def upload_image(data: bytes, name: str = "image.jpg") -> dict[str, JSON]:
    """A picture's attachment, for `create_video_task`. Raises MediaUnusable, ProviderUnavailable where no server answers."""
    path = f"/api/file/upload?{urlencode({'file_type': 2, 'file_name': name})}"
    return _asked(path, data, "application/octet-stream")


def create_video_task(
    prompt: str, attachment: dict[str, JSON] | None = None, *, image_url: str | None = None, guest: bool = False, **wishes: JSON
) -> dict[str, JSON]:
    """What was accepted: `conversation_id`, `message_id`, `estimated_time`. `wishes`: model, seconds, size.

    Raises the error that the server tells, ProviderUnavailable where none answers.
    """
    told: dict[str, JSON] = {"prompt": prompt, "guest": guest, **wishes}
    told |= {"image_attachment": attachment} if attachment else {}
    told |= {"image_url": image_url} if image_url else {}
    return _asked("/api/video-gen/generate", json.dumps(told).encode(), "application/json")


def check_video_status(conversation_id: str, message_id: str) -> dict[str, JSON]:
    """The film as it stands: `status`, `video_urls`, `error`. Raises as `create_video_task`."""
    ids = urlencode({"conversation_id": conversation_id, "message_id": message_id})
    task = _asked(f"/api/video-gen/status?{ids}")["task"]
    return task if isinstance(task, dict) else {}


def wait_for_video(
    conversation_id: str,
    message_id: str,
    max_wait_minutes: float = 20,
    *,
    interval_s: float = INTERVAL_S,
    on_progress: Callable[[str], None] | None = None,
) -> list[str]:
    """The finished film's addresses. `on_progress` hears each new status.

    Raises TimedOut (the film goes on), the error that ended it, and as `create_video_task`.
    """
    until, before = time.monotonic() + 60 * max_wait_minutes, ""
    while True:
        task = check_video_status(conversation_id, message_id)
        status = str(task.get("status"))
        if status != before and on_progress is not None:
            on_progress(status)
        before = status
        if status == "completed":
            urls = task.get("video_urls")
            return [str(url) for url in urls] if isinstance(urls, list) else []
        if status == "failed":
            raise restored("error", str(task.get("error") or "The film failed."))
        if time.monotonic() + interval_s > until:
            raise TimedOut(f"The film {message_id}", after_s=60 * max_wait_minutes)
        time.sleep(interval_s)


def _asked(path: str, body: bytes | None = None, media_type: str = "") -> dict[str, JSON]:
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
