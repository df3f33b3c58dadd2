"""Every metric of the house, in one place. Labels hold codes and route patterns, never an id."""

from prometheus_client import Counter, Gauge, Histogram

# Requests served, by what was asked and how it ended.
HTTP_REQUESTS = Counter("iprof_http_requests", "Requests served", ["method", "route", "status"])
# Time from reading a request to its answer, in seconds.
HTTP_DURATION = Histogram("iprof_http_duration_seconds", "Time to answer", ["method", "route"])
# Commands that lost a race and ran again.
COMMAND_RETRIES = Counter("iprof_command_retries", "Lost compare-and-sets", ["aggregate"])
# Events sent to Kafka and acknowledged.
RELAY_SENT = Counter("iprof_relay_sent", "Events acknowledged by Kafka", ["topic"])
# Records the relay will send again: the broker did not answer.
RELAY_FAILURES = Counter("iprof_relay_failures", "Records to be sent again", ["topic"])
# Age of the oldest outbox row not yet sent, in seconds, at the relay's last look.
RELAY_LAG = Gauge("iprof_relay_lag_seconds", "Age of the oldest unsent event", ["service"])
# Aggregates seen waiting at the relay's last look; stays above zero while the broker is down.
RELAY_BACKLOG = Gauge("iprof_relay_backlog", "Aggregates with unsent events", ["service"])
# Aggregates whose next event is refused whatever happens: they need a person.
RELAY_BLOCKED = Gauge("iprof_relay_blocked", "Aggregates whose next event is refused", ["service"])
# Messages applied by a consumer.
CONSUMER_APPLIED = Counter("iprof_consumer_applied", "Messages applied", ["group", "type"])
# Messages put aside because they cannot be applied.
CONSUMER_DEAD = Counter("iprof_consumer_dead_letters", "Messages put aside", ["group"])
# Keys whose messages wait in the owner's journal.
CONSUMER_PARKED = Gauge("iprof_consumer_parked_keys", "Parked keys", ["group"])
# Gaps in an aggregate's events filled from its owner's journal.
CONSUMER_CATCH_UPS = Counter("iprof_consumer_catch_ups", "Gaps filled from the journal", ["group"])
# Pauses because a dependency did not answer.
CONSUMER_PAUSES = Counter("iprof_consumer_pauses", "Pauses for a dependency", ["group"])
# Files received, by what became of them (recue, or the code of the refusal).
PIECES = Counter("iprof_pieces", "Files received", ["issue"])
# Time to turn a file into page images, in seconds.
PIECE_RENDERING = Histogram("iprof_piece_rendering_seconds", "Time to render a file's pages")
# Files the sweeper condemned or deleted.
PIECES_SWEPT = Counter("iprof_pieces_swept", "Files swept", ["act"])
# Calls to another service, by how they ended (HTTP status or « injoignable »).
SERVICE_CALLS = Counter("iprof_service_calls", "Calls to another service", ["service", "issue"])
# Background roles that fell and were started again.
ROLE_RESTARTS = Counter("iprof_role_restarts", "Roles started again after a failure", ["role"])
