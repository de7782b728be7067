import { ApiFailure, asApiFailure, notFound, RowFault, refuse } from '../failure.ts';
import { bodyOf, type Call, ok, type Reply, type Route } from './call.ts';

export const compositeRoutes: readonly Route[] = [{ method: 'POST', path: '/composite', run: composite }];

const MAX_PARTS = 25;
const MAX_HEAVY_PARTS = 5;

type Part = { method: string; url: string; referenceId: string; body?: unknown; httpHeaders?: Record<string, string> };
type Result = { body: unknown; httpHeaders: Record<string, string>; httpStatusCode: number; referenceId: string };

/** Several calls in one: later parts may name the answers of earlier ones as `@{ref.id}`. */
function composite(call: Call): Reply {
  const body = bodyOf(call);
  const parts = body['compositeRequest'];
  if (!Array.isArray(parts)) throw refuse(400, 'JSON_PARSER_ERROR', "Missing required field 'compositeRequest'");
  const list = parts as Part[];
  checkLimits(list);
  const allOrNone = body['allOrNone'] === true;
  const results: Result[] = [];
  const runAll = (): void => {
    for (const part of list) results.push(runPart(call, part, results));
    if (allOrNone && results.some(isFailure)) throw new Halted();
  };
  if (!allOrNone) {
    runAll();
    return ok({ compositeResponse: results });
  }
  try {
    call.state.tables.transaction(runAll);
  } catch (error) {
    if (!(error instanceof Halted)) throw error;
    const first = results.findIndex(isFailure);
    return ok({
      compositeResponse: results.map((result, index) => (index === first ? result : halted(result.referenceId))),
    });
  }
  return ok({ compositeResponse: results });
}

class Halted extends Error {}

function isFailure(result: Result): boolean {
  return result.httpStatusCode >= 400 || result.httpStatusCode === 300;
}

function checkLimits(parts: readonly Part[]): void {
  if (parts.length === 0 || parts.length > MAX_PARTS) {
    throw refuse(400, 'LIMIT_EXCEEDED', `The number of subrequests must be between 1 and ${MAX_PARTS}.`);
  }
  const heavy = parts.filter((part) => /\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/.test(part.url)).length;
  if (heavy > MAX_HEAVY_PARTS) {
    throw refuse(
      400,
      'LIMIT_EXCEEDED',
      `No more than ${MAX_HEAVY_PARTS} subrequests may be queries or sObject collections.`,
    );
  }
  const names = new Set(parts.map((part) => part.referenceId));
  if (names.size !== parts.length) throw refuse(400, 'INVALID_INPUT', 'Each referenceId must be unique.');
}

function runPart(call: Call, part: Part, earlier: readonly Result[]): Result {
  const { referenceId } = part;
  try {
    const url = substitute(part.url, earlier, referenceId) as string;
    const body = substitute(part.body, earlier, referenceId);
    if (!url.startsWith('/services/data/')) throw notFound();
    const lower = Object.entries(part.httpHeaders ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
    const headers = { ...call.headers, ...Object.fromEntries(lower) };
    const reply = call.dispatch({ method: part.method.toUpperCase(), url, body, headers });
    const httpHeaders: Record<string, string> =
      reply.headers?.['location'] === undefined ? {} : { Location: reply.headers['location'] };
    return { body: reply.body ?? null, httpHeaders, httpStatusCode: reply.status, referenceId };
  } catch (error) {
    const failure = error instanceof RowFault ? asApiFailure(error) : error;
    if (!(failure instanceof ApiFailure)) throw error;
    return { body: failure.errors, httpHeaders: {}, httpStatusCode: failure.status, referenceId };
  }
}

const REFERENCE = /@\{([^}]+)\}/g;

function substitute(value: unknown, earlier: readonly Result[], referenceId: string): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(REFERENCE, (whole, path: string) => String(lookUp(path, earlier, whole)));
  }
  if (Array.isArray(value)) return value.map((item) => substitute(item, earlier, referenceId));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, earlier, referenceId)]));
}

/** `ref.id`, `ref.records[0].Id` or `ref[0].id`, in the answer of an earlier part that succeeded. */
function lookUp(path: string, earlier: readonly Result[], whole: string): unknown {
  const [name = '', ...steps] = path.split(/[.[\]]+/).filter((step) => step !== '');
  const result = earlier.find((candidate) => candidate.referenceId === name);
  if (result !== undefined && isFailure(result)) {
    throw refuse(400, 'PROCESSING_HALTED', 'Invalid reference specified. No value for reference ' + name);
  }
  let value: unknown = result?.body;
  for (const step of steps)
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
  if (value !== undefined && value !== null && typeof value !== 'object') return value;
  throw refuse(400, 'PROCESSING_HALTED', `Invalid reference specified. No value for ${whole} found.`);
}

function halted(referenceId: string): Result {
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  return { body: [{ errorCode: 'PROCESSING_HALTED', message }], httpHeaders: {}, httpStatusCode: 400, referenceId };
}
