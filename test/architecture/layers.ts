/** What one folder of `src` may import; the order of the table is the way of the data. */
export interface Layer {
  /** Folders of `src` it may import from. */
  readonly from: readonly string[];
  /** Modules it may import types from, beyond `from`: `sources`, or one file, `analysis/document`. */
  readonly typesFrom?: readonly string[];
  /** npm packages it may import types from, beyond `packages`. */
  readonly typesOf?: readonly string[];
  /** npm packages; `node:` and `@duckdb/` stand for all that begins so. */
  readonly packages: readonly string[];
}

const ALL = ['base', 'sources', 'collector', 'capture', 'redact', 'store', 'ingest', 'analysis', 'report'];

/** The arrows between the folders of `src`; ARCHITECTURE.md draws them. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  base: { from: [], packages: ['date-fns', '@date-fns/utc'] },
  sources: { from: ['base'], packages: [] },
  collector: { from: [], packages: [] },
  capture: { from: ['base'], packages: ['node:', 'tar-stream', 'xz-decompress'] },
  redact: { from: ['base', 'capture'], packages: ['node:', 'tar-stream', 'tldts-icann'] },
  store: { from: ['base'], typesFrom: ['sources'], packages: ['node:', '@duckdb/'] },
  ingest: { from: ['base', 'capture', 'sources', 'store'], packages: ['node:'] },
  analysis: {
    from: ['base', 'store'],
    packages: ['node:', 'date-fns', '@date-fns/utc', 'jstat'],
    typesOf: ['@duckdb/node-api'],
  },
  report: {
    from: ['base'],
    typesFrom: ['analysis/document', 'analysis/comparison-document'],
    packages: [
      'node:',
      'date-fns',
      '@date-fns/utc',
      'vega',
      'vega-interpreter',
      'vega-lite',
      'preact',
      'preact-render-to-string',
    ],
  },
  server: {
    from: ['base', 'capture', 'store', 'ingest', 'analysis', 'report'],
    packages: ['node:', 'fastify', '@fastify/', 'preact-render-to-string', 'tar-stream'],
    typesOf: ['preact', '@duckdb/node-api'],
  },
  cli: {
    from: [...ALL, 'server'],
    packages: ['node:', 'commander', 'cli-progress', 'apache-arrow', 'date-fns', '@date-fns/utc'],
    typesOf: ['@duckdb/node-api'],
  },
};
