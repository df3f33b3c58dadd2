# Stands for apache/kafka where no image registry can be reached: the jars of the embedded stack,
# configured by the same KAFKA_* variables.
ARG JAVA
FROM ${JAVA}
COPY libs /opt/kafka/libs
COPY demarrer.py /opt/kafka/
RUN useradd --uid 1000 appuser && install -d -o appuser /var/lib/kafka/data
USER appuser
VOLUME /var/lib/kafka/data
ENTRYPOINT ["python3", "/opt/kafka/demarrer.py"]
