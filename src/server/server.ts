import type { Socket } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type ConnectionError, type FastifyError, type FastifyInstance } from 'fastify';
import { loadLibrary } from '../analysis/library.ts';
import { CliError } from '../base/errors.ts';
import { addApi } from './api/api.ts';
import type { Context } from './context.ts';
import { Cases } from './data/cases.ts';
import { takeDataFolder } from './data/data-folder.ts';
import { Imports } from './imports.ts';
import { Notes } from './notes.ts';
import { errorPage } from './pages/layout.ts';
import { Queries } from './queries.ts';
import { Reports } from './reports.ts';
import { Resumable } from './resumable.ts';
import { sendPage, wantsPage } from './routes/answers.ts';
import { addCaseRoutes } from './routes/case-routes.ts';
import { addComparisonRoutes } from './routes/comparison-routes.ts';
import { addEntryRoutes } from './routes/entry-routes.ts';
import { addEventRoutes } from './routes/event-routes.ts';
import { addExportRoutes } from './routes/export-routes.ts';
import { addNoteRoutes } from './routes/note-routes.ts';
import { addQueryRoutes } from './routes/query-routes.ts';
import { addReportRoutes } from './routes/report-routes.ts';
import { addResumableRoutes } from './routes/resumable-routes.ts';
import { addStaticRoutes } from './routes/static-routes.ts';
import { addUploadRoutes } from './routes/upload-routes.ts';
import { addGuard } from './security/guard.ts';
import { needsToken } from './security/request-checks.ts';
import { Token } from './security/token.ts';
import { isNoRoom, noRoom } from './server-error.ts';
import { CONNECTIONS, HEADER_BYTES, HEADERS_S, type ServerSettings } from './settings.ts';
import { Uploads } from './uploads.ts';

const FORM_BYTES = 2 ** 20;
const PURGE_EVERY_MS = 10 * 60 * 1000;

/** A server that listens. */
export interface Running {
  readonly url: string;
  /** The token, when it was made just now: it is told nowhere else. */
  readonly madeToken: string | null;
  /** Ends the server; what it had not finished is done after the next start. */
  close(): Promise<void>;
}

/** Starts the server on a data folder. Throws a CliError (exit 2) where it cannot. */
export async function startServer(settings: ServerSettings): Promise<Running> {
  const giveBack = await takeDataFolder(settings.dataFolder);
  const opened = needsToken(settings) ? await Token.open(settings.dataFolder, settings.newToken) : null;
  const cases = await Cases.open(settings.dataFolder, settings.limits.cases);
  const imports = new Imports(settings);
  const reports = new Reports(settings);
  const queries = new Queries(settings);
  const notes = new Notes(settings);
  const findings = (await loadLibrary()).findings.map(({ id }) => id);
  const uploads = new Uploads(settings.limits, imports);
  const resumable = new Resumable(settings.limits, uploads);
  const token = opened?.token ?? null;
  const app = await makeApp({ settings, cases, imports, reports, queries, notes, findings, uploads, resumable, token });
  await cases.purge(Date.now());
  for (const served of cases.list()) imports.wake(served);
  const purging = setInterval(() => void cases.purge(Date.now()).catch(() => undefined), PURGE_EVERY_MS);
  const close = async (): Promise<void> => {
    clearInterval(purging);
    app.server.closeAllConnections();
    await app.close();
    queries.close();
    notes.close();
    await Promise.all([imports.close(), reports.close()]);
    await cases.close();
    await giveBack();
  };
  try {
    const url = await app.listen({ host: settings.host, port: settings.port });
    return { url, madeToken: opened?.made ?? null, close };
  } catch (error) {
    await close();
    throw new CliError(`cannot listen on ${settings.host}, port ${settings.port}: ${(error as Error).message}`, 2, {
      cause: error,
    });
  }
}

async function makeApp(context: Context): Promise<FastifyInstance> {
  const { settings, token } = context;
  const app = Fastify({
    bodyLimit: FORM_BYTES,
    connectionTimeout: settings.limits.idleS * 1000,
    keepAliveTimeout: 10_000,
    http: { maxHeaderSize: HEADER_BYTES, headersTimeout: HEADERS_S * 1000 },
    routerOptions: { maxParamLength: 300 },
    clientErrorHandler: refuseUnreadable,
  });
  app.server.maxConnections = CONNECTIONS;
  addGuard(app, settings, token);
  await app.register(rateLimit, { max: settings.limits.requestsPerMinute, timeWindow: '1 minute' });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
  addErrors(app);
  await addApi(app, context);
  addStaticRoutes(app, context);
  addEntryRoutes(app, context);
  addCaseRoutes(app, context);
  await addUploadRoutes(app, context);
  addResumableRoutes(app, context);
  addReportRoutes(app, context);
  addComparisonRoutes(app, context);
  addQueryRoutes(app, context);
  addNoteRoutes(app, context);
  addExportRoutes(app, context);
  addEventRoutes(app, context);
  return app;
}

/** What is no request we can read gets an answer without a route. */
function refuseUnreadable(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const isLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const status = isLarge ? '431 Request Header Fields Too Large' : isLate ? '408 Request Timeout' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Every error is one line: as a page for a browser, as JSON for programs that ask for it, else as text. */
function addErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>(async (thrown, request, reply) => {
    const error = isNoRoom(thrown) ? noRoom(thrown) : thrown;
    const statusCode = error.statusCode ?? (request.raw.destroyed ? 400 : 500);
    if (statusCode >= 500 && error.name !== 'ServerError')
      process.stderr.write(`lastack: ${request.method} failed: ${error.stack ?? error.message}\n`);
    const message =
      statusCode >= 500 && error.name !== 'ServerError' ? 'the server has a bug; its log says more' : error.message;
    if (!request.raw.complete) reply.header('connection', 'close');
    if (statusCode === 503) reply.header('retry-after', '5');
    if (wantsPage(request)) return sendPage(reply, errorPage(statusCode, message), statusCode);
    if (request.url.startsWith('/api/')) return reply.code(statusCode).send({ error: message });
    return reply.code(statusCode).type('text/plain; charset=utf-8').send(`${message}\n`);
  });
  app.setNotFoundHandler(async (request, reply) => {
    const message = 'there is nothing at this address';
    if (wantsPage(request)) return sendPage(reply, errorPage(404, message), 404);
    return reply.code(404).type('text/plain; charset=utf-8').send(`${message}\n`);
  });
}
