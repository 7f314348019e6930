"""All of their routes, and where their bodies may be larger than usual."""

from fastapi import APIRouter

from storyreel.doors.server.earlier import attachments, veo31, veo31_forms, video_gen

router = APIRouter(routes=[*veo31.router.routes, *video_gen.router.routes, *attachments.router.routes])

LARGER = {veo31.PATH: veo31_forms.MOST_BODY_BYTES, **dict.fromkeys(attachments.PATHS, attachments.MOST_BODY_BYTES)}
"""Paths, by their beginning: bytes."""
