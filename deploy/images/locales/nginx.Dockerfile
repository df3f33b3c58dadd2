# Stands for nginxinc/nginx-unprivileged where no image registry can be reached: Debian's.
ARG SOCLE
FROM ${SOCLE}
RUN apt-get update -q && apt-get install -q -y --no-install-recommends nginx-light \
    && rm -rf /var/lib/apt/lists/* && useradd --uid 101 --no-create-home nginx-essai
USER 101
EXPOSE 8080
CMD ["nginx", "-g", "daemon off;"]
