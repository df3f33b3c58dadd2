"""Encryption at rest of what a session keeps: JWE, direct key, AES-256-GCM."""

import json
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

_HEADER = {"alg": "dir", "enc": "A256GCM"}


class Coffre:
    """Seals JSON values. `key` is 32 bytes; a value sealed under another key cannot be read."""

    def __init__(self, key: bytes) -> None:
        self._key = OctKey.import_key(key)

    def seal(self, value: Any) -> str:
        return jwe.encrypt_compact(dict(_HEADER), json.dumps(value).encode(), self._key)

    def open(self, sealed: str | None) -> Any:
        """None when there is nothing, or nothing this key opens."""
        if not sealed:
            return None
        try:
            plaintext = jwe.decrypt_compact(sealed, self._key, algorithms=list(_HEADER.values())).plaintext
        except (JoseError, ValueError):
            return None
        return json.loads(plaintext or b"null")
