#!/bin/sh
# Draws the secrets of a compose installation, once: a file each, in a folder only its owner enters.
# The files themselves are readable, for the containers run under another account.
# usage: secrets.sh [folder]
set -eu
folder="${1:-${IPROF_SECRETS:-.iprof/secrets}}"
mkdir -p "$folder"
chmod 700 "$folder"

draw() {
  [ -s "$folder/$1" ] || { umask 077; printf '%s' "$2" > "$folder/$1.new"; mv "$folder/$1.new" "$folder/$1"; }
  chmod 444 "$folder/$1"
}
password() { draw "$1" "$(od -An -vtx1 -N32 /dev/urandom | tr -d ' \n')"; }
key() { draw "$1" "$(head -c 32 /dev/urandom | base64 | tr -d '\n')"; }

password postgres
password keycloak-administration
for client in gateway gateway-service identity dossier cv courrier provisioning; do
  password "keycloak-iprof-$client"
done
for service in identity dossier cv courrier gateway; do
  key "cle-audit-$service"
done
key cle-session
key cle-personnes
draw mot-de-passe-demonstration "$(od -An -vtx1 -N8 /dev/urandom | tr -d '\n' | sed 's/^ //;s/ \(..\) /\1-/g;s/ //g')"
