"""The doors: HTTP, Kafka, the command line."""
