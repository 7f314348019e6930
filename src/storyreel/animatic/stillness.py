"""Whether a layer may be baked into the plate: it lives, or it holds still at its depth."""


class Lives:
    """A layer that looks different at every moment."""

    __slots__ = ()

    @property
    def still_m(self) -> float | None:
        """None: it lives."""
        return None


class HoldsStill:
    """A layer in which nothing moves."""

    __slots__ = ()

    z_m: float

    @property
    def still_m(self) -> float | None:
        """Its depth."""
        return self.z_m
