import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { type Running, startServer } from '../../src/server/server.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits, type ServerSettings } from '../../src/server/settings.ts';
import { tempFolder } from '../support/archives.ts';
import { projectRoot } from '../support/project.ts';

/** A server of one test, on a free port and a folder of its own. */
export interface TestServer extends Running {
  readonly dataFolder: string;
}

export type TestSettings = Partial<Omit<ServerSettings, 'limits'>> & { readonly limits?: Partial<ServerLimits> };

/** Settings of a server on a free port. */
export function settingsOf(dataFolder: string, settings: TestSettings = {}): ServerSettings {
  return {
    host: '127.0.0.1',
    port: 0,
    lastackVersion: '0.0.0-test',
    alwaysToken: false,
    newToken: false,
    publicUrl: null,
    allowedHosts: [],
    ...settings,
    dataFolder,
    limits: { ...DEFAULT_SERVER_LIMITS, ...settings.limits },
  };
}

/** Starts a server that ends with the test. */
export async function testServer(t: TestContext, settings: TestSettings = {}): Promise<TestServer> {
  const dataFolder = settings.dataFolder ?? (await tempFolder(t));
  const server = await startServer(settingsOf(dataFolder, settings));
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => (closed ??= server.close());
  t.after(close);
  return { ...server, close, dataFolder };
}

/** Sends a form; redirects are not followed. */
export function postForm(url: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
}

/** Makes a case and returns its address. */
export async function makeCase(server: Running, name: string): Promise<string> {
  const made = await postForm(`${server.url}/cases`, { name });
  return new URL(made.headers.get('location') ?? '', server.url).href;
}

/** Waits until nothing of the case waits to be read; returns what was told on the way. */
export async function untilRead(caseUrl: string): Promise<readonly { event: string; data: Record<string, unknown> }[]> {
  const stop = new AbortController();
  const events = await fetch(`${caseUrl}/events`, { signal: stop.signal });
  const told: { event: string; data: Record<string, unknown> }[] = [];
  let rest = '';
  for await (const chunk of events.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      if (event !== undefined) told.push({ event, data: JSON.parse(data!) });
    }
    const last = told.findLast(({ event }) => event === 'case');
    if (last?.data['waiting'] === 0) break;
  }
  stop.abort();
  return told;
}

/** Captures of a sample, by name and content, in order; not more than `most`. */
export async function sampleFiles(sample: string, most = 1000): Promise<readonly { name: string; bytes: Buffer }[]> {
  const folder = join(projectRoot, 'samples', sample);
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.tar.gz'))
    .sort()
    .slice(0, most);
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
}

/** A multipart form with files, as a browser without scripts sends it. */
export function filesForm(files: readonly { name: string; bytes: Uint8Array }[], run = ''): FormData {
  const form = new FormData();
  form.append('run', run);
  for (const { name, bytes } of files) form.append('file', new Blob([Buffer.from(bytes)]), name);
  return form;
}

/** A request with headers that `fetch` does not let one set. */
export function rawRequest(
  url: string,
  options: { method?: string; headers?: Readonly<Record<string, string>>; path?: string; body?: string } = {},
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        hostname,
        port,
        path: options.path ?? pathname + search,
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
      },
      (response) => {
        text(response).then(
          (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
          reject,
        );
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}
