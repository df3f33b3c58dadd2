"""The embedded stack: real Kafka, real Keycloak and a MongoDB-wire server, without Docker."""
