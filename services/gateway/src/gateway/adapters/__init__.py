"""Words of Mongo, Keycloak, PDF and the other services' HTTP."""
