import type { Change, FieldChange, TrackedChange } from '../domain/people/change.ts';
import type { EntityFacts } from '../domain/people/person.ts';
import { type Base, entityKindOf } from '../domain/people/record.ts';
import type { PlanContext } from './context.ts';
import { dealFieldsBehind } from './deal-fields.ts';
import { OWN_FIELDS } from './derived.ts';
import type { EntityPlan } from './entity-plan.ts';
import { type Frozen, withoutFrozen } from './frozen.ts';
import { inSteps, netWrites } from './lifecycle.ts';
import { fieldOn } from './mapped-field.ts';
import { OWNER_PROPERTIES } from './owner.ts';
import { withoutRefused } from './refused.ts';
import { isCalledFor, withoutUndone } from './undone.ts';

/** An intended write before it is compared with what already stands. */
export type Draft = {
  readonly kind: Change['kind'];
  readonly target: Change['target'];
  readonly key: Change['key'];
  readonly fields: readonly FieldChange[];
  readonly basesAfter: readonly Base[];
  readonly readBack: boolean;
  readonly marks: Change['marks'];
};

export type Settled = {
  readonly changes: readonly Change[];
  readonly supersede: EntityPlan['supersede'];
  /** Subjects of the refusals that still hold: nothing of these is sent. */
  readonly refused: ReadonlySet<string>;
};

/** `creating` is the creation of the entity's missing half that stands already and is still called for, or is on its way. */
type Standing = {
  readonly open: readonly TrackedChange[];
  readonly creating: TrackedChange | undefined;
  readonly frozen: Frozen['fields'];
};

const WAITING: ReadonlySet<string> = new Set(['planned', 'approved', 'parked']);

/** Has it not left yet? Then it can be taken back. */
export function isWaiting({ state }: TrackedChange): boolean {
  return WAITING.has(state);
}

/** Compares the drafts with the intents that stand: what still holds is kept, the rest is superseded, and what is new is added. */
export function settleDrafts(
  drafts: readonly Draft[],
  { open, creating, frozen }: Standing,
  facts: EntityFacts,
  context: PlanContext,
): Settled {
  const changes: Change[] = [];
  const refused = new Set<string>();
  const kept = new Set(creating === undefined ? [] : [creating.id]);
  let after = creating?.id;
  for (const draft of drafts) {
    if (draft.fields.length === 0 && open.length === 0) continue; // at rest, as nearly everybody is
    const thawed = withoutFrozen(withoutUndone(draft, facts), draft.target, frozen);
    const attempt = withoutRefused({ ...draft, fields: thawed }, facts, context.now);
    if (attempt.refused !== null) refused.add(attempt.refused);
    const holds = open
      .filter((change) => isSameTarget(change, draft))
      .find((change) => isUnderWay(change, draft) || stillHolds(change, attempt.fields));
    if (holds !== undefined) kept.add(holds.id);
    if (holds !== undefined || attempt.fields.length === 0) continue;
    const change = toChange(
      { ...draft, ...reduced(draft, attempt.fields, context) },
      changes.length,
      after,
      facts,
      context,
    );
    changes.push(change);
    if (draft.kind === 'create' && entityKindOf(draft.target.object) !== null) after = change.id;
  }
  const isWanted = (change: TrackedChange) =>
    kept.has(change.id) || isCalledFor(change, facts) || isHalfDone(change, changes, facts);
  const overtaken = open.filter((change) => isWaiting(change) && !isWanted(change));
  return { changes, refused, supersede: overtaken.map(({ id }) => ({ change: id, because: 'planned-anew' })) };
}

/**
 * Its outcome will wake this entity again; until then nothing more is said about the record. Of an entity's record an acknowledged
 * write shows in its sighting; of a record just made, and of a Task or a contact role, only reading it back tells.
 */
function isUnderWay({ state }: TrackedChange, { kind, target }: Draft): boolean {
  if (state === 'sending' || state === 'unsure') return true;
  return state === 'acknowledged' && (kind === 'create' || entityKindOf(target.object) === null);
}

