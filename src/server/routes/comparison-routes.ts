import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { viewOf } from '../case-view.ts';
import { comparisonOf, readSides, type SidesQuery } from '../comparison.ts';
import type { Context } from '../context.ts';
import { comparisonPage } from '../pages/comparison-page.ts';
import { reportHeaders } from '../security/response-headers.ts';
import { attachment, REPORT_TYPES, sendPage } from './answers.ts';

interface ForComparison {
  readonly Params: { readonly slug: string };
  readonly Querystring: SidesQuery & { readonly download?: string };
}

/** The comparison of runs: its page, and its files as they can be sent on. */
export function addComparisonRoutes(app: FastifyInstance, { cases, reports, token }: Context): void {
  app.get<ForComparison>('/cases/:slug/comparison', async (request, reply) => {
    const served = cases.get(request.params.slug);
    return sendPage(reply, comparisonPage(await viewOf(served), readSides(request.query), token !== null));
  });
  for (const format of ['html', 'md', 'json'] as const) {
    app.get<ForComparison>(`/cases/:slug/comparison.${format}`, async (request, reply) => {
      const served = cases.get(request.params.slug);
      const folder = await reports.folderOf(served, comparisonOf(served, readSides(request.query)));
      const text = await readFile(join(folder, `comparison.${format}`), 'utf8');
      if (format === 'html') reply.headers(reportHeaders(text));
      if (request.query.download !== undefined)
        reply.header('content-disposition', attachment(`${served.slug}-comparison.${format}`));
      return reply.type(REPORT_TYPES[format]).send(text);
    });
  }
}
