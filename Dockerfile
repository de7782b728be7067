# One image for every role: `docker run tasuki start`, `… plan`, `… doctor`.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Run-time packages only; their install scripts build nothing that we need.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production NODE_COMPILE_CACHE=/tmp/compile-cache TASUKI_FOLDER=/data TASUKI_MAPPINGS=/app/mappings
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY jobs ./jobs
COPY mappings ./mappings
COPY src ./src
RUN printf '#!/bin/sh\nexec node /app/src/main/cli.ts "$@"\n' >/usr/local/bin/tasuki \
  && chmod 755 /usr/local/bin/tasuki \
  && mkdir /data && chown node:node /data
# The embedded ledger, where no DATABASE_URL is given. One container at a time owns it.
VOLUME /data
USER node
# SIGTERM: running jobs are finished first; give them time (docker stop --time 60).
STOPSIGNAL SIGTERM
ENTRYPOINT ["tasuki"]
CMD ["start"]
