"""The gateway's Flask app."""

from collections.abc import Mapping
from importlib.resources import files
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from chassis.http import create_app
from gateway.bootstrap import Application
from gateway.config import GatewaySettings
from gateway.entrypoints.http import (
    accueil,
    agents,
    bureau,
    changements,
    compte,
    connexion,
    courrier,
    cv,
    direct,
    dossier,
    file,
    fragments,
    pieces,
    poste,
    signaler,
)
from gateway.entrypoints.http.application import EXTENSION
from gateway.entrypoints.http.erreurs import register_error_pages
from gateway.entrypoints.http.gardes import publique
from gateway.entrypoints.http.pages import register_pages
from gateway.entrypoints.http.sessions import MongoSessionInterface

BLUEPRINTS = tuple(
    module.blueprint
    for module in (
        accueil,
        agents,
        bureau,
        changements,
        compte,
        connexion,
        courrier,
        cv,
        direct,
        dossier,
        file,
        fragments,
        pieces,
        poste,
        signaler,
    )
)
csrf = CSRFProtect()
HSTS = "max-age=31536000; includeSubDomains"


def create(wired: Application) -> Flask:
    """Raises RouteSansGarde when a page does not say who may open it."""
    package = files("gateway")
    app = create_app(
        "gateway",
        wired.settings.base,
        BLUEPRINTS,
        ready={"mongo": wired.mongo_answers},
        clock=wired.clock,
        headers=page_headers(wired.settings),
        configure=lambda app: configure(app, wired),
        template_folder=str(package / "templates"),
        static_folder=str(package / "static"),
    )
    # After the factory: flask-smorest would otherwise answer HTTP errors in JSON.
    register_error_pages(app)
    return app


def configure(app: Flask, wired: Application) -> None:
    settings = wired.settings
    app.secret_key = settings.cle_session()
    if settings.proxys:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxys, x_proto=0, x_host=0, x_prefix=0
        )
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=settings.https)
    app.extensions[EXTENSION] = wired
    app.session_interface = MongoSessionInterface(wired.sessions, wired.clock, secure=settings.https)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    publique(app.view_functions["static"])
    csrf.init_app(app)
    csrf.exempt(connexion.canal_arriere)
    connexion.register_oidc(app, settings)
    register_pages(app)


def page_headers(settings: GatewaySettings) -> Mapping[str, str]:
    issuer = urlsplit(settings.base.issuer)
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'; form-action 'self' {issuer.scheme}://{issuer.netloc}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    return {**headers, "Strict-Transport-Security": HSTS} if settings.https else headers
