"""The words of Mongo, Kafka, files on disk and other services."""
