FROM node:24-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
COPY packages/stripe-emulator/package.json packages/stripe-emulator/
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build -- --standalone
# What it was made of and with, as CycloneDX: packages of the build alone are marked as development.
RUN npm sbom --package-lock-only --sbom-format cyclonedx > .next/standalone/sbom.json

# Only the server, its commands and the migrations: no npm, no sources, and no file that it may write.
FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000
COPY --from=build /app/.next/standalone ./
USER node
EXPOSE 3000
HEALTHCHECK --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Several containers may start at once: their migrations wait for each other.
CMD ["sh", "-c", "node scripts/migrate.js && exec node server.js"]
