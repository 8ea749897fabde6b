import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { ServedCase } from '../data/served-case.ts';
import { uploadResultPage } from '../pages/upload-result-page.ts';
import { ServerError } from '../server-error.ts';
import { acceptedLine, readRun } from '../uploads.ts';
import { sendPage, wantsPage } from './answers.ts';

interface ForUpload {
  readonly Params: { readonly slug: string; readonly name?: string };
  readonly Querystring: { readonly run?: string };
}

/** A file of a form and what became of it. */
export interface FormFile {
  readonly name: string;
  readonly ok: boolean;
  readonly line: string;
}

/** Uploads without a script: a form with any number of files, or one file as the body of a PUT (`curl -T`). */
export async function addUploadRoutes(app: FastifyInstance, context: Context): Promise<void> {
  const { cases, uploads, settings } = context;
  await app.register(async (plain) => {
    plain.removeAllContentTypeParsers();
    plain.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    const put = async (request: FastifyRequest<ForUpload>, reply: FastifyReply): Promise<FastifyReply> => {
      const served = cases.get(request.params.slug);
      const accepted = await uploads.take(served, {
        stream: request.raw,
        name: request.params.name ?? '',
        run: readRun(request.query.run),
        bytes: lengthOf(request),
      });
      return reply.code(accepted.isNew ? 201 : 200).send(`${acceptedLine(accepted)}\n`);
    };
    for (const path of ['', '/', '/:name']) plain.put<ForUpload>(`/cases/:slug/captures${path}`, put);
  });
  await app.register(async (form) => {
    await form.register(multipart, {
      throwFileSizeLimit: false,
      limits: {
        fileSize: settings.limits.fileBytes,
        files: settings.limits.filesPerForm,
        fields: 10,
        fieldSize: 1000,
        headerPairs: 50,
      },
    });
    form.post<ForUpload>('/cases/:slug/captures', async (request, reply) => {
      const served = cases.get(request.params.slug);
      if (!request.isMultipart())
        throw new ServerError(415, 'send the files as multipart/form-data, or one as the body of a PUT');
      const files = await uploads.within(() => receiveForm(request, served, context));
      if (files.length === 0) throw new ServerError(400, 'no file was sent; choose some');
      const failed = files.filter(({ ok }) => !ok);
      if (!wantsPage(request))
        return reply.code(failed.length > 0 ? 400 : 201).send(files.map(({ line }) => `${line}\n`).join(''));
      if (failed.length === 0) return reply.redirect(`/cases/${served.slug}`, 303);
      return sendPage(reply, uploadResultPage(served, files), 400);
    });
  });
}

function lengthOf(request: FastifyRequest): number | null {
  const text = request.headers['content-length'];
  return text === undefined ? null : Number(text);
}

/** Takes the files of a form one after the other; one that cannot be taken does not stop the others, a full disk does. */
async function receiveForm(
  request: FastifyRequest,
  served: ServedCase,
  { uploads, settings }: Context,
): Promise<FormFile[]> {
  const files: FormFile[] = [];
  let run: string | null = null;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (part.fieldname === 'run') run = readRun(String(part.value));
      continue;
    }
    const { filename: name, file } = part;
    if (name === '') {
      file.resume();
      continue;
    }
    try {
      const received = await uploads.receive(served, file);
      if (file.truncated) {
        await uploads.drop(received);
        throw new ServerError(
          413,
          `it is larger than ${settings.limits.fileBytes} bytes, the most this server takes (--max-file)`,
        );
      }
      const accepted = await uploads.accept(served, received, name, run);
      files.push({ name, ok: true, line: acceptedLine(accepted) });
    } catch (error) {
      if (!(error instanceof ServerError) || error.statusCode === 507) throw error;
      files.push({ name, ok: false, line: `${name}: ${error.message}` });
    }
  }
  return files;
}
