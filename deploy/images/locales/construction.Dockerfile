# What it takes to make a Python environment, on top of the base.
ARG SOCLE
FROM ${SOCLE}
RUN apt-get update -q && apt-get install -q -y --no-install-recommends python3-venv \
    && rm -rf /var/lib/apt/lists/*
