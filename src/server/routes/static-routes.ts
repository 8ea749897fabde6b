import type { FastifyInstance } from 'fastify';
import { readAsset } from '../../report/assets.ts';
import type { Context } from '../context.ts';

const STYLES: readonly string[] = ['theme/tokens.css', 'theme/page.css', 'server/server.css'];
const SCRIPTS: readonly string[] = ['case', 'picked', 'resumable', 'tar', 'upload'];

/** The style sheet and the scripts of the pages, and whether the server is well. */
export function addStaticRoutes(app: FastifyInstance, { settings }: Context): void {
  const style = STYLES.map(readAsset).join('');
  app.get('/static/lastack.css', { config: { isPublic: true } }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(style),
  );
  for (const name of SCRIPTS) {
    const script = readAsset(`server/${name}.js`);
    app.get(`/static/${name}.js`, { config: { isPublic: true } }, async (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').send(script),
    );
  }
  app.get('/favicon.ico', { config: { isPublic: true } }, async (_request, reply) => reply.code(204).send());
  app.get('/healthz', { config: { isPublic: true } }, async () => ({ status: 'ok' }));
  app.get('/version', async () => ({ lastack: settings.lastackVersion }));
}
