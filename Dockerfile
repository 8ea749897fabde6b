FROM node:20-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npm ci && npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
WORKDIR /lastack
COPY --from=build /src/package.json ./
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/dist/src dist/src
COPY --from=build /src/queries queries
COPY --from=build /src/reports reports
COPY --from=build /src/src/collector/lastack-collect src/collector/lastack-collect
RUN mkdir /data && chown node /data
USER node
VOLUME /data
EXPOSE 8737
ENTRYPOINT ["node", "dist/src/cli/main.js", "serve", "--host", "0.0.0.0", "--data", "/data"]
