import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';
import { type Pack, pack } from 'tar-stream';
import type { Context } from '../context.ts';
import { attachment } from './answers.ts';

const EXPORT = { entry: new URL('../jobs/export-process.js', import.meta.url) };

/** The whole case as Parquet files, in a tar archive. */
export function addExportRoutes(app: FastifyInstance, { cases, reports }: Context): void {
  app.get<{ Params: { slug: string } }>('/cases/:slug/export.tar', async (request, reply) => {
    const served = cases.get(request.params.slug);
    const folder = join(await reports.folderOf(served, { process: EXPORT, job: {} }), 'parquet');
    const archive = pack();
    addFiles(archive, folder, `${served.slug}-parquet`).catch((error: unknown) => archive.destroy(error as Error));
    reply.header('content-disposition', attachment(`${served.slug}-parquet.tar`));
    return reply.type('application/x-tar').send(archive);
  });
}

async function addFiles(archive: Pack, folder: string, name: string): Promise<void> {
  for (const entry of (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const { size } = await stat(path);
    await pipeline(createReadStream(path), archive.entry({ name: `${name}/${relative(folder, path)}`, size }));
  }
  archive.finalize();
}
