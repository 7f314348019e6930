"""What breaks is told on stderr where nobody asked for a log: a server's own faults should not be silent."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from storyreel.accounts import Account
from storyreel.observing.observer import Level, Notice
from storyreel.settings import Settings

if TYPE_CHECKING:
    from storyreel.observing.logs import Log


class Outcry:
    """Writes errors, and nothing else; what writes them is loaded at the first one."""

    def __init__(self, settings: Settings, accounts: Mapping[str, Account], environ: Mapping[str, str]) -> None:
        self._settings, self._accounts, self._environ = settings, accounts, environ
        self._log: Log | None = None

    def hear(self, notice: Notice) -> None:
        """Write it, where it is an error."""
        if notice.level < Level.ERROR:
            return
        if self._log is None:
            from storyreel.observing.logs import Log
            from storyreel.observing.secrecy import Secrecy

            secrecy = Secrecy.of(self._settings, self._accounts, self._environ)
            self._log = Log(None, self._settings.log_format, secrecy, Level.ERROR)
        self._log.write(notice)
