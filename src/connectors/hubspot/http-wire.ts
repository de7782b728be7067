import { InvariantBroken } from '../../errors/errors.ts';
import { BadAnswer, NoAnswer } from '../http/failure.ts';
import { type HttpAnswer, readJson, send } from '../http/send.ts';
import { apiOver, type ClientRequest } from './api.ts';
import { pathIn } from './family.ts';
import type { CallKind, Carried, Wire } from './gateway.ts';
import type { HubSpotSettings } from './options.ts';

/** One call over HTTP, through the client. What the client itself stumbles over in a good answer is an answer that cannot be read. */
export function httpWire(settings: HubSpotSettings): Wire {
  return async (call, ask) => {
    const { kind, token } = call;
    let answer: HttpAnswer | undefined;
    const api = apiOver(settings.baseUrl, token, async (request) => {
      answer = await exchange(settings, call, request);
      return answer;
    });
    try {
      return await ask(api);
    } catch (error) {
      if (error instanceof NoAnswer || error instanceof BadAnswer || error instanceof InvariantBroken) throw error;
      if (answer === undefined)
        throw new InvariantBroken(`${kind.name}: the request could not be made`, { cause: error });
      throw new BadAnswer(kind.name, answer, 'an answer of the wrong shape');
    }
  };
}

async function exchange(
  { baseUrl, family, timeouts, log, pace }: HubSpotSettings,
  { kind, token, told, dated }: Carried,
  request: ClientRequest,
): Promise<HttpAnswer> {
  const url = new URL(request.url);
  const prefix = new URL(baseUrl).pathname.replace(/\/$/, '');
  url.pathname = prefix + pathIn(family, url.pathname.slice(prefix.length));
  const headers = { ...request.headers, Authorization: `Bearer ${token}` };
  const body = request.body === undefined ? {} : { body: request.body };
  const startedAt = pace.monotonic();
  const answer = await send({ method: request.method, url: url.href, headers, ...body }, timeouts);
  log.debug({ call: kind.name, status: answer.status, ms: Math.round(pace.monotonic() - startedAt) }, 'hubspot call');
  dated(answer.headers);
  noteDay(answer, told);
  if (answer.status < 200 || answer.status >= 300) throw new BadAnswer(kind.name, answer);
  const answered = readJson(kind.name, answer);
  if (kind.list !== undefined && !hasList(answered, kind.list))
    throw new BadAnswer(kind.name, answer, `no list of ${kind.list}`);
  noteWarnings(log, kind, answered);
  // Every body we accept is JSON, whatever the header says; the client refuses to read one without it.
  return {
    ...answer,
    status: documentedStatus(kind, answer.status, answered),
    headers: { ...answer.headers, 'content-type': 'application/json' },
  };
}

/** Every answer tells how the account's day stands, but those of searches, and all of them to an app with OAuth. */
function noteDay({ headers }: HttpAnswer, told: Carried['told']): void {
  const limit = headers['x-hubspot-ratelimit-daily'];
  const remaining = headers['x-hubspot-ratelimit-daily-remaining'];
  if (limit !== undefined && remaining !== undefined) told(Number(limit) - Number(remaining), Number(limit));
}

/** The dated paths tell in `warnings` what they changed in a value that we sent; the client drops the field. */
function noteWarnings(log: HubSpotSettings['log'], kind: CallKind, body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  const results: readonly unknown[] = 'results' in body && Array.isArray(body.results) ? body.results : [];
  for (const part of [body, ...results]) {
    if (typeof part !== 'object' || part === null || !('warnings' in part) || !Array.isArray(part.warnings)) continue;
    for (const warning of part.warnings) {
      const { category, context } = warning as { category?: unknown; context?: { propertyName?: unknown } };
      log.warn({ call: kind.name, category, property: context?.propertyName }, 'hubspot changed a value');
    }
  }
}

/**
 * The status that the client wants to see for a success. It takes any other 2xx for a failure, and reads errors of single records
 * only under a 207.
 */
function documentedStatus({ success }: CallKind, status: number, body: unknown): number {
  if (success.includes(207) && hasList(body, 'errors')) return 207;
  return success.includes(status) ? status : success[0];
}

function hasList(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && Array.isArray((body as Record<string, unknown>)[name]);
}
