"""Mongo, Keycloak and files, behind the ports of the application."""
