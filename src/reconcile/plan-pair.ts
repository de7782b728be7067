import type { EntityFacts, Finding, FindingCode } from '../domain/people/person.ts';
import { type PairView, type Part, type PlanContext, pairOf } from './context.ts';
import type { EntityPlan } from './entity-plan.ts';
import { entityPlan, keptCreation, standingWork, updateOf } from './plan-frame.ts';
import type { Draft } from './settle-drafts.ts';

/** What is meant for an entity that has a record on each side, before it is compared with the intents that stand. */
export type PairIntent = {
  readonly part: Part;
  /** The missing half. */
  readonly creation: Draft | null;
  /** Further records: contact roles. */
  readonly others: readonly Draft[];
  readonly open: readonly Finding[];
  /** Findings that tell of an event and are over now. */
  readonly over: readonly FindingCode[];
};

/** Ties and owners are read back at once: a rep is waiting to see them. */
const READ_BACK: ReadonlySet<string> = new Set(['owner-shown', 'role-added', 'deal-stage', 'key-kept']);

/** The frame that deals and companies share: the missing half, what to write on each side, and what stands already. */
export function planPair(facts: EntityFacts, context: PlanContext, intend: (view: PairView) => PairIntent): EntityPlan {
  const view = pairOf(facts);
  const work = standingWork(view);
  const { part, creation, others, open, over } = intend(view);
  const standing = work.open.find(({ kind, target }) => kind === 'create' && target.object === creation?.target.object);
  const creating = keptCreation(creation, standing);
  const drafts: Draft[] = [
    ...(creation === null || standing !== undefined ? [] : [creation]),
    ...(view.hubspot === null ? [] : [updateOf(view.hubspot.record, part, READ_BACK)]),
    ...(view.salesforce === null ? [] : [updateOf(view.salesforce.record, part, READ_BACK)]),
    ...others,
  ];
  return entityPlan(view, work, { drafts, creating, bases: part.agreed, open: [...part.open, ...open], over }, context);
}
