"""The twin of a broker: keeps what it was sent, and can be down or refuse."""

from collections.abc import Callable, Sequence

from chassis.broker import Outcome, Record


class FakeBroker:
    """`down` makes every send fail; `refuses` tells which records will never be written."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.down = False
        self.refuses: Callable[[Record], bool] = lambda record: False

    def send(self, records: Sequence[Record]) -> Sequence[Outcome]:
        return [self._send_one(record) for record in records]

    def close(self) -> None:
        """Nothing is buffered."""

    def _send_one(self, record: Record) -> Outcome:
        if self.down:
            return Outcome.RETRY
        if self.refuses(record):
            return Outcome.REFUSED
        self.records.append(record)
        return Outcome.SENT
