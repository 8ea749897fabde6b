import { createHash } from 'node:crypto';
import { readAsset } from '../assets.ts';

const STYLES: readonly string[] = ['tokens', 'page', 'timeline', 'narrow', 'print'];
const SCRIPTS: readonly string[] = [
  'format',
  'state',
  'hash',
  'axis',
  'labels',
  'follow',
  'crosshair',
  'path',
  'dashes',
  'zoom',
  'hosts',
  'pointer',
  'overview',
  'keyboard',
  'copy',
  'start',
];

/** The style sheet of a page: that of all pages, with what `more` name. */
export function styleSheet(more: readonly string[] = []): string {
  return [...STYLES, ...more].map((name) => readAsset(`theme/${name}.css`)).join('');
}

/** A client script: modules of `reports/client`, each after those it imports, in one scope of their own. */
export function clientScript(names: readonly string[] = SCRIPTS): string {
  const modules = names.map((name) =>
    readAsset(`client/${name}.js`)
      .replace(/^import [^;]*;\n/gm, '')
      .replace(/^export /gm, ''),
  );
  return `(() => {\n'use strict';\n${modules.join('')}})();\n`;
}

/** Allows this one style sheet and this one script, by their hashes, and nothing else: no network, no eval, no frames. */
export function contentSecurityPolicy(style: string, script: string): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
}
