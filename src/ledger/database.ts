import type { SqlEngine } from '../ports/sql-engine.ts';
import type { Session } from './session.ts';

/** One session in one transaction that runs whole scripts, for migrations. */
export type ScriptSession = {
  rows(text: string): Promise<readonly Record<string, unknown>[]>;
  script(text: string): Promise<void>;
};

/** An open database of either kind. */
export type Database = {
  readonly session: Session;
  readonly engine: SqlEngine;
  /** Everything in `work` is one transaction that no other process runs at the same time. */
  exclusively(work: (on: ScriptSession) => Promise<void>): Promise<void>;
  close(): Promise<void>;
};
