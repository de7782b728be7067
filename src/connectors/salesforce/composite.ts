import type { TasukiError } from '../../errors/errors.ts';
import { BadAnswer } from '../http/failure.ts';
import { AnswerLost, meaningOf } from './failures.ts';
import type { Gateway } from './gateway.ts';
import { pageIn, type QueryPage, WIDEST } from './query.ts';

/** A composite takes 25 parts, and no more than this many of them may be queries. */
export const TOGETHER = 5;

/** What became of one query: its page, or what its failure means. */
export type Part = QueryPage | TasukiError;

type RawPart = {
  readonly referenceId?: unknown;
  readonly httpStatusCode?: unknown;
  readonly httpHeaders?: Readonly<Record<string, string>> | null;
  readonly body?: unknown;
};

/**
 * The first pages of up to five queries, deleted rows included, for the price of one call.
 *
 * Each part succeeds or fails by itself. They travel in a body, so the bound on the length of a URL does not hold for them.
 * Throws what stops all of them: no answer, no allowance, no login.
 */
export async function queryTogether(gateway: Gateway, soqls: readonly string[]): Promise<readonly Part[]> {
  const answer = await gateway.read('composite-query', (connection) =>
    connection.requestPost<{ readonly compositeResponse?: unknown }>('/composite', {
      allOrNone: false,
      compositeRequest: soqls.map((soql, i) => ({
        method: 'GET',
        url: `/services/data/v${connection.version}/queryAll?q=${encodeURIComponent(soql)}`,
        referenceId: nameOf(i),
        httpHeaders: WIDEST,
      })),
    }),
  );
  const parts = answer.compositeResponse;
  if (!Array.isArray(parts)) throw new AnswerLost('salesforce', 'Salesforce answered a composite without its parts.');
  const byName = new Map((parts as readonly RawPart[]).map((part) => [part.referenceId, part]));
  return soqls.map((_, i) => read(byName.get(nameOf(i))));
}

function nameOf(index: number): string {
  return `query${index}`;
}

function read(part: RawPart | undefined): Part {
  if (part === undefined)
    return new AnswerLost('salesforce', 'Salesforce answered a composite without one of its parts.');
  const status = Number(part.httpStatusCode);
  if (status < 300) return readPage(part.body);
  const text = JSON.stringify(part.body ?? null);
  const refusal = new BadAnswer('a query', { status, headers: part.httpHeaders ?? {}, text });
  return meaningOf('a query', refusal) ?? new AnswerLost('salesforce', refusal.message, { cause: refusal });
}

function readPage(body: unknown): Part {
  try {
    return pageIn(typeof body === 'object' && body !== null ? body : {});
  } catch (failure) {
    if (failure instanceof AnswerLost) return failure;
    throw failure;
  }
}
