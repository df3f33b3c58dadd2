"""`python -m deploy.local.installation <server>`: fetches one server into the cache, on its own."""

import signal
import sys

from deploy.local.processus import Panne
from deploy.local.unites import SERVERS


def main(name: str) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        SERVERS[name]().install()
    except Panne as panne:
        print(panne, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
