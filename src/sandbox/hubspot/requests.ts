import type { FastifyRequest } from 'fastify';
import { invalid } from './refusal.ts';

type Query = Record<string, string | string[] | undefined>;

/** A list in a query: repeated keys, comma lists, or both. */
export function queryList(request: FastifyRequest, name: string): string[] | undefined {
  const given = (request.query as Query)[name];
  if (given === undefined) return undefined;
  const names = (Array.isArray(given) ? given : [given]).flatMap((part) => part.split(','));
  return names.map((part) => part.trim()).filter((part) => part !== '');
}

export function queryText(request: FastifyRequest, name: string): string | undefined {
  const given = (request.query as Query)[name];
  const text = Array.isArray(given) ? given.at(-1) : given;
  return text === '' ? undefined : text;
}

export function queryFlag(request: FastifyRequest, name: string): boolean {
  return queryText(request, name) === 'true';
}

export function queryLimit(request: FastifyRequest, { usual, most }: { usual: number; most: number }): number {
  const text = queryText(request, 'limit');
  const limit = text === undefined ? usual : Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw invalid(`Invalid limit: ${text}`);
  if (limit > most) throw invalid(`The limit of ${limit} exceeds the maximum of ${most}.`);
  return limit;
}

export function pathPart(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string>)[name] ?? '';
}

/** Where the same request continues. */
export function nextLink(request: FastifyRequest, after: string): { after: string; link: string } {
  const link = new URL(request.url, `http://${request.headers.host ?? 'localhost'}`);
  link.searchParams.set('after', after);
  return { after, link: link.href };
}
