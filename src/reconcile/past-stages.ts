import type { Stage } from '../domain/agreement/agreement.ts';
import { stageRank } from '../domain/agreement/stage-order.ts';
import type { HistoryEntry } from '../domain/people/activity.ts';
import type { EvidenceGrade } from '../domain/people/evidence-grade.ts';
import { recordName } from '../domain/people/record.ts';
import { parseInstant } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import type { PersonView } from './context.ts';
import { LIFECYCLE, LIFECYCLE_ORDER, stageMeantBy } from './lifecycle.ts';

/** A stage that somebody had before Tasuki saw them, and how well its instant is known. */
export type PastStage = {
  readonly stage: Stage;
  readonly at: Instant;
  readonly grade: EvidenceGrade;
  /** The lifecycle stage that tells it. */
  readonly lifecyclestage: string | null;
};

/**
 * Where somebody stood when they were first seen, and the stages before that one, as far as HubSpot tells since when: the furthest last.
 *
 * `takesAlong`: their lifecycle stage is history, and taken along however far it is. Of somebody new it says no more than that they are a
 * lead, or not even that: an MQL who arrives is handed over like any other.
 */
export function pastStages(view: PersonView, takesAlong: boolean, bornAt: Instant): readonly PastStage[] {
  const lifecyclestage = lifecycleOf(view);
  const shown = stageMeantBy(lifecyclestage);
  if (shown === null || lifecyclestage === null || (!takesAlong && stageRank(shown) >= stageRank('lead')))
    return [{ stage: 'lead', at: bornAt, grade: 'recorded', lifecyclestage }];
  const current = sinceWhen(lifecyclestage, shown, view, bornAt);
  return [...stagesBefore(current, view), current];
}

export function lifecycleOf({ contact }: PersonView): string | null {
  const value = contact?.values[LIFECYCLE];
  return typeof value === 'string' ? value : null;
}

/** HubSpot's history of the property says it best, then the date that HubSpot keeps of each stage. Whoever is a lead is one by being there. */
function sinceWhen(lifecyclestage: string, stage: Stage, view: PersonView, bornAt: Instant): PastStage {
  const told = { stage, lifecyclestage };
  const recorded = lastMove(lifecyclestage, view);
  if (recorded !== null) return { ...told, at: recorded, grade: 'recorded' };
  const stated = enteredAt(lifecyclestage, view);
  if (stated !== null) return { ...told, at: stated, grade: 'stated' };
  return { ...told, at: bornAt, grade: stageRank(stage) > stageRank('lead') ? 'inferred' : 'recorded' };
}

function lastMove(lifecyclestage: string, view: PersonView): Instant | null {
  const last = movesOf(view).at(-1);
  return last?.value === lifecyclestage ? last.at : null;
}

/** The first time, by the history of the property, or by the date that HubSpot keeps. */
function firstTime(lifecyclestage: string, view: PersonView): Pick<PastStage, 'at' | 'grade'> | null {
  const recorded = movesOf(view).find(({ value }) => value === lifecyclestage);
  if (recorded !== undefined) return { at: recorded.at, grade: 'recorded' };
  const stated = enteredAt(lifecyclestage, view);
  return stated === null ? null : { at: stated, grade: 'stated' };
}

/** Oldest first. */
function movesOf({ contact, facts }: PersonView): readonly HistoryEntry[] {
  if (contact === null) return [];
  const name = recordName(contact.record);
  return (facts.edits ?? [])
    .filter(({ field, record }) => field === LIFECYCLE && recordName(record) === name)
    .toSorted((one, other) => one.at - other.at);
}

function enteredAt(lifecyclestage: string, { contact }: PersonView): Instant | null {
  const stamp = contact?.values[`hs_v2_date_entered_${lifecyclestage}`];
  return typeof stamp === 'string' ? parseInstant(stamp) : null;
}

/** What HubSpot dates no later than the stage that stands there, each further than the one before: the way that led there. */
function stagesBefore(current: PastStage, view: PersonView): readonly PastStage[] {
  const way: PastStage[] = [];
  for (const lifecyclestage of LIFECYCLE_ORDER) {
    const stage = stageMeantBy(lifecyclestage);
    const told = firstTime(lifecyclestage, view);
    if (stage === null || told === null || told.at > current.at) continue;
    if (stageRank(stage) >= stageRank(current.stage)) continue;
    const before = way.at(-1);
    if (before === undefined || before.at <= told.at) way.push({ stage, ...told, lifecyclestage });
  }
  return way;
}
