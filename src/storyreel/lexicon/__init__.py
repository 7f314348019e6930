"""Words to things: the subjects and places that Storyreel can draw, in English, Russian and Chinese."""

from storyreel.lexicon.colours import said_colour, worn_colour
from storyreel.lexicon.concepts import Concept, Faces, Kind, Mention, Place, PlaceMention, Played, Stands
from storyreel.lexicon.lookup import all_concepts, all_places, concept, language_of, mentions, place, places

__all__ = [
    "Concept",
    "Faces",
    "Kind",
    "Mention",
    "Place",
    "PlaceMention",
    "Played",
    "Stands",
    "all_concepts",
    "all_places",
    "concept",
    "language_of",
    "mentions",
    "place",
    "places",
    "said_colour",
    "worn_colour",
]
