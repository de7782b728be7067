import type { EntityFacts, Finding, FindingCode } from '../domain/people/person.ts';
import type { RecordRef } from '../domain/people/record.ts';
import { type PairView, type Part, type PlanContext, pairOf } from './context.ts';
import type { EntityPlan } from './entity-plan.ts';
import { becameOne, deletedFindings, healed } from './findings.ts';
import { judgeOpenChanges } from './open-changes.ts';
import { withoutRefused } from './refused.ts';
import { type Draft, isWaiting, settleDrafts } from './settle-drafts.ts';

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

/** The frame that deals and companies share: what ended, what is under way, what to write on each side, and what heals. */
export function planPair(facts: EntityFacts, context: PlanContext, intend: (view: PairView) => PairIntent): EntityPlan {
  const view = pairOf(facts);
  const judged = judgeOpenChanges(view);
  const open = facts.open.filter(
    ({ id }) => !judged.confirm.includes(id) && !judged.supersede.some(({ change }) => change === id),
  );
  const { part, creation, others, open: said, over } = intend(view);
  const standing = open.find(({ kind, target }) => kind === 'create' && target.object === creation?.target.object);
  const isRefused = creation !== null && withoutRefused(creation, facts, context.now).fields.length === 0;
  const drafts: Draft[] = [
    ...(creation === null || standing !== undefined || isRefused ? [] : [creation]),
    ...(view.hubspot === null ? [] : [updateOf(view.hubspot.record, part)]),
    ...(view.salesforce === null ? [] : [updateOf(view.salesforce.record, part)]),
    ...others,
  ];
  const creating = standing !== undefined && isWaiting(standing) && creation === null ? undefined : standing;
  const settled = settleDrafts(drafts, { open, creating }, facts, context);
  const openFindings = [...part.open, ...said, ...deletedFindings(view), ...becameOne(view)];
  return {
    entity: facts.id,
    version: facts.version,
    changes: settled.changes,
    supersede: [...judged.supersede, ...settled.supersede],
    confirm: judged.confirm,
    stages: [],
    clocks: [],
    bases: part.agreed,
    endLinks: view.ended,
    becomes: view.becomes,
    restoreLinks: view.returned,
    openFindings,
    closeFindings: healed(view, openFindings, settled.refused, over),
  };
}

/** Ties and owners are read back at once: a rep is waiting to see them. */
const READ_BACK: ReadonlySet<string> = new Set(['owner-shown', 'role-added', 'deal-stage', 'key-kept']);

function updateOf(record: RecordRef, part: Part): Draft {
  const fields = part[record.system];
  return {
    kind: 'update',
    target: record,
    key: null,
    fields,
    basesAfter: part.basesAfter[record.system],
    readBack: fields.some(({ reason }) => READ_BACK.has(reason.code)),
    marks: {},
  };
}
