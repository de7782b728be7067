import type { Stage } from '../domain/agreement/agreement.ts';
import type { EvidenceGrade } from '../domain/people/evidence-grade.ts';
import type { StageEntry } from '../domain/people/person.ts';
import type { Instant } from '../domain/values/value.ts';
import type { PersonView, PlanContext } from './context.ts';

/** The entries of one person while they are told anew: those that are known, and those that this plan adds. */
export type Fold = {
  /** All of them, oldest first. */
  readonly entries: StageEntry[];
  readonly entered: StageEntry[];
  /** Whatever is entered now lies before the go-live line. */
  readonly isHistory: boolean;
  /** Nothing is known of them yet. */
  readonly isFirst: boolean;
  readonly enter: (entry: NewEntry) => void;
};

export type NewEntry = Pick<StageEntry, 'stage' | 'by' | 'evidence'> & {
  /** Left out: now. */
  readonly at?: Instant;
  /** Left out: seen, or inferred before the go-live line: by now it is so, and since when nobody has watched. */
  readonly grade?: EvidenceGrade;
  /** Left out: the pass they are in. */
  readonly pass?: number;
};

/** What somebody who was there before the go-live line stands at is history: it starts no clock and no hand-off. */
export function foldOf(view: PersonView, { policy, now, goLive }: PlanContext): Fold {
  const known = view.facts.stages;
  const isFirst = known.length === 0;
  const isHistory = now < goLive || (isFirst && bornAt(view) < goLive);
  const entries = [...known];
  const entered: StageEntry[] = [];
  const foundThere = isHistory ? 'inferred' : 'seen';
  const enter = ({ stage, by, evidence, at = now, grade = foundThere, pass = passOf(entries) }: NewEntry) => {
    // Our clock may be behind the CRM's, or have been set back: what comes after is never older than what it came after.
    const since = Math.max(at, ...entries.map((before) => before.at));
    const entry = { stage, at: since, by, agreementVersion: policy.agreement.version, evidence, pass, grade };
    entries.push(entry);
    entered.push(entry);
  };
  return { entries, entered, isHistory, isFirst, enter };
}

/** The pass somebody is in, from 1. */
export function passOf(entries: readonly Pick<StageEntry, 'pass'>[]): number {
  return Math.max(1, ...entries.map(({ pass }) => pass));
}

type Standing = Pick<StageEntry, 'stage' | 'pass'>;

/** The entry that somebody stands by: the newest of the newest pass. */
export function standingOf<T extends Standing>(entries: readonly T[]): T | undefined {
  return entries.reduce<T | undefined>(
    (best, entry) => (best === undefined || entry.pass >= best.pass ? entry : best),
    undefined,
  );
}

/** The stage a person stands in. */
export function currentOf(entries: readonly Standing[]): Stage {
  return standingOf(entries)?.stage ?? 'lead';
}

/** When the first of their records was made. */
export function bornAt({ contact, record, facts }: PersonView): Instant {
  const births = [contact?.createdAt, record?.createdAt].filter((at) => at !== undefined);
  return births.length === 0 ? facts.createdAt : Math.min(...births);
}
