"""Which tests share a process, and which of them run side by side."""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

TOGETHER = {
    "PostgreSQL": {"test_client_line", "test_news", "test_postgres", "test_takeover", "test_webhooks", "test_workers"},
    "aiogram": {"bot", "test_blocks", "test_telegram", "test_telegram_files", "test_telegram_people", "test_telegram_updates"},
}
"""Files and folders that load or start the same dear thing, by its name."""
WAITING = {*TOGETHER, "production"}
"""What mostly waits: for a time-out, another process, a pause between two looks."""
LONGEST = "soak"
"""The folder of which one test takes as long as hundreds of others."""


class ByFile(LoadScopeScheduling):
    """xdist's own way to keep tests of a scope together; a scope is a file, or the files of one dear thing.

    What takes minutes comes first, each test by itself. Then the first worker begins with what waits, the next with the rest from
    its beginning, the others with it from its end: where alike tests meet, all wait at once, and cores are idle.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = PurePosixPath(nodeid.partition("::")[0])
        if file.parent.name == LONGEST:
            return nodeid
        return next((thing for thing, names in TOGETHER.items() if names & {file.stem, file.parent.name}), str(file))

    def _assign_work_unit(self, node: "WorkerController") -> None:
        worker, scopes = self.nodes.index(node), [*self.workqueue]
        longest = [scope for scope in scopes if LONGEST in PurePosixPath(scope).parts]
        fitting = longest or [scope for scope in scopes if _waits(scope) == (worker == 0)] or scopes
        self.workqueue.move_to_end(fitting[0 if worker < 2 else -1], last=False)
        super()._assign_work_unit(node)


def _waits(scope: str) -> bool:
    return not WAITING.isdisjoint(PurePosixPath(scope).parts)
