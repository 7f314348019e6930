"""Words to things: the subjects and places that Storyreel can draw, in English, Russian and Chinese."""
