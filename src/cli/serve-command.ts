import { once } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import type { ServerLimits } from '../server/settings.ts';
import { processConsole } from './console.ts';
import { addServeLimits, type ServeLimitArguments, serverLimits } from './serve-limits.ts';
import { VERSION } from './version.ts';

interface ServeArguments extends ServeLimitArguments {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly token?: boolean;
  readonly newToken?: boolean;
  readonly publicUrl?: URL;
  readonly allowHost?: readonly string[];
}

/** `lastack serve` */
export function addServeCommand(program: Command): void {
  const command = program
    .command('serve')
    .summary('open the web page: upload captures, read postmortems')
    .description(
      'Opens a web page to upload captures and read what they say. It listens on this machine only, unless told otherwise; on any other address visitors must show a token, which is printed when it is made.',
    )
    .option('--port <n>', 'port to listen on; 0: any free one', parsePort, 8737)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--data <dir>', 'folder with the cases, a case file each', 'lastack-data')
    .option('--token', 'ask for the token on this machine too')
    .option('--new-token', 'make a new token; the old one and all sessions end')
    .option('--public-url <url>', 'where a reverse proxy offers the server; the token is asked for', parseUrl)
    .option('--allow-host <name>', 'a further name the server is called by; may be given several times', addName);
  addServeLimits(command)
    .addHelpText(
      'after',
      '\nExamples:\n  lastack serve\n  lastack serve --host 10.0.0.5 --data /srv/lastack\n  lastack serve --data /srv/lastack --public-url https://lastack.example.org',
    )
    .action(async (options: ServeArguments) => {
      const console = processConsole(program.opts<{ quiet?: boolean }>().quiet === true);
      const { startServer } = await import('../server/server.ts');
      const limits: ServerLimits = serverLimits(options);
      const server = await startServer({
        host: options.host,
        port: options.port,
        dataFolder: options.data,
        lastackVersion: VERSION,
        alwaysToken: options.token === true,
        newToken: options.newToken === true,
        publicUrl: options.publicUrl ?? null,
        allowedHosts: options.allowHost ?? [],
        limits,
      });
      if (server.madeToken !== null) await console.data(`token: ${server.madeToken}\n`);
      await console.data(`${options.publicUrl?.href ?? server.url}\n`);
      console.say('Ctrl-C ends it; what is uploaded by then is read when it is started again.');
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      await server.close();
    });
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new InvalidArgumentError('expected a number from 0 to 65535.');
  return port;
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== '/')
    throw new InvalidArgumentError('expected an address without a path, such as https://lastack.example.org.');
  return url;
}

function addName(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}
