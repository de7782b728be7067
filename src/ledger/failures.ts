import { InvariantBroken, LedgerUnavailable, TasukiError } from '../errors/errors.ts';

/** SQLSTATE classes that say "the database is away or overwhelmed", not "the statement is wrong". */
const AWAY_CLASSES = /^(08|53|57|58|XX)/;
/** The same from the operating system, and from a server that does not let us in. */
const AWAY_CODES = new Set(
  'ECONNREFUSED ECONNRESET ENOENT ENOTFOUND EPIPE ETIMEDOUT EAI_AGAIN 28P01 28000 3D000 25006'.split(' '),
);
const AWAY_WORDS = /connection terminated|timeout exceeded when trying to connect|PGlite is clos/i;
/** Deadlock and serialisation failure: the transaction may simply be run again. */
const AGAIN = new Set(['40P01', '40001']);
/** Constraints, types, syntax: only our own statements can cause these. */
const OURS = /^(2[0-9A-Z]|42)/;

/** What a failed statement means to the rest: who should act? */
export function ledgerFailure(failure: unknown): unknown {
  const code = codeOf(failure);
  if (failure instanceof TasukiError || !(failure instanceof Error)) return failure;
  if (AWAY_CODES.has(code) || (isSqlState(code) && AWAY_CLASSES.test(code)) || AWAY_WORDS.test(failure.message)) {
    return new LedgerUnavailable(`The ledger's database does not answer: ${failure.message}`, {
      cause: bare(failure, code),
    });
  }
  if (isSqlState(code) && OURS.test(code)) {
    const constraint =
      'constraint' in failure && typeof failure.constraint === 'string' ? ` on ${failure.constraint}` : '';
    return new InvariantBroken(`The ledger refused a statement (${code}${constraint}): ${failure.message}`, {
      cause: bare(failure, code),
    });
  }
  return failure;
}

export function mayRunAgain(failure: unknown): boolean {
  return AGAIN.has(codeOf(failure));
}

/** Without the statement's parameters and the row it failed on, which the engines hang on their errors: a log holds no one's data. */
function bare({ name, message, stack }: Error, code: string): Error {
  return Object.assign(new Error(message), { name, code, stack });
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code);
}

function codeOf(failure: unknown): string {
  if (typeof failure === 'object' && failure !== null && 'code' in failure) return String(failure.code);
  return '';
}
