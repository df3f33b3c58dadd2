"""The words of clamd, spoken to a small server that knows one virus."""

import socketserver
import struct
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from chassis.errors import Indisponible
from chassis.files.antivirus import Clamd, antivirus
from chassis.files.port import PieceRefusee


class Daemon(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        stream = self.request.makefile("rwb")
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", stream.read(4))[0]:
            content += stream.read(size)
        stream.write(self.verdict(content))
        stream.flush()

    def verdict(self, content: bytes) -> bytes:
        if b"EICAR" in content:
            return b"stream: Eicar-Test FOUND\0"
        return b"stream: OK\0" if content else b"INSTREAM size limit exceeded. ERROR\0"


@pytest.fixture
def clamd() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Daemon) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def written(folder: Path, content: bytes) -> Path:
    path = folder / "f"
    path.write_bytes(content)
    return path


def test_a_clean_file_is_said_clean(clamd: str, tmp_path: Path) -> None:
    assert Clamd(clamd).scan(written(tmp_path, b"x" * 200_000)) == "saine"


def test_a_virus_is_refused(clamd: str, tmp_path: Path) -> None:
    with pytest.raises(PieceRefusee) as refusal:
        Clamd(clamd).scan(written(tmp_path, b"EICAR"))
    assert refusal.value.raison == "virus"


@pytest.mark.parametrize("content", [b"", b"x"])
def test_without_a_clear_answer_nothing_is_taken(clamd: str, tmp_path: Path, content: bytes) -> None:
    address = clamd if not content else "tcp://127.0.0.1:9"
    with pytest.raises(Indisponible):
        Clamd(address).scan(written(tmp_path, content))


def test_an_installation_without_antivirus_says_so(tmp_path: Path) -> None:
    scanner: Any = antivirus(None)
    assert scanner.scan(written(tmp_path, b"x")) == "non_analysee"
