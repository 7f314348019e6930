"""What a model makes that is nearest to what is wished: lengths, sizes and sound that it has."""

import math
from fractions import Fraction

from storyreel.domain.model import Durations, Limits, Mode, Sound
from storyreel.domain.values import Size


def fitted_seconds(durations: Durations, wished_s: float, mode: Mode, resolution: str = "") -> float:
    """The length nearest to the wished one that a generation of this mode and resolution can have; of two, the longer."""
    choices = durations.only(mode, resolution)
    if not choices:
        least, most = durations.least_s or 0.0, durations.most_s or float("inf")
        bounded = min(max(wished_s, least), most)
        if not durations.step_s or durations.allows(bounded, mode):
            return bounded
        steps = round((bounded - least) / durations.step_s)
        return min(least + steps * durations.step_s, most)
    return min(choices, key=lambda length: (abs(length - wished_s), -length))


def longest_s(durations: Durations, mode: Mode) -> float:
    """The longest clip of this mode, in seconds."""
    choices = durations.only(mode)
    return max(choices) if choices else durations.most_s or float("inf")


def fitted_size(limits: Limits, wished: Size) -> Size:
    """The size of the same shape in a resolution that the model makes: the next larger one, or the largest."""
    if not limits.resolutions or wished.resolution in limits.resolutions:
        return wished
    heights = sorted(int(resolution.removesuffix("p")) for resolution in limits.resolutions)
    short = min(wished.width_px, wished.height_px)
    chosen = next((height for height in heights if height >= short), heights[-1])
    scale = Fraction(chosen, short)
    return Size(width_px=2 * round(wished.width_px * scale / 2), height_px=2 * round(wished.height_px * scale / 2))


def fitted_shape(limits: Limits, wished: Size) -> Size:
    """The size of the same resolution in the shape that the model makes and that is nearest to the wished one."""
    if not limits.aspects or wished.shape in limits.aspects:
        return wished
    short = min(wished.width_px, wished.height_px)
    sizes = [Size.of_aspect(aspect, short) for aspect in limits.aspects if ":" in aspect]
    return min(sizes, key=lambda size: abs(math.log(size.aspect / wished.aspect)))


def fitted_sound(limits: Limits, *, wished: bool) -> bool:
    """Whether a clip will have sound: what is priced is what is made, not what was wished."""
    return limits.sound is Sound.ALWAYS or (wished and limits.sound is Sound.OPTIONAL)
