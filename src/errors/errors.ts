/**
 * The few errors that stop a job, by the question "who should act?". Trouble with one record is never one of these: it is that
 * record's outcome. The catalogue in README.md lists every code; a test holds the two against each other.
 */
export abstract class TasukiError extends Error {
  abstract readonly code: ErrorCode;
  /** What the CLI exits with (sysexits.h). */
  abstract readonly exitCode: number;
  override get name(): string {
    return this.code;
  }
}

export const ERROR_CODES = [
  'SYNC_RATE_LIMITED',
  'SYNC_REMOTE_UNAVAILABLE',
  'SYNC_CREDENTIALS_REJECTED',
  'SYNC_LEDGER_UNAVAILABLE',
  'SYNC_LEDGER_IN_USE',
  'SYNC_CONFIG_INVALID',
  'SYNC_INVARIANT_BROKEN',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A CRM named a waiting time, or an allowance is spent. Nothing was written. */
export class RateLimited extends TasukiError {
  override readonly code = 'SYNC_RATE_LIMITED';
  override readonly exitCode = 75;
  readonly system: string;
  readonly waitMs: number;
  constructor(system: string, waitMs: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.system = system;
    this.waitMs = waitMs;
  }
}

/** Timeout, 5xx, reset, or an answer that cannot be read. For a write this is thrown only if it certainly had no effect. */
export class RemoteUnavailable extends TasukiError {
  override readonly code = 'SYNC_REMOTE_UNAVAILABLE';
  override readonly exitCode = 75;
  readonly system: string;
  constructor(system: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.system = system;
  }
}

/** The token was refused after one refresh, or lacks a right. Waiting does not help; a person must act. */
export class CredentialsRejected extends TasukiError {
  override readonly code = 'SYNC_CREDENTIALS_REJECTED';
  override readonly exitCode = 77;
  readonly system: string;
  constructor(system: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.system = system;
  }
}

/** The database is away. Never write to a CRM without it. */
export class LedgerUnavailable extends TasukiError {
  override readonly code = 'SYNC_LEDGER_UNAVAILABLE';
  override readonly exitCode = 69;
}

/** Another process owns the embedded ledger's folder. */
export class LedgerInUse extends TasukiError {
  override readonly code = 'SYNC_LEDGER_IN_USE';
  override readonly exitCode = 69;
  readonly pid: number;
  constructor(folder: string, pid: number) {
    super(
      `The ledger in ${folder} is in use by process ${pid}. Stop that process, or set DATABASE_URL to share a PostgreSQL server.`,
    );
    this.pid = pid;
  }
}

/** One fault in an option or a file an admin edits. */
export type ConfigFault = { readonly at: string; readonly message: string };

/** An option or mapping is wrong; all faults at once, each with its place and its remedy. */
export class ConfigInvalid extends TasukiError {
  override readonly code = 'SYNC_CONFIG_INVALID';
  override readonly exitCode = 78;
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    super(faults.map(({ at, message }) => `${at}: ${message}`).join('\n'));
    this.faults = faults;
  }
}

/** Our bug. The evidence is kept. */
export class InvariantBroken extends TasukiError {
  override readonly code = 'SYNC_INVARIANT_BROKEN';
  override readonly exitCode = 70;
}
