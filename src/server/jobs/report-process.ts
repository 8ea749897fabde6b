import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { analyse } from '../../analysis/analyse.ts';
import { loadSources } from '../../ingest/load-sources.ts';
import { tableSources } from '../../ingest/table-sources.ts';
import { renderHtml } from '../../report/render-html.ts';
import { renderJson } from '../../report/render-json.ts';
import { renderMarkdown } from '../../report/render-markdown.ts';
import { CaseFile } from '../../store/case-file.ts';
import type { Selection } from '../selection.ts';
import { doJob } from './job-process.ts';

/** A postmortem to make, in every form, into a folder. */
export interface ReportJob {
  readonly casePath: string;
  readonly selection: Selection;
  readonly folder: string;
  readonly memoryMb: number;
  readonly lastackVersion: string;
}

doJob(async ({ casePath, selection, folder, memoryMb, lastackVersion }: ReportJob): Promise<null> => {
  const { run, host, since, until } = selection;
  const file = await CaseFile.openReadOnly(casePath, memoryMb);
  try {
    const postmortem = await analyse(file.connection, {
      lastackVersion,
      tableSources: tableSources(await loadSources()),
      ...(run === null ? {} : { runs: [run] }),
      ...(host === null ? {} : { hosts: [host] }),
      ...(since === null ? {} : { since }),
      ...(until === null ? {} : { until }),
    });
    await writeFile(join(folder, 'postmortem.json'), renderJson(postmortem));
    await writeFile(join(folder, 'postmortem.md'), renderMarkdown(postmortem));
    await writeFile(join(folder, 'postmortem.html'), await renderHtml(postmortem));
    return null;
  } finally {
    file.close();
  }
});
