"""The secrets of one instance: drawn once, kept in files only their owner reads."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

BYTES = 32


class Coffre:
    """`data_dir/secrets`. A secret is a file, so that a process receives a path, never the value."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / "secrets"

    def path(self, name: str) -> Path:
        """The file of this password, drawn at the first call: letters and digits that fit anywhere."""
        return self._drawn(name, lambda: secrets.token_hex(BYTES))

    def key_path(self, name: str) -> Path:
        """The file of this key, drawn at the first call: 32 random bytes in base64."""
        return self._drawn(name, lambda: base64.b64encode(secrets.token_bytes(BYTES)).decode())

    def given(self, name: str, text: str) -> Path:
        """The file of a secret somebody else chose, kept from the first call on."""
        return self._drawn(name, lambda: text)

    def value(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8").strip()

    def _drawn(self, name: str, draw: Callable[[], str]) -> Path:
        path = self.folder / name
        if not path.exists():
            self._write(path, draw())
        return path.resolve()

    def _write(self, path: Path, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
