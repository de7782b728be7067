import type { Change, ChangeMark } from '../../../src/domain/people/change.ts';
import type { AnyFacts } from '../../../src/domain/people/person.ts';
import type { Instant, Value } from '../../../src/domain/values/value.ts';
import { pairOf } from '../../../src/reconcile/context.ts';
import type { EntityPlan } from '../../../src/reconcile/entity-plan.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import { base, clock, create, fieldChange, planFor, stage, update } from '../../support/ledger-cast.ts';

/** Of the values that a planner reads, each was stored before: none holds what PostgreSQL cannot. */
const VALUES: readonly Value[] = ['課長', '部長', null, 3, true];
const FIELDS = ['jobtitle', 'phone', 'email', 'associations.contacts', 'Email', 'AccountId'];
const STAGES = ['lead', 'MQL', 'SQL', 'customer', 'recycled'] as const;

/** What some planner might say of an entity: links end as they do, and everything else as it falls. */
export function anyPlan(facts: AnyFacts, random: Random, at: Instant): EntityPlan {
  const { ended, becomes, returned } = pairOf(facts);
  const some = <T>(from: readonly T[], share: number) => from.filter(() => random.chance(share));
  const pass = 1 + random.int(2);
  const subject = `finding ${random.int(2)} of ${facts.id}`;
  return planFor(facts, {
    supersede: some(facts.open, 0.15).map(({ id }) => ({ change: id, because: 'planned-anew' })),
    confirm: some(facts.open, 0.5).flatMap(({ id, state }) => (state === 'acknowledged' ? [id] : [])),
    endLinks: random.chance(0.9) ? ended : [],
    becomes: random.chance(0.9) ? becomes : null,
    restoreLinks: random.chance(0.8) ? returned : [],
    bases: some(FIELDS, 0.2).map((field) => ({ ...base(field, random.pick(VALUES), random.pick(VALUES)), since: at })),
    changes: changesFor(facts, random, at),
    openFindings: random.chance(0.2)
      ? [{ code: 'CONFLICT', subject, entity: facts.id, detail: { nth: random.int(3), settlesAt: at + random.int(9) } }]
      : [],
    closeFindings: random.chance(0.2) ? [{ code: 'CONFLICT', subject }] : [],
    ...(facts.kind !== 'person' || !random.chance(0.4)
      ? {}
      : {
          stages: [stage(random.pick(STAGES), { at: at - random.int(3), pass })],
          clocks: [clock(`k${random.int(2)} ${facts.id}`, { person: facts.id, pass, ...clockState(random, at) })],
          ...(random.chance(0.3) ? { wakeAt: at + 60_000 * random.int(10) } : {}),
          ...(random.chance(0.3) ? { scope: { at, within: random.chance(0.5), because: { country: 'JP' } } } : {}),
        }),
  });
}

function clockState(random: Random, at: Instant) {
  const state = random.pick(['running', 'lapsed', 'lapsed', 'met'] as const);
  const task = { id: null, state: 'planned' as const };
  return { state, dueAt: at + 60_000 * random.int(10), ...(state === 'lapsed' && random.chance(0.5) ? { task } : {}) };
}

function changesFor(facts: AnyFacts, random: Random, at: Instant): readonly Change[] {
  const [link] = facts.links.filter(({ role }) => role === 'current').filter(() => random.chance(0.7));
  const id = `${at}-${facts.id}`;
  const after = facts.open.filter(() => random.chance(0.2)).map((change) => change.id);
  const steps = Array.from({ length: 1 + random.int(2) }, () => [
    fieldChange(random.pick(FIELDS), random.pick(VALUES)),
  ]);
  const text = JSON.stringify(steps.flat().map((field) => [field.field, field.after]));
  const more = {
    entity: facts.id,
    after,
    readBack: random.chance(0.5),
    writeKey: `${facts.id} ${random.int(3)} ${text}`,
    basesAfter: [base('jobtitle', random.pick(VALUES), random.pick(VALUES))],
    marks: random.pick<ChangeMark>([{ handOff: { team: 'sales', stage: random.pick(STAGES) } }, BACK_FILL, {}, {}]),
  };
  const writes =
    link === undefined ? [] : [update(`u${id}`, { ...UNSEEN, record: link.record }, {}, { ...more, steps })];
  if (facts.kind !== 'person' || random.chance(0.7)) return writes;
  const key = { field: 'Tasuki_Key__c', value: facts.id };
  const task = { task: { clock: `k${random.int(2)} ${facts.id}`, act: random.pick(['open', 'close'] as const) } };
  const object = random.pick(['Lead', 'Task'] as const);
  const made = create(`n${id}`, object, { Title: random.pick(VALUES) }, { ...more, writeKey: `new ${id}`, key });
  return [...writes, object === 'Task' ? { ...made, marks: task, after: writes.map((one) => one.id) } : made];
}

const BACK_FILL = { purpose: 'back-fill' } as const;
const UNSEEN = { values: {}, createdAt: 0, modifiedAt: 0, seenAt: 0, deleted: false };
