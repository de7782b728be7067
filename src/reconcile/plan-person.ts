import type { Change, FieldChange, TrackedChange } from '../domain/people/change.ts';
import type { Finding, PersonFacts } from '../domain/people/person.ts';
import type { RecordRef } from '../domain/people/record.ts';
import { evaluate } from '../domain/agreement/evaluate.ts';
import { addParts, NOTHING, type Part, type PersonView, type PlanContext, subjectOf, viewOf } from './context.ts';
import { planDerived, sfaStateOf } from './derived.ts';
import type { PersonPlan } from './person-plan.ts';
import { planClocks } from './plan-clocks.ts';
import { creationKey, planCreation } from './plan-creation.ts';
import { planMappedFields } from './plan-fields.ts';
import { planOwner } from './owner.ts';
import { planStage, type StagePlan } from './plan-stage.ts';
import { judgeOpenChanges } from './open-changes.ts';
import { withoutRefused } from './refused.ts';

/** How far each team's round robin has come; reserving a turn moves it on. */
export type Turns = { of(team: string): number; take(team: string, next: number): void };

/**
 * What is to be written for one person, and why: the same function for `plan`, for the live run and for the simulation.
 *
 * It gathers parts (mapped fields, stage, owner, deadline fields), adds them up to one change per record, and compares with the
 * intents that already stand: an intent that still holds is kept, one that the world has overtaken is superseded, and while a write
 * is under way nothing further is said about its record.
 */
export function planPerson(facts: PersonFacts, turns: Turns, context: PlanContext): PersonPlan {
  const view = viewOf(facts);
  const stages = planStage(view, context);
  const judged = judgeOpenChanges(view);
  const open = facts.open.filter(({ id }) => !judged.confirm.includes(id) && !judged.supersede.some(({ change }) => change === id));
  const called = inScope(view, context) ? planCreation(view, stages, turns.of, context) : null;
  const creation = creationUnderWay(open) === undefined ? called : null; // a standing one keeps its owner and its turn
  const clocks = planClocks(view, stages, context);

  const willBe = called === null ? sfaStateOf(view) : 'lead';
  const part = inScope(view, context)
    ? addParts([planMappedFields(view, context), planOwner(view, context), planDerived(view, stages, willBe, context), clocks.part])
    : NOTHING;
  const drafts: Draft[] = [];
  if (creation !== null) {
    turns.take(creation.team, creation.assignment.next);
    const target = { system: 'salesforce', object: 'Lead', id: null } as const;
    const marks = handOffMark(stages, context);
    drafts.push({ kind: 'create', target, key: creationKey(facts.id), fields: creation.fields, basesAfter: creation.basesAfter, readBack: true, marks });
  }
  if (view.contact !== null) drafts.push(updateOf(view.contact.record, part, {}));
  if (view.record !== null) drafts.push(updateOf(view.record.record, part, recordMark(stages, part, context)));
  drafts.push(...clocks.tasks);

  const settled = settleDrafts(drafts, open, called !== null, facts, context);
  return {
    person: facts.id,
    version: facts.version,
    changes: settled.changes,
    supersede: [...judged.supersede, ...settled.supersede],
    confirm: judged.confirm,
    stages: stages.entered,
    clocks: clocks.clocks,
    bases: part.agreed,
    endLinks: view.ended,
    openFindings: [...stages.open, ...part.open, ...(creation?.open ?? []), ...clocks.open, ...view.ended.map((end) => deletedFinding(end.record, facts))],
    closeFindings: [...part.close, ...settled.close].filter((done) => facts.findings.some(({ code, subject }) => code === done.code && subject === done.subject)),
  };
}

/** An intended write before it is compared with what already stands. */
export type Draft = {
  readonly kind: Change['kind'];
  readonly target: Change['target'];
  readonly key: Change['key'];
  readonly fields: readonly FieldChange[];
  readonly basesAfter: Part['agreed'];
  readonly readBack: boolean;
  readonly marks: Change['marks'];
};

function inScope({ contact, record }: PersonView, { policy }: PlanContext): boolean {
  const { scope } = policy.person;
  if (scope === undefined) return true;
  // Outside only if the rule clearly says so: an unread field must not make people vanish.
  return (
    evaluate(scope, (subject) => {
      if (!('field' in subject)) return undefined;
      const [system, ...rest] = subject.field.split('.');
      const sighting = system === 'hubspot' ? contact : record;
      return sighting === null ? null : sighting.values[rest.join('.')];
    }) !== false
  );
}

