import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { viewOf } from '../case-view.ts';
import type { Context } from '../context.ts';
import { postmortemPage } from '../pages/postmortem-page.ts';
import type { ReportKind } from '../reports.ts';
import { reportHeaders } from '../security/response-headers.ts';
import { readSelection, type Selection, type SelectionQuery } from '../selection.ts';
import { attachment, REPORT_TYPES, sendPage } from './answers.ts';

interface ForReport {
  readonly Params: { readonly slug: string };
  readonly Querystring: SelectionQuery & { readonly download?: string };
}

const POSTMORTEM = { entry: new URL('../jobs/report-process.js', import.meta.url) };
/** The postmortem: its page, and its files as they can be sent on. */
export function addReportRoutes(app: FastifyInstance, { cases, reports, token }: Context): void {
  app.get<ForReport>('/cases/:slug/postmortem', async (request, reply) => {
    const served = cases.get(request.params.slug);
    return sendPage(reply, postmortemPage(await viewOf(served), readSelection(request.query), token !== null));
  });
  for (const format of ['html', 'md', 'json'] as const) {
    app.get<ForReport>(`/cases/:slug/postmortem.${format}`, async (request, reply) => {
      const served = cases.get(request.params.slug);
      const folder = await reports.folderOf(served, postmortemOf(readSelection(request.query)));
      const text = await readFile(join(folder, `postmortem.${format}`), 'utf8');
      if (format === 'html') reply.headers(reportHeaders(text));
      if (request.query.download !== undefined)
        reply.header('content-disposition', attachment(`${served.slug}-postmortem.${format}`));
      return reply.type(REPORT_TYPES[format]).send(text);
    });
  }
}

/** The report of a part of the case. */
export function postmortemOf(selection: Selection): ReportKind {
  return { process: POSTMORTEM, job: { selection } };
}
