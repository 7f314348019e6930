"""Webhooks: out, to whoever wants to be told of a user's films; in, from providers."""

from fastapi import APIRouter

from storyreel.doors.server.hooks import heard, webhooks
from storyreel.doors.server.hooks.sending import open_sending

__all__ = ["LARGER", "open_sending", "router"]

LARGER = {"/hooks/": 4_000_000}
router = APIRouter(routes=[*webhooks.router.routes, *heard.router.routes])
