"""What is fetched once per machine: a folder, shared by every instance and by the tests."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

DONE = ".complet"


def cache_folder() -> Path:
    """`IPROF_CACHE`, or the user's own cache."""
    return Path(os.environ.get("IPROF_CACHE", "~/.cache/iprof")).expanduser()


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The cache's folder `name`, made by `make` unless it is whole already.

    Two processes that want it at the same time wait for one another; a folder left half made by a
    crash is made again.
    """
    folder = cache_folder() / name
    if (folder / DONE).exists():
        return folder
    with locked(name):
        if not (folder / DONE).exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            make(folder)
            (folder / DONE).touch()
    return folder


def is_made(name: str) -> bool:
    return (cache_folder() / name / DONE).exists()


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Holds `name` against the other processes of this machine."""
    folder = cache_folder() / "verrous"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fingerprint(*contents: bytes) -> str:
    """A short key that changes with any of the contents."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:12]


def sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
