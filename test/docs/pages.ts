import { loadLibrary } from '../../src/analysis/library.ts';
import { createProgram } from '../../src/cli/program.ts';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { cliPage } from './cli-page.ts';
import { findingsPage } from './findings-page.ts';
import { inputsPage } from './inputs-page.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { metricsPage } from './metrics-page.ts';
import { schemaPage } from './schema-page.ts';

/** The pages that are made from the code, by path; `npm run docs` writes them, a test holds them against the files. */
export async function generatedPages(): Promise<ReadonlyMap<string, string>> {
  const [sources, library] = await Promise.all([loadSources(), loadLibrary()]);
  return new Map([
    ['docs/schema.md', schemaPage(sources)],
    ['docs/supported-inputs.md', inputsPage(sources)],
    ['docs/metrics.md', metricsPage(library.metrics)],
    ['docs/findings.md', findingsPage(library.findings)],
    ['docs/cli.md', cliPage(createProgram())],
    ['schema/comparison.schema.json', jsonSchemaOf('src/analysis/comparison-document.ts', 'Comparison')],
    ['schema/postmortem.schema.json', jsonSchemaOf('src/analysis/document.ts', 'Postmortem')],
  ]);
}
