import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { SqlClient, SqlPool, SqlResult } from '../ports/sql-engine.ts';

const LISTEN = /^\s*(?:--[^\n]*\n\s*)*(un)?listen\s+"?(\w+)"?/i;
const TRANSACTION_WORD = /^\s*(?:--[^\n]*\n\s*)*(begin|start\s+transaction|commit|end|rollback(?!\s+to))\b/i;
const NOTHING: SqlResult = { rows: [], rowCount: 0 };

/**
 * One PGlite session in the shape of a node-postgres pool, for the queue.
 *
 * A checked-out client that begins a transaction holds PGlite's own transaction lock until it ends, so it and the ledger's
 * transactions exclude each other, as they would on separate connections. `end` lets go of the pool, never of the instance.
 */
export class PglitePool extends EventEmitter implements SqlPool {
  readonly #pglite: PGlite;
  #ended = false;

  constructor(pglite: PGlite) {
    super();
    this.#pglite = pglite;
    this.setMaxListeners(0);
  }

  async query(text: string, values?: readonly unknown[]): Promise<SqlResult> {
    if (this.#ended) throw new Error('This pool has ended.');
    return runOn(this.#pglite, text, values);
  }

  async connect(): Promise<SqlClient> {
    return new PgliteClient(this.#pglite);
  }

  async end(): Promise<void> {
    this.#ended = true;
  }
}

type OpenTransaction = {
  readonly on: Transaction;
  readonly settle: (commit: boolean) => void;
  readonly closed: Promise<unknown>;
};

class PgliteClient extends EventEmitter implements SqlClient {
  readonly #pglite: PGlite;
  readonly #stopListening = new Map<string, () => Promise<void>>();
  #transaction: OpenTransaction | undefined;

  constructor(pglite: PGlite) {
    super();
    this.#pglite = pglite;
    this.setMaxListeners(0);
  }

  async query(text: string, values?: readonly unknown[]): Promise<SqlResult> {
    const listen = LISTEN.exec(text);
    if (listen?.[2] !== undefined) return this.#listen(listen[2], listen[1] !== undefined);
    // There is one session: a name given to it would be everybody's.
    if (text.includes("set_config('application_name'")) return NOTHING;
    const word = TRANSACTION_WORD.exec(text)?.[1]?.toLowerCase();
    if (word?.startsWith('begin') || word?.startsWith('start')) return this.#begin();
    if (word !== undefined && this.#transaction !== undefined) return this.#finish(word === 'commit' || word === 'end');
    return runOn(this.#transaction?.on ?? this.#pglite, text, values);
  }

  release(): void {
    if (this.#transaction !== undefined) void this.#finish(false).catch(() => undefined); // never leave one open
    for (const stop of this.#stopListening.values()) void stop().catch(() => undefined);
    this.#stopListening.clear();
  }

  #begin(): Promise<SqlResult> {
    if (this.#transaction !== undefined) throw new Error('A transaction is already open on this client.');
    const begun = Promise.withResolvers<SqlResult>();
    const end = Promise.withResolvers<boolean>();
    const closed = this.#pglite.transaction(async (on) => {
      this.#transaction = { on, settle: end.resolve, closed };
      begun.resolve(NOTHING);
      if (!(await end.promise)) await on.rollback();
    });
    closed.catch(begun.reject);
    return begun.promise;
  }

  async #finish(commit: boolean): Promise<SqlResult> {
    const open = this.#transaction;
    open?.settle(commit);
    try {
      await open?.closed;
    } finally {
      this.#transaction = undefined;
    }
    return NOTHING;
  }

  async #listen(channel: string, off: boolean): Promise<SqlResult> {
    const stop = this.#stopListening.get(channel);
    if (off) {
      this.#stopListening.delete(channel);
      await stop?.();
    } else if (stop === undefined) {
      const tell = (payload: string) => this.emit('notification', { channel, payload });
      this.#stopListening.set(channel, await this.#pglite.listen(channel, tell));
    }
    return NOTHING;
  }
}

/** Like node-postgres: a text without values goes by the simple protocol, which allows several statements. */
async function runOn(
  on: PGlite | Transaction,
  text: string,
  values: readonly unknown[] | undefined,
): Promise<SqlResult> {
  await turn(); // PGlite settles in microtasks: give timers and sockets their turn
  const result =
    values === undefined || values.length === 0 ? (await on.exec(text)).at(-1) : await on.query(text, [...values]);
  const found = (result?.rows ?? []) as Record<string, unknown>[];
  return { rows: found, rowCount: result?.affectedRows ?? found.length };
}
