# One file, two images. Both hold the sources as they are: Node runs them, nothing is built.
#   docker build --tag tasuki .                       production: no sandbox, no demo, no development packages
#   docker build --target demo --tag tasuki-demo .    with both CRMs emulated: docker run --rm tasuki-demo
#
# 本番用は既定のターゲット(runtime)です。サンドボックス・デモ・開発用パッケージを含みません。試用には --target demo を使います。

# The Node that the tests run on (package.json, devDependencies); a test holds them together.
FROM node:24.21.0-bookworm-slim AS node
WORKDIR /app

FROM node AS demo-packages
COPY package.json package-lock.json ./
# Without install scripts: none of them builds anything that Tasuki needs.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM demo-packages AS packages
# What the sandbox alone imports; a test holds this list to the sources.
RUN npm uninstall --no-save --omit=dev --ignore-scripts --no-audit --no-fund @faker-js/faker @jetstreamapp/soql-parser-js csv-parse fastify

FROM node AS demo-sources
COPY package.json ./
COPY jobs ./jobs
COPY mappings ./mappings
COPY src ./src
# Readable for everybody, writable for nobody but root, whatever the umask of the clone was.
RUN chmod -R u=rwX,go=rX .

FROM demo-sources AS sources
RUN rm -r src/sandbox src/main/demo.ts src/main/demo-*.ts

FROM node AS base
LABEL org.opencontainers.image.title="tasuki" \
  org.opencontainers.image.description="Holds HubSpot and Salesforce to the one agreement that marketing and sales signed." \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.licenses="LicenseRef-UNLICENSED"
ENV NODE_ENV=production NODE_COMPILE_CACHE=/tmp/compile-cache TASUKI_FOLDER=/data TASUKI_MAPPINGS=/app/mappings
# For `docker compose exec tasuki tasuki explain …`; /data is the only folder that belongs to the user.
RUN printf '#!/bin/sh\nexec node /app/src/main/cli.ts "$@"\n' >/usr/local/bin/tasuki \
  && chmod 755 /usr/local/bin/tasuki \
  && install -d -o 1000 -g 1000 -m 700 /data
# The embedded ledger, where no DATABASE_URL is given. One container at a time owns it.
VOLUME /data
# `node` of the base image, as a number: Kubernetes' runAsNonRoot believes no names.
USER 1000:1000
# SIGTERM: running jobs are finished first; give them time (docker stop --time 60).
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/app/src/main/cli.ts"]

FROM base AS demo
COPY --from=demo-packages /app/node_modules ./node_modules
COPY --from=demo-sources /app ./
CMD ["demo"]

# The last target is what `docker build .` makes.
FROM base AS runtime
COPY --from=packages /app/node_modules ./node_modules
COPY --from=sources /app ./
# Asks the worker over a socket in /tmp: no port, no second owner of the ledger. 0: it works. 1: it is dead, hung or stuck.
HEALTHCHECK --interval=30s --timeout=10s --start-period=90s --retries=3 CMD ["node", "/app/src/main/health.ts"]
CMD ["start"]
