import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Commands the tests run beyond npm, and the Debian package that has each.
 * @type {Readonly<Record<string, string>>}
 */
const PACKAGE_OF = {
  apache2: 'apache2',
  busybox: 'busybox',
  chromium: 'chromium',
  conntrack: 'conntrack',
  curl: 'curl',
  dash: 'dash',
  ip: 'iproute2',
  iptables: 'iptables',
  ksh: 'ksh93u+m',
  netstat: 'net-tools',
  shellcheck: 'shellcheck',
  wget: 'wget',
};

const POLICY = '/usr/sbin/policy-rc.d';

/** Commands of `PACKAGE_OF` that this machine does not have. */
export function missingCommands() {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return Object.keys(PACKAGE_OF).filter((command) => !folders.some((folder) => isExecutable(join(folder, command))));
}

/**
 * Installs what is missing, when this is root on Debian; otherwise leaves it to the tests to say so.
 * No service is started: while packages unpack, a policy script refuses every start.
 */
export function setUp() {
  const missing = missingCommands();
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !isExecutable('/usr/bin/apt-get')) {
    console.log(`set-up: missing ${missing.join(', ')}; the tests that need them are skipped (not root on Debian)`);
    return;
  }
  const packages = missing.map((command) => PACKAGE_OF[command] ?? command);
  console.log(`set-up: installing ${packages.join(' ')}`);
  const ownPolicy = !existsSync(POLICY);
  if (ownPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    apt('update', '-q');
    apt('install', '-q', '-y', '--no-install-recommends', ...packages);
  } finally {
    if (ownPolicy) rmSync(POLICY, { force: true });
  }
  const still = missingCommands();
  if (still.length > 0) console.log(`set-up: still missing ${still.join(', ')}`);
}

/** @param {string[]} args */
function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const done = spawnSync('apt-get', args, { env, encoding: 'utf8', timeout: 600_000 });
  if (done.status !== 0) console.log(`set-up: apt-get ${args[0]} failed\n${done.stdout}${done.stderr}`);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
