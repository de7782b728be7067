import type { FastifyRequest } from 'fastify';
import { invalid } from '../refusal.ts';
import { nextLink, queryText } from '../requests.ts';

/**
 * Where a list of the marketing APIs continues: base64 that stands percent-encoded in the JSON (recorded: `MQ%3D%3D` for
 * place 1), while the link beside it is encoded once. A client that encodes what it read sends it encoded twice, so both
 * are understood.
 */
export function nextToken(request: FastifyRequest, place: string): { after: string; link: string } {
  const token = Buffer.from(place).toString('base64');
  return { after: encodeURIComponent(token), link: nextLink(request, token).link };
}

/** The place that a request wants to go on from; throws for a token that we cannot have given. */
export function placeAfter(request: FastifyRequest, shape: RegExp): string | undefined {
  const given = queryText(request, 'after');
  if (given === undefined) return undefined;
  const place = Buffer.from(given.replaceAll(/%3D/gi, '='), 'base64').toString();
  if (!shape.test(place)) throw invalid(`Invalid paging token: ${given}`);
  return place;
}
