import { createGunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from './refusal.ts';

/** How long the JSON text of a request was: HubSpot limits a search by its text, not by its content. */
const LENGTHS = new WeakMap<FastifyRequest, number>();

export function bodyLength(request: FastifyRequest): number {
  return LENGTHS.get(request) ?? 0;
}

/** Reads JSON bodies, packed or not, and answers broken ones in HubSpot's words. */
export function parseBodies(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    if (request.headers['content-encoding'] !== 'gzip') return done(null, payload);
    delete request.headers['content-length'];
    const plain = Object.assign(payload.pipe(createGunzip()), { receivedEncodedLength: 0 });
    payload.on('data', (chunk: Buffer) => (plain.receivedEncodedLength += chunk.length));
    done(null, plain);
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, text: string, done) => {
    LENGTHS.set(request, text.length);
    if (text.trim() === '') return done(null, undefined);
    try {
      done(null, JSON.parse(text));
    } catch (error) {
      done(malformed(text, error));
    }
  });
}

function malformed(text: string, cause: unknown): Refusal {
  const position = Number(/position (\d+)/.exec(String(cause))?.[1] ?? text.length);
  const lines = text.slice(0, position).split('\n');
  const where = `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
  return new Refusal(400, { message: `Invalid input JSON on ${where}: ${String(cause)}` });
}
