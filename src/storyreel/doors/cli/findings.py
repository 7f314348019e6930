"""What was found in takes, and what was spared, in words."""

from collections.abc import Sequence
from decimal import Decimal

from storyreel.domain.checks import FindingKind, TakeFinding
from storyreel.domain.film import Film, ShotReport
from storyreel.domain.money import paid_text
from storyreel.domain.values import JSON, Language
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.voice import Voice
from storyreel.doors.languages.words import N_

_TEXTS = {  # with the finding's numbers, and where it begins
    FindingKind.BLACK: N_("black from {at} s on, for {0} s"),
    FindingKind.FROZEN: N_("nothing moves from {at} s on, for {0} s"),
    FindingKind.CUT: N_("the scene changes inside the shot, at {at} s"),
    FindingKind.SILENT: N_("sound was asked, and none is heard"),
    FindingKind.LENGTH: N_("it is {0} s long; {1} s were asked"),
    FindingKind.SIZE: N_("it is {0}x{1}; {2}x{3} was asked"),
    FindingKind.SOUND: N_("it has sound that nobody asked for"),
}


def finding_text(said: Voice, finding: TakeFinding) -> str:
    """One finding as a person is told it."""
    numbers = [said.decimal(f"{number:.4g}") for number in finding.detail]
    return said(_TEXTS[finding.kind]).format(*numbers, at=said.decimal(f"{finding.at_s or 0:.3g}"))


def findings_text(said: Voice, findings: Sequence[TakeFinding]) -> str:
    """Several findings in one line."""
    return "; ".join(finding_text(said, finding) for finding in findings)


def finding_object(finding: TakeFinding) -> dict[str, JSON]:
    """One finding of a shot's object, with its words."""
    return {**finding.model_dump(mode="json"), "message": finding_text(Voice(Language.ENGLISH), finding)}


def say_findings(screen: Screen, film: Film, shots: Sequence[ShotReport]) -> None:
    """What was found in the takes that a film uses, and how a shot is made again."""
    said = screen.said
    told = [shot for shot in shots if shot.findings]
    for number, shot in enumerate(told):
        where = said("shot {number}: ", number=shot.index)
        screen.say("" if number else said("Found"), where + findings_text(said, shot.findings))
    bad = [shot.id for shot in told if any(finding.kind.bad for finding in shot.findings)]
    if bad:
        screen.say("", f"{said('make it again:')}  storyreel retake {film.id} {bad[0]}")


def say_saved(screen: Screen, shots: Sequence[ShotReport]) -> None:
    """How many shots were made before, and what that spared; nothing where none was, or where they cost nothing."""
    spared = [shot.take.saved_usd for shot in shots if shot.take and shot.take.saved_usd]
    if spared:
        said, price = screen.said, paid_text(saved_usd(shots))
        told = said.ngettext(
            "{number} shot was made before: {price} saved",
            "{number} shots were made before: {price} saved",
            len(spared),
            price=price,
        )
        screen.say("", told)


def saved_usd(shots: Sequence[ShotReport]) -> Decimal:
    """What equal takes' clips spared a film, in US dollars."""
    return sum((shot.take.saved_usd for shot in shots if shot.take), Decimal(0))
