"""Where everything that Storyreel keeps lies: one folder, moved by STORYREEL_HOME."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storyreel.domain.errors import StoreUnusable

SETTING = "STORYREEL_HOME"
AWAY = f"Move it away, or set {SETTING} to another folder."
REMEDY = f"Make it a folder you can write to, or set {SETTING} to another one."


@dataclass(frozen=True, slots=True)
class Home:
    """The folder and the places in it; asking for a path touches nothing."""

    root: Path

    @classmethod
    def find(cls, environ: Mapping[str, str]) -> "Home":
        """The folder that the environment names, or the platform's own for data of programs."""
        if named := environ.get(SETTING, "").strip():
            return cls(Path(named).expanduser().absolute())
        from platformdirs import user_data_path

        return cls(user_data_path("storyreel", appauthor=False))

    @property
    def database_path(self) -> Path:
        """Films, takes, ledger, events."""
        return self.root / "storyreel.db"

    @property
    def database_url(self) -> str:
        """The same, as `Database.open` takes it."""
        return f"sqlite:///{self.database_path}"

    @property
    def engine_path(self) -> Path:
        """The engine's own database: the order of work."""
        return self.root / "engine.db"

    @property
    def blobs(self) -> Path:
        """Clips and pictures, by digest."""
        return self.root / "blobs"

    @property
    def work(self) -> Path:
        """What is being made; swept when it is old."""
        return self.root / "work"

    @property
    def lock(self) -> Path:
        """Held by the process that owns the production line."""
        return self.root / "line.lock"

    def create(self) -> "Home":
        """Make the folders that are not there. Raises StoreUnusable where that cannot be."""
        for folder in (self.root, self.blobs, self.work):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError) as error:
                file = next((one for one in (folder, *folder.parents) if one.is_file()), folder)
                raise StoreUnusable(file, "a file is where this folder should be", remedy=AWAY) from error
            except OSError as error:
                raise StoreUnusable(folder, f"this folder cannot be made ({error.strerror})", remedy=REMEDY) from error
            if not os.access(folder, os.W_OK | os.X_OK):
                raise StoreUnusable(folder, "this folder cannot be written", remedy=REMEDY)
        return self

    def free_bytes(self) -> int:
        """Free space on the disk where the folder is. Raises StoreUnusable where the folder is not there."""
        try:
            return shutil.disk_usage(self.root).free
        except OSError as error:
            raise StoreUnusable(self.root, f"the disk cannot be asked ({error.strerror})", remedy=REMEDY) from error
