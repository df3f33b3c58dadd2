# A Java machine for the two servers that need one.
ARG SOCLE
FROM ${SOCLE}
RUN mkdir -p /usr/share/man/man1 && apt-get update -q \
    && apt-get install -q -y --no-install-recommends openjdk-17-jre-headless && rm -rf /var/lib/apt/lists/*