function creationUnderWay(open: readonly TrackedChange[]): TrackedChange | undefined {
  return open.find(({ kind, target }) => kind === 'create' && target.object === 'Lead');
}

/** The write that shows a newly entered stage to the receiving team; history is handed to nobody. */
function handOffMark(stages: StagePlan, { policy }: PlanContext): Change['marks'] {
  const entry = stages.entries.findLast(({ stage }) => stage === stages.current);
  const team = policy.agreement.stages.find(({ stage }) => stage === stages.current)?.handOff?.to;
  if (team === undefined || entry === undefined || entry.by === 'history' || entry.handedOffAt !== undefined) return {};
  return { handOff: { team, stage: entry.stage } };
}

function recordMark(stages: StagePlan, part: Part, context: PlanContext): Change['marks'] {
  return part.salesforce.some(({ reason }) => reason.code === 'stage-derived') ? handOffMark(stages, context) : {};
}

/** Reasons whose truth we want to see at once, not at the next pull. */
const READ_BACK = new Set(['stage-derived', 'stage-shown', 'owner-shown', 'owner-named', 'owner-assigned', 'record-state', 'lapsed']);

function updateOf(record: RecordRef, part: Part, marks: Change['marks']): Draft {
  const fields = part[record.system];
  const readBack = fields.some(({ reason }) => READ_BACK.has(reason.code));
  return { kind: 'update', target: record, key: null, fields, basesAfter: part.basesAfter[record.system], readBack, marks };
}

const WAITING: ReadonlySet<string> = new Set(['planned', 'approved', 'parked']);

/** Compares the drafts with the intents that stand: what still holds is kept, the rest is superseded, and what is new is added. */
function settleDrafts(
  drafts: readonly Draft[],
  open: readonly TrackedChange[],
  creationCalledFor: boolean,
  facts: PersonFacts,
  context: PlanContext,
) {
  const changes: Change[] = [];
  const close: Pick<Finding, 'code' | 'subject'>[] = [];
  const creating = creationUnderWay(open);
  const kept = new Set<string>(creationCalledFor && creating !== undefined ? [creating.id] : []);
  let after = creating?.id;
  for (const draft of drafts) {
    const standing = open.filter((change) => isSameTarget(change, draft));
    const { fields, close: heals } = withoutRefused(draft, facts);
    close.push(...heals);
    const holds = standing.find((change) => isUnderWay(change, draft) || (WAITING.has(change.state) && sameWrites(change.steps[change.step] ?? [], fields)));
    if (holds !== undefined) kept.add(holds.id);
    if (holds !== undefined || fields.length === 0) continue;
    const change = toChange({ ...draft, fields }, changes.length, after, facts, context);
    changes.push(change);
    if (draft.kind === 'create' && draft.target.object === 'Lead') after = change.id;
  }
  const overtaken = open.filter(({ id, state }) => WAITING.has(state) && !kept.has(id));
  return { changes, close, supersede: overtaken.map(({ id }) => ({ change: id, because: 'planned-anew' })) };
}

/** Its outcome will wake this person again; until then nothing more is said about the record. */
function isUnderWay({ state }: TrackedChange, { kind }: Draft): boolean {
  return state === 'sending' || state === 'unsure' || (kind === 'create' && state === 'acknowledged');
}

function isSameTarget({ target, key }: TrackedChange, draft: Draft): boolean {
  if (target.system !== draft.target.system || target.object !== draft.target.object) return false;
  return draft.key === null ? target.id === draft.target.id : key?.value === draft.key.value;
}

function sameWrites(a: readonly FieldChange[], b: readonly FieldChange[]): boolean {
  return a.length === b.length && a.every((one) => b.some((other) => other.field === one.field && other.after === one.after));
}

function toChange(draft: Draft, nth: number, after: string | undefined, facts: PersonFacts, { policy }: PlanContext): Change {
  const id = `${facts.id}@${facts.version}.${nth}`;
  const waits = draft.target.system === 'hubspot' && after !== undefined;
  return {
    id,
    writeKey: id, // the person's version makes A→B, B→A, A→B three intents; the serial planner makes one intent one
    person: facts.id,
    kind: draft.kind,
    target: draft.target,
    key: draft.key,
    steps: [draft.fields],
    after: waits ? [after] : [],
    readBack: draft.readBack,
    marks: draft.marks,
    basesAfter: draft.basesAfter,
    agreementVersion: policy.agreement.version,
  };
}

function deletedFinding(record: RecordRef, facts: PersonFacts): Finding {
  return { code: 'RECORD_DELETED', subject: subjectOf(record), person: facts.id, detail: { system: record.system, object: record.object, id: record.id } };
}
