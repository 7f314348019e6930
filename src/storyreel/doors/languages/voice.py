"""What is said to a person in one language: texts, counts, prices, lengths of time."""

from dataclasses import dataclass
from decimal import Decimal

from storyreel.domain.money import price_text
from storyreel.domain.values import Language
from storyreel.doors.languages.words import translations

FEW_S, LEAST_MINUTE_S, MANY_MIN = 20, 55, 5
"""Where what is told of a guess becomes coarser: from fives of seconds to tens, to half minutes, to whole ones."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks one language; call it with an English text and what is to be named in it."""

    language: Language

    def __call__(self, text: str, **named: object) -> str:
        """The text, with its {names} filled in."""
        said = translations(self.language).gettext(text) if text else ""
        return said.format(**named) if named else said

    def ngettext(self, one: str, many: str, number: int, **named: object) -> str:
        """The same of a text that counts; `number` may be named in it."""
        return translations(self.language).ngettext(one, many, number).format(number=number, **named)

    def word(self, told: str) -> str:
        """A single word of the domain's: "push in", "awaiting_approval"."""
        said = self
        return said(told.replace("_", " "))

    def price(self, usd: Decimal | None) -> str:
        """What will be asked."""
        said = self
        if usd is None:
            return said("price unknown")
        return said("free") if usd == 0 else price_text(usd)

    def length(self, seconds: float) -> str:
        """A length of time, as short as it can be said: "6 s", "4 min"."""
        said = self
        if seconds < 90:
            return said("{number} s", number=self.decimal(f"{round(seconds, 1):g}"))
        return said("{number} min", number=round(seconds / 60))

    def seconds(self, seconds: float) -> str:
        """A number of seconds, exactly as far as it is told: "2.5 s"."""
        said = self
        return said("{number} s", number=self.decimal(f"{seconds:.4g}"))

    def about(self, seconds: float) -> str:
        """A length of time that nobody knows exactly, as a person would tell it: "40 s", "1.5 min", "7 min"."""
        said = self
        if seconds < LEAST_MINUTE_S:
            grain = 5 if seconds < FEW_S else 10
            return said("{number} s", number=max(1, round(seconds / grain)) * grain)
        half = round(seconds / 30) / 2
        return said("{number} min", number=self.decimal(f"{half if half < MANY_MIN else round(seconds / 60):g}"))

    def decimal(self, number: str) -> str:
        """A number with the sign that this language has before tenths."""
        return number.replace(".", ",") if self.language is Language.RUSSIAN else number
