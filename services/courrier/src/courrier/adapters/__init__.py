"""The words of Mongo, Kafka and files on disk."""
