import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { ServerError } from '../server-error.ts';
import type { ServerSettings } from '../settings.ts';

const UNSAFE: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const LOOPBACK_NAMES: readonly string[] = ['localhost', 'ip6-localhost'];

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK_NAMES.includes(host) || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** Whether visitors must show the token. */
export function needsToken({ host, alwaysToken, publicUrl }: ServerSettings): boolean {
  return alwaysToken || publicUrl !== null || !isLoopback(host);
}

/**
 * Throws a ServerError where a request asks for a name that is not this server's: a page elsewhere whose name was made to
 * lead here (DNS rebinding) sends its own name. Addresses are no names, and cannot be made to lead elsewhere.
 */
export function checkHost(headers: IncomingHttpHeaders, settings: ServerSettings): void {
  const name = nameOf(headers.host ?? '');
  if (name === null) throw new ServerError(400, 'the Host header is missing or is none');
  const own = [
    ...LOOPBACK_NAMES,
    settings.host,
    ...settings.allowedHosts,
    ...(settings.publicUrl === null ? [] : [settings.publicUrl.hostname]),
    ...(isLoopback(settings.host) ? [] : [hostname()]),
  ];
  const isAddress = isIP(name) !== 0 && (!isLoopback(settings.host) || isLoopback(name));
  if (isAddress || own.some((host) => host.toLowerCase() === name)) return;
  throw new ServerError(421, 'this server is not known by the name it was asked for; allow it with --allow-host NAME');
}

/**
 * Throws a ServerError (403) where another site has a browser ask for something: to change anything, or to read anything but
 * a page the visitor goes to.
 */
export function checkOrigin(method: string, headers: IncomingHttpHeaders, settings: ServerSettings): void {
  const site = headers['sec-fetch-site'];
  const isUnsafe = UNSAFE.has(method);
  const isVisit = !isUnsafe && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isVisit) throw foreign();
  const { origin } = headers;
  if (!isUnsafe || origin === undefined) return;
  if (origin === settings.publicUrl?.origin) return;
  if (origin !== `http://${headers.host}`) throw foreign();
}

function foreign(): ServerError {
  return new ServerError(403, 'the request comes from another site');
}

/** `[::1]:8080` is `::1`, `localhost:8080` is `localhost`; null for what is no host. */
function nameOf(host: string): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i.exec(host);
  return match === null ? null : (match[1] ?? match[2]!).toLowerCase();
}
