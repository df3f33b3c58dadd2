# Stands for keycloak/keycloak where no image registry can be reached: the folder of the embedded stack.
ARG JAVA
FROM ${JAVA}
RUN useradd --uid 1000 --gid 0 keycloak
COPY --chown=1000:0 keycloak /opt/keycloak
RUN chmod 755 /opt/keycloak/bin/*.sh && install -d -o 1000 -g 0 /opt/keycloak/data /opt/keycloak/data/import
ENV KC_RUN_IN_CONTAINER=true
USER 1000
EXPOSE 8080 9000
ENTRYPOINT ["/opt/keycloak/bin/kc.sh"]