function stillHolds(change: TrackedChange, fields: readonly FieldChange[]): boolean {
  return isWaiting(change) && sameWrites(netWrites(change.steps.slice(change.step)), fields);
}

/**
 * Its first step emptied a field that the next is to fill: that one goes in, though nothing of it were meant any more (somebody goes
 * out of scope), unless what is meant now fills the field itself, or somebody else has. Nothing is left empty half-way.
 */
function isHalfDone({ step, steps, target }: TrackedChange, anew: readonly Change[], facts: EntityFacts): boolean {
  if (step === 0) return false;
  const seen = facts.sightings.find(({ record }) => record.system === target.system && record.id === target.id);
  const fills = anew
    .filter((change) => change.target.system === target.system && change.target.id === target.id)
    .flatMap((change) => change.steps.flat());
  return (steps[step] ?? []).every(
    ({ field, before }) => seen?.values[field] === before && !fills.some((other) => other.field === field),
  );
}

function isSameTarget({ target, key }: TrackedChange, draft: Draft): boolean {
  if (target.system !== draft.target.system || target.object !== draft.target.object) return false;
  return draft.key === null ? target.id === draft.target.id : key?.value === draft.key.value;
}

/** The same values over the same values: a write that would now run over another value is not the one that was shown (law R13). */
function sameWrites(a: readonly FieldChange[], b: readonly FieldChange[]): boolean {
  const isSame = (one: FieldChange, other: FieldChange) =>
    other.field === one.field && other.after === one.after && other.before === one.before;
  return a.length === b.length && a.every((one) => b.some((other) => isSame(one, other)));
}

/**
 * What is left of a draft when some of its fields are not sent. A base moves only with its field: else the value that the other side
 * still holds would look like its edit, and run back over the new one. And a stage that is not written hands nobody over.
 */
function reduced(
  { fields: all, basesAfter, target, marks }: Draft,
  fields: readonly FieldChange[],
  context: PlanContext,
): Pick<Draft, 'fields' | 'basesAfter' | 'marks'> {
  const left = new Set(fields.map(({ field }) => field));
  const out = new Set(all.map(({ field }) => field).filter((field) => !left.has(field)));
  const { handOff, ...others } = marks;
  return {
    fields,
    basesAfter: basesAfter.filter((base) => !fieldsBehind(base, target, context).some((field) => out.has(field))),
    marks: handOff === undefined || !left.has(OWN_FIELDS.salesforce.stage) ? others : marks,
  };
}

/** The fields on this record that a base speaks of. */
export function fieldsBehind(
  { field }: Pick<Base, 'field'>,
  { system, object }: Pick<Draft['target'], 'system' | 'object'>,
  { policy }: PlanContext,
): readonly string[] {
  if (field === 'owner') return OWNER_PROPERTIES;
  const inDeal = dealFieldsBehind(field, system);
  if (inDeal !== null) return inDeal;
  const mappings = [...policy.person.fields, ...policy.company.fields, ...policy.deal.fields];
  const mapping = mappings.find(
    ({ name, salesforce }) => name === field && (system === 'hubspot' || object in salesforce),
  );
  const name = mapping && fieldOn(mapping, { system, object });
  return name === undefined ? [] : [name];
}

function toChange(
  draft: Draft,
  nth: number,
  after: string | undefined,
  facts: EntityFacts,
  { policy }: PlanContext,
): Change {
  const id = `${facts.id}@${facts.version}.${nth}`;
  const waits = draft.target.system === 'hubspot' && after !== undefined;
  return {
    id,
    writeKey: id, // the entity's version makes A→B, B→A, A→B three intents; the serial planner makes one intent one
    entity: facts.id,
    kind: draft.kind,
    target: draft.target,
    key: draft.key,
    steps: inSteps(draft.fields, draft.target.system),
    after: waits ? [after] : [],
    readBack: draft.readBack,
    marks: draft.fields.every(({ reason }) => reason.detail['backFill'] === true)
      ? { ...draft.marks, purpose: 'back-fill' }
      : draft.marks,
    basesAfter: draft.basesAfter,
    agreementVersion: policy.agreement.version,
  };
}
