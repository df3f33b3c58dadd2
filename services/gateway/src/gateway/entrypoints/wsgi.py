"""The Flask apps of the gateway's serving roles."""

from flask import Flask

from gateway.bootstrap import Application
from gateway.entrypoints.http.app import create


def web(application: Application) -> Flask:
    application.prepare()
    return create(application)
