import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApacheOptions, apacheConfiguration } from './apache.ts';
import { Host, type Program } from './host.ts';
import type { LoadOptions } from './programs/load-options.ts';

/** Addresses of the lab, from the ranges that are set aside for examples. */
export const WEB = '203.0.113.10';
export const GATEWAY = '203.0.113.1';
export const WEB_INSIDE = '10.20.0.1';
export const APP = '10.20.0.10';
export const APP_PORT = 9000;
/** Clients the load comes from. */
export const CLIENTS: readonly string[] = Array.from({ length: 60 }, (_, i) => `198.51.100.${i + 1}`);

/** What a run of an incident may vary. */
export interface LabOptions {
  readonly folder: string;
  readonly seed: number;
  /** Factor on the usual load. */
  readonly load: number;
}

/** Three machines: clients — www1 (Apache) — app1 (what Apache passes requests to). */
export class Lab {
  readonly options: LabOptions;
  readonly clients: Host;
  readonly web: Host;
  readonly app: Host;
  readonly #restore: [path: string, value: string][] = [];
  readonly #running: ChildProcess[] = [];
  #programs = 0;
  /** When the first clients since it was last set to null were ready, in milliseconds since 1970; null: none yet. */
  startedMs: number | null = null;

  private constructor(options: LabOptions, clients: Host, web: Host, app: Host) {
    this.options = options;
    this.clients = clients;
    this.web = web;
    this.app = app;
  }

  static async start(options: LabOptions): Promise<Lab> {
    mkdirSync(join(options.folder, 'logs'), { recursive: true });
    const [clients, web, app] = await Promise.all([Host.start('clients'), Host.start('www1'), Host.start('app1')]);
    const lab = new Lab(options, clients, web, app);
    lab.#connect();
    return lab;
  }

  #connect(): void {
    const { clients, web, app } = this;
    const link = `ip link add eth0 netns ${clients.pid} type veth peer name eth0 netns ${web.pid}
      ip link add eth0 netns ${app.pid} type veth peer name eth1 netns ${web.pid}`;
    const { status, stderr } = spawnSync('sh', ['-euc', link], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`no network: ${stderr}`);
    clients.run(`ip addr add ${GATEWAY}/24 dev eth0; ip link set eth0 up
      ${CLIENTS.map((address) => `ip addr add ${address}/32 dev lo`).join('\n')}`);
    web.run(`ip addr add ${WEB}/24 dev eth0; ip addr add ${WEB_INSIDE}/24 dev eth1
      ip link set eth0 up; ip link set eth1 up; ip route add default via ${GATEWAY}
      iptables -A INPUT -m conntrack --ctstate INVALID -j ACCEPT`);
    app.run(`ip addr add ${APP}/24 dev eth0; ip link set eth0 up; ip route add default via ${WEB_INSIDE}`);
    // The rule changes nothing; it turns connection tracking on. TIME_WAIT entries live as long as the sockets.
    web.sysctl('net.netfilter.nf_conntrack_tcp_timeout_time_wait', 60);
  }

  /** Starts a real Apache at Debian's own paths on www1, and waits until it listens. */
  async apache(options: ApacheOptions = {}): Promise<void> {
    const folder = join(this.options.folder, 'apache');
    mkdirSync(join(folder, 'html/static'), { recursive: true });
    mkdirSync(join(folder, 'log'), { recursive: true });
    writeFileSync(join(folder, 'apache2.conf'), apacheConfiguration(options));
    const files = {
      'index.html': 5_000,
      'static/site.css': 12_000,
      'static/logo.png': 40_000,
      'static/video.bin': 8_000_000,
    };
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, 'html', name), 'x'.repeat(bytes));
    this.web.run(`mount --bind ${folder}/apache2.conf /etc/apache2/apache2.conf
      mkdir -p /run/apache2 && mount -t tmpfs none /run/apache2
      mount --bind ${folder}/html /var/www/html; mount --bind ${folder}/log /var/log/apache2`);
    this.#running.push(this.web.start(['apache2', '-DFOREGROUND'], join(this.options.folder, 'logs/apache.log')));
    await until('Apache listens', () => this.web.run('ss -ltnH').includes(':80 '));
  }

  /** Starts the application behind Apache; its options are in `programs/application.ts`. */
  application(options: Readonly<Record<string, unknown>> = {}, host: Host = this.app): Promise<Program> {
    const file = new URL('programs/application.js', import.meta.url);
    return host.program(file, { address: APP, port: APP_PORT, seed: this.#nextSeed(), ...options });
  }

  /** Starts clients. Rates are multiplied by the run's load. */
  async clientsOf(options: LoadOptions): Promise<Program> {
    const file = new URL('programs/load.js', import.meta.url);
    const log = join(this.options.folder, `logs/clients-${this.#programs + 1}.jsonl`);
    const rate = options.mode === 'burst' ? options.rate : options.rate * this.options.load;
    const seed = this.#nextSeed();
    const program = await this.clients.program(file, {
      target: WEB,
      port: 80,
      from: CLIENTS,
      log,
      seed,
      ...options,
      rate,
    });
    this.startedMs ??= Date.now();
    return program;
  }

  /** Usual visitors: pages, and requests that are passed to the application. */
  visitors(options: Partial<LoadOptions> = {}): Promise<Program> {
    return this.clientsOf({
      mode: 'visits',
      rate: 20,
      keepAliveShare: 0.3,
      thinkS: [0.01, 0.15],
      patienceS: [8, 12],
      paths: USUAL_PATHS,
      ...options,
    });
  }

  /** A hundred visits at once, each second. */
  bursts(): Promise<Program> {
    const paths: LoadOptions['paths'] = [
      [1, '/static/logo.png'],
      [1, '/index.html'],
    ];
    return this.clientsOf({
      mode: 'burst',
      rate: 1,
      burst: Math.round(100 * this.options.load),
      most: 1000,
      thinkS: [0, 0.02],
      patienceS: [6, 9],
      paths,
    });
  }

  /** Sets a value that is one for the whole machine; it is put back when the lab ends. */
  machineSysctl(key: string, value: string | number): void {
    const path = `/proc/sys/${key.replaceAll('.', '/')}`;
    this.#restore.push([path, readFileSync(path, 'utf8').trim()]);
    writeFileSync(path, String(value));
  }

  restoreMachine(): void {
    for (const [path, value] of this.#restore.reverse()) writeFileSync(path, value);
    this.#restore.length = 0;
  }

  stop(): void {
    this.restoreMachine();
    for (const host of [this.clients, this.web, this.app]) host.stop();
  }

  #nextSeed(): number {
    return this.options.seed * 1000 + ++this.#programs;
  }
}

/** Weighted paths: static ones, ones of the application, a few that do not exist. */
export const USUAL_PATHS: LoadOptions['paths'] = [
  [30, '/index.html'],
  [15, '/static/site.css'],
  [15, '/static/logo.png'],
  [20, '/app/catalog?id=7'],
  [10, '/api/v1/items'],
  [4, '/app/search?q=lab'],
  [3, '/static/nope.js'],
  [3, '/app/missing.html'],
];

/** Mostly requests for the application. */
export const APP_PATHS: LoadOptions['paths'] = [
  [40, '/app/catalog?id=7'],
  [28, '/api/v1/items'],
  [17, '/app/search?q=lab'],
  [13, '/index.html'],
  [2, '/app/missing.html'],
];

/** Waits until something is so; throws after ten seconds. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited in vain: ${what}`);
}
