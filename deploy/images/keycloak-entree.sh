#!/bin/bash
# Secrets come as files; the realm's placeholders and Keycloak's own settings are variables.
# /run/secrets/keycloak-iprof-cv becomes IPROF_CV_SECRET.
set -eu
for file in /run/secrets/keycloak-iprof-*; do
  name="${file##*/keycloak-}"
  name="${name//-/_}"
  export "${name^^}_SECRET=$(< "$file")"
done
[ ! -f /run/secrets/keycloak-administration ] || export KC_BOOTSTRAP_ADMIN_PASSWORD="$(< /run/secrets/keycloak-administration)"
[ ! -f /run/secrets/postgres ] || export KC_DB_PASSWORD="$(< /run/secrets/postgres)"
exec /opt/keycloak/bin/kc.sh "$@"
