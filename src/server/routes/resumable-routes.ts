import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { ServerError } from '../server-error.ts';
import { readRun } from '../uploads.ts';

interface ForUpload {
  readonly Params: { readonly slug: string; readonly id: string };
}

const VERSION = '1.0.0';

/** Uploads in pieces: version 1.0.0 of the tus protocol with its creation and termination extensions. */
export function addResumableRoutes(app: FastifyInstance, { cases, resumable, settings, uploads }: Context): void {
  void app.register(async (plain) => {
    plain.removeAllContentTypeParsers();
    plain.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    plain.addHook('onRequest', async (request, reply) => {
      reply.header('tus-resumable', VERSION);
      if (request.method === 'OPTIONS' || request.headers['tus-resumable'] === VERSION) return;
      reply.header('tus-version', VERSION);
      throw new ServerError(412, `this server speaks version ${VERSION} of tus: send Tus-Resumable: ${VERSION}`);
    });
    plain.options('/cases/:slug/uploads', async (_request, reply) =>
      reply
        .headers({
          'tus-version': VERSION,
          'tus-extension': 'creation,termination',
          'tus-max-size': settings.limits.fileBytes,
        })
        .code(204)
        .send(),
    );
    plain.post<ForUpload>('/cases/:slug/uploads', async (request, reply) => {
      const served = cases.get(request.params.slug);
      const metadata = readMetadata(request.headers['upload-metadata']);
      const bytes = numberOf(request, 'upload-length');
      if (bytes === 0) throw new ServerError(400, 'the file is empty; send a capture');
      const id = await resumable.begin(served, {
        bytes,
        name: metadata.get('filename') ?? '',
        run: readRun(metadata.get('run')),
      });
      return reply.code(201).header('location', `/cases/${served.slug}/uploads/${id}`).send();
    });
    plain.head<ForUpload>('/cases/:slug/uploads/:id', async (request, reply) => {
      const { bytes, offset } = await resumable.look(cases.get(request.params.slug), request.params.id);
      return reply.headers({ 'upload-length': bytes, 'upload-offset': offset }).send();
    });
    plain.patch<ForUpload>('/cases/:slug/uploads/:id', (request, reply) =>
      uploads.within(() => addPiece(request, reply)),
    );
    plain.delete<ForUpload>('/cases/:slug/uploads/:id', async (request, reply) => {
      await resumable.end(cases.get(request.params.slug), request.params.id);
      return reply.code(204).send();
    });

    async function addPiece(request: FastifyRequest<ForUpload>, reply: FastifyReply): Promise<FastifyReply> {
      if (request.headers['content-type'] !== 'application/offset+octet-stream')
        throw new ServerError(415, 'send the piece as application/offset+octet-stream');
      const served = cases.get(request.params.slug);
      const start = numberOf(request, 'upload-offset');
      const { offset, accepted } = await resumable.add(served, request.params.id, start, request.raw);
      reply.header('upload-offset', offset);
      if (accepted !== null) {
        reply.header('lastack-capture', accepted.capture.id);
        reply.header('lastack-known', accepted.isNew ? 'no' : 'yes');
      }
      return reply.code(204).send();
    }
  });
}

function numberOf(request: FastifyRequest, header: string): number {
  const text = request.headers[header];
  if (typeof text !== 'string' || !/^\d{1,15}$/.test(text))
    throw new ServerError(400, `the header ${header} is missing or is no number`);
  return Number(text);
}

/** `filename ZQ==,run YQ==`: names and their values in base64. */
function readMetadata(header: string | string[] | undefined): ReadonlyMap<string, string> {
  const pairs = String(header ?? '')
    .split(',')
    .map((pair) => pair.trim().split(' '));
  return new Map(pairs.map(([key, value]) => [key ?? '', Buffer.from(value ?? '', 'base64').toString('utf8')]));
}
