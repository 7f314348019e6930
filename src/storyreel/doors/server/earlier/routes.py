"""All of their routes, and where their bodies may be larger than usual."""

from fastapi import APIRouter

from storyreel.doors.server.earlier import attachments, veo31, veo31_forms, video_gen

router = APIRouter()
router.include_router(veo31.router)
router.include_router(video_gen.router)
router.include_router(attachments.router)

LARGER = {veo31.PATH: veo31_forms.MOST_BODY_BYTES, **dict.fromkeys(attachments.PATHS, attachments.MOST_BODY_BYTES)}
"""Paths, by their beginning: bytes."""
