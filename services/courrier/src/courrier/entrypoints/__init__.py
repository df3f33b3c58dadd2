"""The doors of the service: HTTP, Kafka, and the roles that run them."""
