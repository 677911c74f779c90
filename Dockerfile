# mainstay in a container. README ("In a container") has how to give it HAProxy's sockets.

# Compiled with all of npm's packages; only those that run are kept. No package's own install script is run.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src src
RUN npm run build \
    && npm prune --omit=dev --omit=optional --ignore-scripts \
    && chmod 755 dist/main.js \
    && rm -rf src tsconfig.json package-lock.json dist/.tsbuildinfo node_modules/.cache node_modules/.package-lock.json \
    && mkdir -m 700 /state
COPY haproxy/haproxy.cfg haproxy/haproxy.cfg
COPY LICENSE ./

FROM node:24-slim
LABEL org.opencontainers.image.title="mainstay" \
      org.opencontainers.image.description="Keeps every HAProxy in front of an active/backup pair on the same server, and brings all of them back to the main one" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="docker.io/library/node:24-slim"
ENV NODE_ENV=production
COPY --from=build /app /app
# For the journal. A new named volume takes its owner from here.
COPY --from=build --chown=10001:10001 /state /var/lib/mainstay
# So that `docker exec NAME mainstay status` is enough.
RUN ["ln", "-s", "/app/dist/main.js", "/usr/local/bin/mainstay"]
# Nobody in particular, by number, so that an orchestrator can see that it is not root. HAProxy's sockets come by a group:
# `--group-add`.
USER 10001:10001
WORKDIR /etc/mainstay
EXPOSE 9847
# No shell is needed. SIGTERM ends it in order.
HEALTHCHECK --interval=10s --timeout=10s --start-period=30s --retries=3 CMD ["node", "/app/dist/main.js", "check", "--live"]
# Little is alive at any time: a small nursery keeps what is dead from piling up.
ENTRYPOINT ["node", "--max-semi-space-size=1", "/app/dist/main.js"]
CMD ["run"]
