import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ServerError } from '../server-error.ts';
import type { ServerSettings } from '../settings.ts';
import { checkHost, checkOrigin } from './request-checks.ts';
import { RESPONSE_HEADERS } from './response-headers.ts';
import type { Token } from './token.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Served to visitors who have not shown the token. */
    isPublic?: boolean;
  }
}

export const COOKIE = 'lastack';

/** Has every request checked before anything of its body is read; `token` null: none is asked for. */
export function addGuard(app: FastifyInstance, settings: ServerSettings, token: Token | null): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(RESPONSE_HEADERS);
    checkHost(request.headers, settings);
    checkOrigin(request.method, request.headers, settings);
    if (token === null || request.routeOptions.config.isPublic === true || knows(request, token)) return;
    if (request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')) {
      await reply.redirect(`/login?next=${encodeURIComponent(request.url)}`, 303);
      return;
    }
    reply.header('www-authenticate', 'Bearer');
    throw new ServerError(401, 'show the token of this server: Authorization: Bearer TOKEN');
  });
}

function knows(request: FastifyRequest, token: Token): boolean {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return token.matches(bearer);
  const cookie = cookieOf(request);
  return cookie !== null && token.isSession(cookie, Date.now());
}

function cookieOf(request: FastifyRequest): string | null {
  for (const pair of (request.headers.cookie ?? '').split(/;\s*/)) {
    const at = pair.indexOf('=');
    if (pair.slice(0, at) === COOKIE) return pair.slice(at + 1);
  }
  return null;
}

/** Begins a session, or ends it with an empty value. */
export function setSession(reply: FastifyReply, value: string, settings: ServerSettings): void {
  const secure = settings.publicUrl?.protocol === 'https:' ? '; Secure' : '';
  const age = value === '' ? '; Max-Age=0' : `; Max-Age=${30 * 24 * 3600}`;
  reply.header('set-cookie', `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict${age}${secure}`);
}
