"""Words of HTTP and Kafka."""
