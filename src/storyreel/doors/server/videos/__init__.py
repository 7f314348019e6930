"""`/v1/videos`: single clips in the shape of OpenAI's Videos API, by any model; see docs/server.md, 'Videos'."""

from storyreel.doors.server.videos.counter import open_counter
from storyreel.doors.server.videos.fields import MOST_BODY_BYTES
from storyreel.doors.server.videos.routes import OFTEN, PATH, router
from storyreel.doors.server.videos.told import error_answer

__all__ = ["MOST_BODY_BYTES", "OFTEN", "PATH", "error_answer", "open_counter", "router"]
