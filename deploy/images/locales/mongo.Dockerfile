# Stands for mongo:8 where no image registry can be reached: the embedded stack's MongoDB-wire server,
# started by the same command line (mongod --replSet … --port …). For demonstrations and tests only.
ARG CONSTRUCTION
FROM ${CONSTRUCTION}
COPY mongo-wire.lock /tmp/
RUN --mount=type=secret,id=ca \
    python3 -m venv /opt/mongo \
    && if [ -s /run/secrets/ca ]; then export PIP_CERT=/run/secrets/ca; fi \
    && /opt/mongo/bin/python -m pip install -q --no-cache-dir --require-hashes -r /tmp/mongo-wire.lock
COPY --chmod=755 mongod /usr/local/bin/mongod
RUN useradd --uid 999 mongodb && install -d -o mongodb /data/db
USER mongodb
VOLUME /data/db
CMD ["mongod"]
