import type { Instant } from '../../domain/values/value.ts';
import type { Counted, Difference } from './judge-past.ts';

/** How many of each counted stage in each month of the period, `2026-08`, months without any included. */
export type ByMonth = readonly ({ readonly month: string } & Readonly<Record<Counted, number>>)[];

/** What became of the MQLs of the period: how many of their people have a won deal today, or an open or won one. */
export type Hits = { readonly mqls: number; readonly won: number; readonly openOrWon: number };

/** What a team would have received; `weeks` by their Mondays. */
export type Load = {
  readonly team: string;
  readonly members: number;
  readonly weeks: readonly { readonly week: string; readonly received: number }[];
};

export type DeadlineEnds = { readonly deadline: string } & Readonly<
  Record<'kept' | 'lapsed' | 'open' | 'unread', number>
>;

/** The period under one agreement. */
export type ReplaySide = {
  readonly version: string;
  readonly months: ByMonth;
  readonly hits: Hits;
  readonly load: readonly Load[];
  readonly deadlines: readonly DeadlineEnds[];
  /** People whose criteria could not be judged to the end, for what was never read of them. */
  readonly unknown: number;
};

/** A person in a list, as both systems show them today. */
export type Named = { readonly person: string; readonly name: string | null; readonly company: string | null };

export type Listed = {
  /** How many there are, listed or not. */
  readonly count: number;
  /** The first of them in the order of the period. */
  readonly people: readonly (Named & Difference)[];
};

/** What a period of recorded history would have come to under a proposed agreement, beside the one in force and what happened. */
export type Replay = {
  readonly from: Instant;
  readonly until: Instant;
  readonly people: number;
  /** People of whom anything of the period is on record. */
  readonly recorded: number;
  readonly proposed: ReplaySide;
  readonly inForce: ReplaySide | null;
  readonly happened: ByMonth;
  readonly newly: Listed;
  readonly dropped: Listed;
  /** Reached under both, earlier or later under the proposed one. */
  readonly earlier: number;
  readonly later: number;
  /** Judged with today's value: how many people, and of which fields. */
  readonly gaps: {
    readonly people: number;
    readonly fields: readonly { readonly field: string; readonly people: number }[];
  };
};
