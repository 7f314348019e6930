"""Routes of two earlier services, for clients that were written against them; thin over the studio."""

from storyreel.doors.server.earlier.routes import LARGER, router

__all__ = ["LARGER", "router"]
