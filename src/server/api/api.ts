import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { addCaptureApi } from './capture-api.ts';
import { addCaseApi } from './case-api.ts';
import { addReadingApi } from './reading-api.ts';

/** The same as the pages over JSON, below `/api/v1`, and the OpenAPI document that describes it, `/openapi.json`. */
export async function addApi(app: FastifyInstance, context: Context): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'lastack',
        version: context.settings.lastackVersion,
        description: 'Cases, captures and what they say. Errors are one line: what is wrong and what would be right.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      ...(context.token === null ? {} : { security: [{ token: [] }] }),
    },
    transform: ({ schema, url }) => ({ schema: { ...schema, hide: !url.startsWith('/api/') }, url }),
  });
  await app.register(
    async (api) => {
      addCaseApi(api, context);
      addCaptureApi(api, context);
      addReadingApi(api, context);
    },
    { prefix: '/api/v1' },
  );
  app.get('/openapi.json', async () => app.swagger());
}
