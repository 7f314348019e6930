"""What was found in takes, and what was spared, in words."""

from collections.abc import Sequence
from decimal import Decimal

from storyreel.domain.checks import FindingKind, TakeFinding
from storyreel.domain.film import Film, ShotReport
from storyreel.domain.money import paid_text
from storyreel.domain.values import JSON
from storyreel.doors.cli.screen import Screen

_TEXTS = {  # with the finding's numbers, and where it begins
    FindingKind.BLACK: "black from {at:.3g} s on, for {0:.4g} s",
    FindingKind.FROZEN: "nothing moves from {at:.3g} s on, for {0:.4g} s",
    FindingKind.CUT: "the scene changes inside the shot, at {at:.3g} s",
    FindingKind.SILENT: "sound was asked, and none is heard",
    FindingKind.LENGTH: "it is {0:.4g} s long; {1:.4g} s were asked",
    FindingKind.SIZE: "it is {0:.0f}x{1:.0f}; {2:.0f}x{3:.0f} was asked",
    FindingKind.SOUND: "it has sound that nobody asked for",
}


def finding_text(finding: TakeFinding) -> str:
    """One finding as a person is told it."""
    return _TEXTS[finding.kind].format(*finding.detail, at=finding.at_s)


def findings_text(findings: Sequence[TakeFinding]) -> str:
    """Several findings in one line."""
    return "; ".join(map(finding_text, findings))


def finding_object(finding: TakeFinding) -> dict[str, JSON]:
    """One finding of a shot's object, with its words."""
    return {**finding.model_dump(mode="json"), "message": finding_text(finding)}


def say_findings(screen: Screen, film: Film, shots: Sequence[ShotReport]) -> None:
    """What was found in the takes that a film uses, and how a shot is made again."""
    told = [shot for shot in shots if shot.findings]
    for number, shot in enumerate(told):
        screen.say("" if number else "Found", f"shot {shot.index}: {findings_text(shot.findings)}")
    bad = [shot.id for shot in told if any(finding.kind.bad for finding in shot.findings)]
    if bad:
        screen.say("", f"make it again:  storyreel retake {film.id} {bad[0]}")


def say_saved(screen: Screen, shots: Sequence[ShotReport]) -> None:
    """How many shots were made before, and what that spared; nothing where none was, or where they cost nothing."""
    spared = [shot.take.saved_usd for shot in shots if shot.take and shot.take.saved_usd]
    if spared:
        were = "shot was" if len(spared) == 1 else "shots were"
        screen.say("", f"{len(spared)} {were} made before: {paid_text(saved_usd(shots))} saved")


def saved_usd(shots: Sequence[ShotReport]) -> Decimal:
    """What equal takes' clips spared a film, in US dollars."""
    return sum((shot.take.saved_usd for shot in shots if shot.take), Decimal(0))
