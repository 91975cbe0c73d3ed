# The image of Jigi: `node dist/src/main.js` (web), or `node dist/src/worker.js` (timetable) by another command.
# scripts/smoke-production.cjs carries out these very lines where no Docker engine is at hand: it knows FROM, WORKDIR,
# COPY, RUN, ENV, USER, EXPOSE, HEALTHCHECK and CMD in the forms used here, and refuses any other.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY prisma.config.ts tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY prisma ./prisma
COPY flows ./flows
COPY src ./src
RUN npm run build
# Optional packages go too, but for the binaries of our own dependencies: scripts/prune-production.cjs.
RUN npm run prune:production

FROM node:24-slim
ENV NODE_ENV=production
ENV HOST=0.0.0.0
ENV PORT=8080
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY prisma ./prisma
COPY locales ./locales
COPY src/simulator/assets ./src/simulator/assets
COPY src/console/assets ./src/console/assets
COPY src/console/views ./src/console/views
COPY LICENSE NOTICE ./
# What gateways tell while the database is away; the folder in it is the service's own.
RUN mkdir -m 1777 spool
ENV SPOOL_DIR=spool/callbacks
USER node
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
