import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a report's files are. */
export const REPORT_TYPES: Readonly<Record<'html' | 'md' | 'json', string>> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** Sends a page. */
export function sendPage(reply: FastifyReply, page: string, statusCode = 200): FastifyReply {
  return reply.code(statusCode).type('text/html; charset=utf-8').send(page);
}

/** Whether a browser asks, which shows a page; else a line is sent. */
export function wantsPage(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes('text/html');
}

/** A header that has a file saved under this name, whatever it holds. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w.-]+/g, '_');
  return `attachment; filename="${plain}"`;
}
