#!/bin/sh
# Prints the secrets of the demonstration overlay, drawn once in a folder outside the repository:
#   sh deploy/k8s/secrets.sh [folder] | kubectl apply -n iprof -f -
set -eu
folder="${1:-${IPROF_SECRETS:-.iprof/secrets}}"
sh "$(dirname "$0")/../compose/secrets.sh" "$folder"

secret() {
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata: {name: %s, namespace: iprof}\ntype: Opaque\ndata:\n' "$1"
  shift
  for key in "$@"; do
    printf '  %s: %s\n' "$key" "$(base64 < "$folder/$key" | tr -d '\n')"
  done
}

secret identity keycloak-iprof-identity keycloak-iprof-provisioning cle-audit-identity cle-personnes mot-de-passe-demonstration
secret dossier keycloak-iprof-dossier cle-audit-dossier cle-personnes
secret cv keycloak-iprof-cv cle-audit-cv
secret courrier keycloak-iprof-courrier cle-audit-courrier
secret gateway keycloak-iprof-gateway-service keycloak-iprof-gateway cle-audit-gateway cle-session
secret postgres postgres
secret keycloak postgres keycloak-administration keycloak-iprof-gateway keycloak-iprof-gateway-service keycloak-iprof-identity keycloak-iprof-dossier keycloak-iprof-cv keycloak-iprof-courrier keycloak-iprof-provisioning
