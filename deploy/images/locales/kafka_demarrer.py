"""Writes server.properties from the KAFKA_* variables, formats an empty log folder, becomes the broker."""

import base64
import os
import secrets
from pathlib import Path

PROPERTIES = Path("/tmp/server.properties")  # noqa: S108
JAVA = "java -Xms64m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp /opt/kafka/libs/* kafka.Kafka"
NOT_SETTINGS = {"KAFKA_HEAP_OPTS", "KAFKA_OPTS", "KAFKA_SERVICE_HOST", "KAFKA_SERVICE_PORT"}


def main() -> None:
    settings = {"log.dirs": "/var/lib/kafka/data"} | {
        name.removeprefix("KAFKA_").lower().replace("_", "."): value
        for name, value in os.environ.items()
        if name.startswith("KAFKA_") and not name.startswith("KAFKA_PORT") and name not in NOT_SETTINGS
    }
    PROPERTIES.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), encoding="utf-8")
    _format(Path(settings["log.dirs"]), settings["node.id"])
    words = [*JAVA.split(), str(PROPERTIES)]
    os.execvp(words[0], words)  # noqa: S606


def _format(folder: Path, node: str) -> None:
    if (folder / "meta.properties").exists():
        return
    cluster = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
    (folder / "meta.properties").write_text(
        f"version=1\ncluster.id={cluster}\nnode.id={node}\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
