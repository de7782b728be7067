import type { Options } from '../config/options.ts';
import type { Locale, Policy } from '../domain/policy.ts';
import type { Queue } from '../ports/bell.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Works } from '../steps/works.ts';

/**
 * Which version of the mappings a verb goes by: the folder's, which it puts in force (`take-up`); the folder's, only to be looked at
 * (`look`); or the one in force, whatever the folder says (`in-force`).
 */
export type MappingsUse = 'take-up' | 'look' | 'in-force';

/** An edit of the mappings that is not in force. */
export type Proposal = {
  /** Fields that nobody has read yet, as `hubspot contacts.mobilephone`: what they hold is known only once the edit is in force. */
  readonly unread: readonly string[];
  /** Puts it in force on this ledger: one that forgets it again. */
  takeUp(ledger: Ledger): Promise<void>;
};

/** A wired worker, as a verb gets it. `close` lets go of everything, in order. */
export type Workshop = {
  readonly works: Works;
  /** The same under the version of the mappings that is in force just now: another process may have taken up an edit since. */
  worksNow(): Promise<Works>;
  /** The edit that `works` goes by and that is not in force; `null` where there is none. */
  readonly proposal: Proposal | null;
  readonly queue: Queue;
  /** No other process can hold claims on this ledger (the embedded one): what is `sending` at start was left by a dead process. */
  readonly alone: boolean;
  /** Once the queue is quiet: what made a lane give up, if one did. A queue in the background throws at nobody. */
  gaveUp(): Error | null;
  close(): Promise<void>;
};

/** The ledger and a clock, for verbs that speak to no CRM: they need no credentials. */
export type LedgerDesk = {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** The policy in force as the ledger has it; the folder's, while there is none. */
  policy(): Promise<Policy>;
  close(): Promise<void>;
};

/** Where words go: the result alone on standard output, everything else on standard error. */
export type Terminal = {
  readonly json: boolean;
  readonly locale: Locale;
  say(line: string): void;
  /** Puts a question that yes or no answers; `null` where nobody sits at the terminal. */
  asks(question: string): Promise<boolean | null>;
  /** The result, once per verb: as JSON with `--json`, else as text. */
  result(value: unknown, text: string): void;
};

export type VerbContext = {
  readonly terminal: Terminal;
  readonly options: Options;
  /** `inline`: jobs run here, in order; `queue`: BullMQ. What has been edited is put in force, unless told otherwise. */
  open(how: 'inline' | 'queue', use?: MappingsUse): Promise<Workshop>;
  openLedger(): Promise<LedgerDesk>;
  /** Resolves when the process is asked to stop. Ask before the first thing that takes time, or the signal just ends the process. */
  stopAsked(): Promise<string>;
};

export type VerbOption = {
  readonly flags: string;
  readonly help: string;
  /** Anything but a whole number is wrong usage. */
  readonly whole?: true;
};

/** The options of a verb as they were given, by their names. */
export type Flags = Readonly<Record<string, unknown>>;

/** Wrong usage, as sysexits.h has it. */
export const EX_USAGE = 64;

/** One verb of the command line. Returns the exit code. */
export type Verb = {
  readonly name: string;
  /** `<who>` and the like, in commander's notation. */
  readonly argument?: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly options?: readonly VerbOption[];
  /** Works while nobody looks on, so its log says what it does; a verb that a person types logs warnings only, unless asked. */
  readonly unattended?: true;
  run(
    context: VerbContext,
    given: {
      readonly argument?: string;
      /** What was given after the argument. */
      readonly more?: readonly string[];
      readonly flags: Flags;
    },
  ): Promise<number>;
};
