import { InvariantBroken, LedgerUnavailable, TasukiError } from '../errors/errors.ts';

/** SQLSTATE classes that say "the database is away or overwhelmed", not "the statement is wrong". */
const AWAY = /^(08|53|57|58|XX|25006)/;
const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', '28P01', '28000', '3D000']);
/** Deadlock and serialisation failure: the transaction may simply be run again. */
const AGAIN = new Set(['40P01', '40001']);

/** What a failed statement means to the rest: who should act? */
export function ledgerFailure(failure: unknown): unknown {
  if (failure instanceof TasukiError) return failure;
  const code = codeOf(failure);
  const message = failure instanceof Error ? failure.message : String(failure);
  if (isAway(code, message)) return new LedgerUnavailable(`The ledger's database does not answer: ${message}`, { cause: failure });
  // A class of its own for everything that only our own statements can cause: constraints, syntax, types.
  if (/^(2[0-9A-Z]|42)/.test(code)) return new InvariantBroken(`The ledger refused a statement (${code}): ${message}`, { cause: failure });
  return failure;
}

export function mayRunAgain(failure: unknown): boolean {
  return AGAIN.has(codeOf(failure));
}

function isAway(code: string, message: string): boolean {
  return AWAY_CODES.has(code) || (code.length === 5 && AWAY.test(code)) || /connection terminated|timeout exceeded when trying to connect|PGlite is clos/i.test(message);
}

function codeOf(failure: unknown): string {
  if (typeof failure === 'object' && failure !== null && 'code' in failure) return String(failure.code);
  return '';
}
