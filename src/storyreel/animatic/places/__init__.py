"""Backdrops by key: what each kind of place looks like, drawn by rule from a seed."""

from collections.abc import Mapping
from dataclasses import replace

from storyreel.animatic import colour
from storyreel.animatic.places import aboard, city, country, far, halls, indoors, land, sea, woods
from storyreel.animatic.setting import Below, Setting
from storyreel.domain.storyboard import Location, Shot, Weather
from storyreel.lexicon import Place, place

SETTINGS: Mapping[str, Setting] = {
    **country.SETTINGS,
    **woods.SETTINGS,
    **sea.SETTINGS,
    **city.SETTINGS,
    **indoors.SETTINGS,
    **halls.SETTINGS,
    **aboard.SETTINGS,
    **far.SETTINGS,
}
FALLBACK = "meadow"
IN_SNOW = {
    "forest": "snowy_forest",
    "jungle": "snowy_forest",
    "village": "snow_village",
    "park": "snow_park",
    "garden": "snow_park",
}
"""Places that a snowfall changes more than in colour."""


def setting_of(location: Location | None, shot: Shot) -> Setting:
    """The backdrop of a shot's location; where the lexicon has none, open ground, or a plain room indoors."""
    spot = known_place(location)
    key = spot.backdrop if spot else FALLBACK
    if spot and key not in SETTINGS:
        key = "room" if spot.indoors else FALLBACK
    if shot.weather is not Weather.SNOW:
        return SETTINGS[key]
    setting = SETTINGS[IN_SNOW.get(key, key)]
    white = colour.mix(setting.ground, land.SNOW, 0.8)
    return replace(setting, ground=white) if setting.below is Below.LAND and not setting.roof else setting


def known_place(location: Location | None) -> Place | None:
    """The lexicon's place of a location, or None."""
    if location is None or location.place is None:
        return None
    try:
        return place(location.place)
    except KeyError:
        return None
