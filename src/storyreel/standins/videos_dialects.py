"""How servers that speak /v1/videos differ, as data: OpenAI's own as it was, vLLM-Omni, SGLang, LiteLLM, new-api."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.faults import Fault
from storyreel.standins.jobs import Job, Life
from storyreel.standins.openai_refusals import refused_body
from storyreel.standins.refusals import STATUS, Refusal, Refused

STATES = {
    Life.QUEUED: "queued",
    Life.RUNNING: "in_progress",
    Life.DONE: "completed",
    Life.FAILED: "failed",
    Life.CANCELLED: "failed",
    Life.UNKNOWN: "unknown",
}
SIZES = ("720x1280", "1280x720", "1024x1792", "1792x1024")
SECONDS = ("4", "8", "12")


class Delete(StrEnum):
    """What DELETE does to a job."""

    FINISHED = "finished"  # removes one that has ended; refuses any other
    ABORTS = "aborts"  # also ends one that runs
    DROPS = "drops"  # forgets it; it runs on
    MISSING = "missing"  # 405


class Blame(StrEnum):
    """The form of an error's body."""

    OPENAI = "openai"  # {"error": {message, type, param, code}}
    FASTAPI = "fastapi"  # {"detail": ...}
    GATEWAY = "gateway"  # {"code", "message", "data"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """One server's way."""

    name: str
    forms_only: bool = False  # JSON is refused
    model_required: bool = False
    models: tuple[str, ...] = ()  # empty: any
    sizes: tuple[str, ...] = ()  # empty: any
    seconds: tuple[str, ...] = ()  # empty: any whole number
    strict: bool = False  # unknown fields are refused
    delete: Delete = Delete.MISSING
    lists: bool = True
    variants: bool = False  # content takes `variant`
    fails_aloud: bool = False  # a failed job comes under 4xx or 5xx, its code a number
    progress: bool = True
    omits_null: bool = False
    blame: Blame = Blame.FASTAPI
    unready: int = 404  # of content that is not there yet
    failed: int = 422  # of content that never comes
    expires_s: float | None = None


DIALECTS = (
    Dialect(
        name="openai",
        sizes=SIZES,
        seconds=SECONDS,
        strict=True,
        delete=Delete.FINISHED,
        variants=True,
        blame=Blame.OPENAI,
        unready=400,
        failed=400,
        expires_s=86_400,
    ),
    Dialect(name="vllm", forms_only=True, models=("wan2.2",), delete=Delete.ABORTS, fails_aloud=True),
    Dialect(name="sglang", delete=Delete.DROPS),
    Dialect(name="litellm", model_required=True, models=("wan2.2", "ltx-2.3"), progress=False, blame=Blame.OPENAI),
    Dialect(name="newapi", model_required=True, lists=False, omits_null=True, blame=Blame.GATEWAY),
)
USUAL = DIALECTS[1]
"""The one under /v1; every one also lies under its own name, like /sglang/v1."""


def job_id(dialect: Dialect, new: str) -> str:
    """An id in that server's form, of 32 hexadecimal digits."""
    match dialect.name:
        case "vllm":
            return f"video_gen_{new}"
        case "litellm":
            route = f"litellm:custom_llm_provider:hosted_vllm;model_id:{new[:8]};video_id:video_gen_{new}"
            return f"video_{urlsafe_b64encode(route.encode()).decode()}"
        case "sglang":
            return f"{new[:8]}-{new[8:12]}-{new[12:16]}-{new[16:20]}-{new[20:]}"
        case "newapi":
            return f"task_{new}"
        case _:
            return f"video_{new}"


def job_body(dialect: Dialect, job: Job, life: Life, *, progress: float, created: int, ended: int) -> dict[str, JSON]:
    """A job as that server shows it."""
    over = life in {Life.DONE, Life.FAILED, Life.CANCELLED}
    body: dict[str, JSON] = {
        "id": job.id,
        "object": "video",
        "model": job.model,
        "status": STATES[life],
        "progress": (100 if life is Life.DONE else round(100 * progress)) if dialect.progress else None,
        "created_at": created,
        "completed_at": ended if over else None,
        "expires_at": ended + int(dialect.expires_s) if dialect.expires_s and life is Life.DONE else None,
        "prompt": job.asked.prompt,
        "size": f"{job.asked.size[0]}x{job.asked.size[1]}",
        "seconds": f"{job.asked.seconds:g}",
        "remixed_from_video_id": None,
        "error": _failure(dialect, job) if life in {Life.FAILED, Life.CANCELLED} else None,
    }
    if dialect.name == "sglang":
        body |= {"url": None, "urls": None, "file_path": f"outputs/{job.id}.mp4" if life is Life.DONE else None, "n": 1}
    if dialect.name == "newapi":
        body |= {"task_id": job.id}
    if dialect.name == "litellm":
        body |= {"usage": {"duration_seconds": job.asked.seconds}, "_hidden_params": {}}
    return {name: value for name, value in body.items() if value is not None} if dialect.omits_null else body


def job_status(dialect: Dialect, job: Job, life: Life) -> int:
    """The status that a look is answered with."""
    if not dialect.fails_aloud or life is not Life.FAILED:
        return 200
    return 400 if job.fate is Fault.MODERATION_LATER else 500


def _failure(dialect: Dialect, job: Job) -> JSON:
    moderated = job.fate is Fault.MODERATION_LATER
    message = "The prompt was blocked by moderation." if moderated else "CUDA out of memory while denoising."
    if dialect.name == "sglang":
        return {"message": message}
    code = (400 if moderated else 500) if dialect.fails_aloud else "moderation_blocked" if moderated else "generation_failed"
    return {"code": code, "message": message}


def refused_in(dialect: Dialect, refused: Refused) -> web.Response:
    """A refusal in that server's words."""
    status, message = STATUS[refused.refusal], refused.message or refused.refusal.value
    match dialect.blame:
        case Blame.OPENAI:
            return refused_body(refused)
        case Blame.GATEWAY:
            told: Mapping[str, JSON] = {"code": refused.problem or refused.refusal.value, "message": message, "data": None}
            return web.json_response(told, status=status)
        case Blame.FASTAPI if refused.refusal is Refusal.INVALID and refused.problem in {"required", "type", "content_type"}:
            kind = "missing" if refused.problem in {"required", "content_type"} else "type_error"
            where: list[JSON] = ["body", refused.field or "prompt"]
            return web.json_response(
                {"detail": [{"type": kind, "loc": where, "msg": "Field required", "input": None}]}, status=422
            )
        case Blame.FASTAPI:
            return web.json_response({"detail": message}, status=status)


def told_of(fields: Mapping[str, JSON]) -> dict[str, JSON]:
    """A form's bracketed names as objects: `input_reference[image_url]`."""
    told: dict[str, JSON] = {}
    for name, value in fields.items():
        outer, bracket, inner = name.partition("[")
        if not bracket:
            told[name] = value
            continue
        within = told.setdefault(outer, {})
        if isinstance(within, dict):
            within[inner.rstrip("]")] = value
    return told
