# The program with all that it needs, the PDF's libraries included. What it reads and writes is the folder that is mounted at /w:
#   docker build -t lca .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/w" lca report my-project.yaml
FROM debian:13-slim

RUN apt-get update -q \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    python3 python3-venv libpangoft2-1.0-0 libharfbuzz-subset0 ca-certificates \
 && rm -rf /var/lib/apt/lists/*

# The locked packages before the program, so that a change of the program alone need not install them again.
COPY requirements.lock /opt/lca/
RUN python3 -m venv /opt/lca/.venv \
 && /opt/lca/.venv/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check \
    --require-hashes --no-deps --only-binary :all: -r /opt/lca/requirements.lock

COPY lca /opt/lca/lca
COPY templates /opt/lca/templates
COPY factors /opt/lca/factors
COPY LICENSE NOTICE /opt/lca/
RUN /opt/lca/.venv/bin/python -m compileall -q /opt/lca/lca

# No rights beyond those of whoever owns the mounted folder; what is remembered between runs goes with the container.
ENV PYTHONPATH=/opt/lca
ENV HOME=/tmp
USER 1000:1000
WORKDIR /w
ENTRYPOINT ["/opt/lca/.venv/bin/python", "-P", "-m", "lca"]
CMD ["--help"]
