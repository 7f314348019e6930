"""The colours of one shot, from its hour, mood and weather."""

from dataclasses import dataclass

from storyreel.animatic import colour
from storyreel.animatic.colour import Rgb
from storyreel.animatic.palette_table import DAYLIGHT, GRADES, HUES
from storyreel.domain.storyboard import Mood, TimeOfDay, Weather


@dataclass(frozen=True, slots=True)
class Palette:
    """What every surface and light of a shot is coloured from."""

    sky: tuple[Rgb, Rgb, Rgb, Rgb]  # zenith to horizon
    light: Rgb  # of the source; edges that face it take this colour
    ink: Rgb  # the darkest and nearest
    accent: Rgb
    haze: Rgb  # what distance fades to
    ambient: Rgb  # what a white surface looks like in the open
    cover: float  # of cloud, 0 to 1
    sight: float  # how far one sees, in depths of the shot's subject
    gleam: float  # strength of the light source, 0 to 1
    level: float  # of daylight, 0 to 1
    dark: bool  # lamps and windows shine

    def lit(self, albedo: Rgb, weight: float = 0.2) -> Rgb:
        """A surface of that own colour, in this light; `weight` pulls it towards the ink."""
        pale = max(0.0, (colour.luma(albedo) - 180) / 75)  # snow and foam gather what light there is
        shown = colour.scaled(
            colour.mix(colour.times(albedo, self.ambient), self.sky[2], 0.3 * pale), 1 + 0.85 * pale * (1 - self.level)
        )
        return colour.mix(shown, self.ink, weight * (1 - 0.5 * pale))

    @property
    def lamp(self) -> Rgb:
        """The colour of windows and lamps."""
        return (255.0, 214.0, 138.0)


OVERCAST = ("131c2c", "22314a", "3b5070", "5f7894")
"""The sky of a night with cloud, from zenith to horizon."""


def palette(time: TimeOfDay, mood: Mood, weather: Weather) -> Palette:
    """The palette of an hour, a mood and a weather."""
    zenith, upper, lower, horizon, light, ink, accent = map(colour.of, HUES[time][mood].split())
    veil_text, share, brightness, saturation, cover, sight, gleam = GRADES[weather]
    level = DAYLIGHT[time]
    brightness **= 0.4 + 0.6 * level  # a storm takes less from the night than from the day
    veil = colour.times(colour.of(veil_text), colour.mix(colour.scaled(lower, 0.8), colour.WHITE, 0.1 + 0.8 * level))
    grade = [
        colour.saturated(colour.scaled(colour.mix(one, veil, share), brightness), saturation)
        for one in (zenith, upper, lower, horizon)
    ]
    if weather is Weather.STORM:  # a torn sky: the last light lies low under the cloud
        grade = [
            colour.scaled(grade[0], 0.8),
            colour.scaled(grade[1], 0.92),
            colour.scaled(grade[2], 1.12),
            colour.mix(colour.scaled(grade[3], 1.35), light, 0.12),
        ]
    if time is TimeOfDay.NIGHT and weather in {Weather.STORM, Weather.RAIN, Weather.SNOW}:  # cloud at night is blue-grey
        grade = [colour.mix(one, colour.of(blue), 0.62) for one, blue in zip(grade, OVERCAST, strict=True)]
        light = light if mood in {Mood.WARMTH, Mood.JOY} else colour.mix(light, colour.of("cfe0f4"), 0.4)
    haze = colour.mix(grade[2], grade[3], 0.45 if level >= 0.5 else 0.25)
    tint = colour.mix(colour.mix(grade[2], grade[3], 0.5), colour.WHITE, 0.35 if level < 1 else 0.75)
    peak = max(tint)
    ambient = colour.scaled(tint, 255 / peak * level * (0.55 + 0.45 * brightness))
    return Palette(
        sky=(grade[0], grade[1], grade[2], grade[3]),
        light=colour.saturated(light, 0.5 + 0.5 * saturation),
        ink=colour.mix(ink, colour.scaled(grade[1], 0.5), 0.12 + 0.3 * share),
        accent=colour.saturated(accent, 0.4 + 0.6 * saturation),
        haze=haze,
        ambient=ambient,
        cover=cover,
        sight=sight,
        gleam=gleam,
        level=level * (0.4 + 0.6 * brightness),
        dark=time in {TimeOfDay.DUSK, TimeOfDay.NIGHT} or weather is Weather.STORM,
    )
