import type { Options } from '../config/options.ts';
import type { Locale } from '../domain/policy.ts';
import type { Queue } from '../ports/bell.ts';
import type { Works } from '../steps/works.ts';

/** A wired worker, as a verb gets it. `close` lets go of everything, in order. */
export type Workshop = {
  readonly works: Works;
  readonly queue: Queue;
  /** No other process can hold claims on this ledger (the embedded one): what is `sending` at start was left by a dead process. */
  readonly alone: boolean;
  close(): Promise<void>;
};

/** Where words go: the result alone on standard output, everything else on standard error. */
export type Terminal = {
  readonly json: boolean;
  readonly locale: Locale;
  say(line: string): void;
  /** The result, once per verb: as JSON with `--json`, else as text. */
  result(value: unknown, text: string): void;
};

export type VerbContext = {
  readonly terminal: Terminal;
  readonly options: Options;
  /** `inline`: jobs run here, in order; `queue`: BullMQ. */
  open(how: 'inline' | 'queue'): Promise<Workshop>;
  /** Resolves when the process is asked to stop. */
  stopAsked(): Promise<string>;
};

export type VerbOption = { readonly flags: string; readonly help: string };

/** One verb of the command line. Returns the exit code. */
export type Verb = {
  readonly name: string;
  /** `<who>` and the like, in commander's notation. */
  readonly argument?: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly options?: readonly VerbOption[];
  run(context: VerbContext, given: { readonly argument?: string; readonly flags: Readonly<Record<string, unknown>> }): Promise<number>;
};
