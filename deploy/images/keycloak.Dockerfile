# Keycloak with the realm and the pages of this house, built for PostgreSQL so that it starts at once.
ARG BASE=keycloak/keycloak:26.7.3

FROM ${BASE} AS construction
ARG CACHE=local
COPY --chown=1000:0 deploy/keycloak/themes/iprof /opt/keycloak/themes/iprof
RUN /opt/keycloak/bin/kc.sh build --db=postgres --health-enabled=true --cache=${CACHE}

FROM ${BASE}
ARG VERSION
ARG REVISION
LABEL org.opencontainers.image.title="I-Prof, Keycloak" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --chown=1000:0 --from=construction /opt/keycloak /opt/keycloak
COPY --chown=1000:0 deploy/keycloak/realm-iprof.json /opt/keycloak/data/import/
COPY --chown=1000:0 --chmod=755 deploy/images/keycloak-entree.sh /opt/keycloak/bin/iprof.sh
# Keycloak tells the gateway that a session ended; here it does not see the gateway as browsers do.
RUN sed -i 's#${IPROF_GATEWAY_URL}/deconnexion/canal-arriere#${IPROF_GATEWAY_URL_INTERNE}/deconnexion/canal-arriere#' \
      /opt/keycloak/data/import/realm-iprof.json
USER 1000
EXPOSE 8080 9000
ENTRYPOINT ["/opt/keycloak/bin/iprof.sh"]
CMD ["start", "--optimized", "--import-realm"]
