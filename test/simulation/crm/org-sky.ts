import { answered, timedOut, unheard } from './answers.ts';
import type { Lifeline } from './lifeline.ts';
import type { CallDetail, Sky, Weather } from './weather.ts';

/** One call to the org, before it is carried out: its body as read, and the places of what it carries. */
export type OrgCall = { readonly what: string; readonly detail: CallDetail; readonly body: unknown };

/** Carries the call out with this body, at once; gives the body of the answer. */
export type Carry = (body: unknown) => unknown;

const EVERY_CALL: ReadonlySet<Sky['kind']> = new Set(['rate-limited', 'quota-exhausted', 'failed-before-commit']);
const LOCKED = {
  statusCode: 'UNABLE_TO_LOCK_ROW',
  message: 'unable to obtain exclusive access to this record or 1 records',
  fields: [],
};
const TRIGGER = {
  statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  message: 'CustomerTrigger: execution of BeforeSave',
  fields: [],
};

/** Carries out one call under the sky of its moment. Between the question to the weather and the answer nothing else happens. */
export async function underSky(
  { weather, life }: { readonly weather: Weather; readonly life: Lifeline },
  { what, detail, body }: OrgCall,
  carry: Carry,
): Promise<unknown> {
  const sky = await skyAt(weather, life, what, detail);
  if (EVERY_CALL.has(sky.kind)) throw refusalUnder(sky, what);
  switch (sky.kind) {
    case 'failed-after-commit':
      unheard(() => carry(body));
      throw answered(what, 502, null);
    case 'timed-out-after-commit':
      unheard(() => carry(body));
      throw timedOut(what);
    case 'partial':
      return withoutRows(body, sky.rows, TRIGGER, carry);
    case 'row-locked':
      return withoutRows(body, detail.effect === 'write' ? sky.rows : [], LOCKED, carry);
    default:
      return carry(body);
  }
}

async function skyAt(weather: Weather, life: Lifeline, what: string, detail: CallDetail): Promise<Sky> {
  try {
    return await weather.call('salesforce', what, detail);
  } catch (cause) {
    return life.end(cause);
  }
}

function refusalUnder(sky: Sky, what: string) {
  if (sky.kind === 'failed-before-commit') return answered(what, 503, null);
  const message =
    sky.kind === 'quota-exhausted'
      ? 'TotalRequests Limit exceeded.'
      : 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.';
  const retryAfterMs = 'retryAfterMs' in sky ? sky.retryAfterMs : undefined;
  return answered(what, 403, [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message }], retryAfterMs);
}

/** The places of what a call carries: records of a collection, queries of a composite. */
export function rowsIn(body: unknown): readonly unknown[] {
  if (typeof body !== 'object' || body === null) return [];
  if ('records' in body && Array.isArray(body.records)) return body.records;
  return 'compositeRequest' in body && Array.isArray(body.compositeRequest) ? body.compositeRequest : [];
}

/** The others are done, and these are told in their places that they are not. A call that carries nothing is simply done. */
function withoutRows(body: unknown, rows: readonly number[], error: typeof LOCKED, carry: Carry): unknown {
  const all = rowsIn(body);
  const unlucky = new Set(rows.filter((place) => place < all.length));
  if (unlucky.size === 0) return carry(body);
  const spared = all.filter((_, place) => !unlucky.has(place));
  if ('compositeRequest' in (body as object)) {
    const done = spared.length === 0 ? [] : partsIn(carry({ ...(body as object), compositeRequest: spared }));
    return { compositeResponse: all.map((part, place) => (unlucky.has(place) ? failedPart(part) : done.shift())) };
  }
  const done = spared.length === 0 ? [] : [...(carry({ ...(body as object), records: spared }) as unknown[])];
  return all.map((_, place) => (unlucky.has(place) ? { success: false, errors: [error] } : done.shift()));
}

function partsIn(answer: unknown): unknown[] {
  return [...(answer as { readonly compositeResponse: readonly unknown[] }).compositeResponse];
}

function failedPart(part: unknown): unknown {
  const { referenceId } = part as { readonly referenceId: string };
  const body = [{ errorCode: 'QUERY_TIMEOUT', message: 'Your query request was running for too long.' }];
  return { body, httpHeaders: {}, httpStatusCode: 400, referenceId };
}
