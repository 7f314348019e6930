"""The lint: where a storyboard breaks the grammar of film, said before any money is spent."""

from typing import TYPE_CHECKING

from storyreel.domain.storyboard import Finding, Storyboard
from storyreel.writing.lint.rules import RULES

if TYPE_CHECKING:
    from storyreel.domain.model import Limits

__all__ = ["lint"]


def lint(storyboard: Storyboard, limits: "Limits | None" = None) -> tuple[Finding, ...]:
    """Every finding, in the order of the shots; `limits` of a model add what only that model cannot do."""
    found = [
        Finding(rule=rule.name, severity=rule.severity, shot=remark.shot, message=remark.message, remedy=remark.remedy)
        for rule in RULES
        for remark in rule.judge(storyboard, limits)
    ]
    return tuple(sorted(found, key=lambda one: one.shot or 0))
