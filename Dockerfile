ARG NODE_IMAGE=docker.io/library/node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
# What is left out afterwards is only for the build; what was built says by its stamps what it was built from.
RUN npm run build && npm prune --omit=dev --no-audit --no-fund && rm -rf .next/cache

FROM ${NODE_IMAGE}
# Git and ssh are programs the product speaks through; tini takes in processes that they leave behind.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates git openssh-client tini \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 elder \
 && useradd --uid 10001 --gid elder --home-dir /data --no-create-home --shell /usr/sbin/nologin elder \
 && install --directory --owner=elder --group=elder --mode=0750 /data
WORKDIR /app
# Of root, so that the product cannot change itself; the one folder it writes to is a mount where the root is read-only.
COPY --from=build /app /app
RUN install --directory --owner=elder --group=elder --mode=0750 /app/.next/cache
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    ELDER_DATA_DIR=/data \
    HOST=0.0.0.0 \
    PORT=3000
USER 10001:10001
VOLUME /data
EXPOSE 3000 8080 9090
ENTRYPOINT ["tini", "--"]
CMD ["node", "scripts/start.mjs", "--verbose"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/api/v1/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
