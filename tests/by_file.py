"""Which tests share a process: those of a file, and those of files that load or start the same dear thing."""

from pathlib import PurePosixPath

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "PostgreSQL": {"test_client_line", "test_news", "test_postgres", "test_takeover", "test_webhooks", "test_workers"},
    "aiogram": {"bot", "test_telegram", "test_telegram_files", "test_telegram_people", "test_telegram_updates"},
}
"""Files and folders by what they wait for."""


class ByFile(LoadScopeScheduling):
    """xdist's own way to keep tests together, by another rule."""

    def _split_scope(self, nodeid: str) -> str:
        file = PurePosixPath(nodeid.partition("::")[0])
        return next((thing for thing, names in TOGETHER.items() if names & {file.stem, file.parent.name}), str(file))
