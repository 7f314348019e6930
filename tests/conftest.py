"""What every test shares: no skip passes in CI."""

import os

import pytest

SKIPPED: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Notes each skip; with several workers, the reports arrive here too."""
    if report.skipped and not hasattr(report, "wasxfail"):
        SKIPPED.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed run."""
    if SKIPPED and os.environ.get("CI") and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which tests were skipped, where that fails the run."""
    if SKIPPED and os.environ.get("CI"):
        terminalreporter.write_line(f"skipped, which CI does not allow: {', '.join(SKIPPED)}")
