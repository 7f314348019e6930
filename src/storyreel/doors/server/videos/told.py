"""Videos and errors in the words of OpenAI's Videos API: all 13 keys always, four states, `{"error": {...}}`."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.responses import JSONResponse, Response

from storyreel.domain.film import FilmState
from storyreel.domain.values import JSON
from storyreel.doors.server.problems import Problem
from storyreel.doors.server.remedies import as_kept
from storyreel.library.videos import Standing

STATES = {
    None: "queued",
    FilmState.QUEUED: "queued",
    FilmState.AWAITING_APPROVAL: "queued",
    FilmState.PRODUCING: "in_progress",
    FilmState.READY: "completed",
    FilmState.FAILED: "failed",
    FilmState.CANCELLED: "failed",
    FilmState.NEEDS_ATTENTION: "failed",
}
BEGUN, NEARLY = 1, 99  # per cent, while a video is made

KINDS = {
    HTTPStatus.PAYMENT_REQUIRED: "insufficient_quota",
    HTTPStatus.TOO_MANY_REQUESTS: "requests",
}
"""The `type` of an error, where it is neither a wrong request nor a fault of ours."""
CODES = {"key_missing": "invalid_api_key", "key_unknown": "invalid_api_key", "unknown_model": "model_not_found"}
"""Errors that OpenAI has a code of its own for."""


def video_json(standing: Standing) -> dict[str, JSON]:
    """A video as it stands; what is ours beside the 13 keys is under `metadata`."""
    video = standing.video
    status = "failed" if video.error_code else STATES[standing.state]
    code = video.error_code or standing.error_code or ("cancelled" if standing.state is FilmState.CANCELLED else None)
    message = as_kept(video.error or standing.error or "It was cancelled.", video.film or video.id)
    return {
        "id": video.id,
        "object": "video",
        "model": video.model,
        "status": status,
        "progress": _progress(status, standing.progress),
        "created_at": int(video.created.timestamp()),
        "completed_at": int(standing.ended.timestamp()) if standing.ended and status == "completed" else None,
        "expires_at": None,
        "prompt": video.prompt,
        "size": video.size,
        "seconds": f"{video.seconds:g}",
        "remixed_from_video_id": video.remixed_from,
        "error": {"code": code or "error", "message": message} if status == "failed" else None,
        "metadata": {
            "route": video.route,
            "price_usd": None if video.quote_usd is None else float(video.quote_usd),
            "film": video.film if standing.state else None,
            "notes": list(video.notes),
        },
    }


def _progress(status: str, told: float | None) -> int:
    if status == "in_progress":
        return min(NEARLY, max(BEGUN, round(100 * (told or 0))))
    return 100 if status == "completed" else 0


def page_json(standings: Sequence[Standing], *, has_more: bool) -> dict[str, JSON]:
    """Some videos, in their order."""
    ids = [standing.video.id for standing in standings]
    return {
        "object": "list",
        "data": [video_json(standing) for standing in standings],
        "first_id": ids[0] if ids else None,
        "last_id": ids[-1] if ids else None,
        "has_more": has_more,
    }


def deleted_json(video: str) -> dict[str, JSON]:
    """That a video is not there any more."""
    return {"id": video, "object": "video.deleted", "deleted": True}


def error_answer(problem: Problem, headers: Mapping[str, str]) -> Response:
    """A problem in OpenAI's shape; a request that cannot be used is a 400 there."""
    status = HTTPStatus(problem.status)
    status = HTTPStatus.BAD_REQUEST if status is HTTPStatus.UNPROCESSABLE_ENTITY else status
    kind = KINDS.get(status, "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error")
    told: JSON = {
        "message": problem.detail,
        "type": kind,
        "param": problem.field,
        "code": CODES.get(problem.code, problem.code),
    }
    return JSONResponse({"error": told}, status_code=status, headers=dict(headers))
