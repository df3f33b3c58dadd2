"""Where Kafka is, and how to prove who we are there, in one value: `KAFKA_URL`.

`host:port,host:port` is a broker without protection, as on a laptop. On a cluster it is
`sasl+ssl://iprof-cv@host:port,host:port?mot_de_passe=/run/secrets/…&ca=/run/secrets/…`: SCRAM-SHA-512
over TLS, both the password and the certificate authority given as files.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

PROTECTED = "sasl+ssl"


def client_settings(url: str) -> dict[str, Any]:
    """What every Kafka client is given. Raises OSError for a file that cannot be read, KeyError."""
    parts = urlsplit(url)
    if parts.scheme != PROTECTED:
        return {"bootstrap_servers": url}
    user, _, servers = parts.netloc.rpartition("@")
    files = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return {
        "bootstrap_servers": servers,
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": user,
        "sasl_plain_password": Path(files["mot_de_passe"]).read_text(encoding="utf-8").strip(),
        "ssl_cafile": files["ca"],
    }
