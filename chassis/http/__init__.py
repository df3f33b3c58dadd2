"""The web side of a service: one factory, guards on every route, answers in one shape."""

from chassis.http.app import create_app
from chassis.http.commands import command_context, etag, expected, respond
from chassis.http.guards import (
    Guard,
    current_actor,
    guarded_by,
    max_body,
    personne,
    public,
    service,
)
from chassis.http.openapi import openapi_yaml
from chassis.http.schemas import CommandAnswer, Schema

__all__ = [
    "CommandAnswer",
    "Guard",
    "Schema",
    "command_context",
    "create_app",
    "current_actor",
    "etag",
    "expected",
    "guarded_by",
    "max_body",
    "openapi_yaml",
    "personne",
    "public",
    "respond",
    "service",
]
