"""What a person may send that is neither words nor a picture nor a file, as the Bot API tells it; files are tiny here."""

from collections.abc import Mapping

from storyreel.domain.values import JSON

RECORDED: Mapping[str, Mapping[str, JSON]] = {
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": "\N{FOX FACE}"},
    "voice": {"duration": 3, "mime_type": "audio/ogg"},
    "video_note": {"duration": 3, "length": 384},
    "audio": {"duration": 3, "mime_type": "audio/mpeg", "title": "Song"},
}
"""Those that are files."""
ODDITIES: Mapping[str, Mapping[str, JSON]] = {
    **RECORDED,
    "location": {"latitude": 48.85, "longitude": 2.35},
    "contact": {"phone_number": "+10000000000", "first_name": "Eve"},
    "dice": {"emoji": "\N{GAME DIE}", "value": 6},
}
