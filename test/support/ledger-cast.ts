import type { Activity } from '../../src/domain/people/activity.ts';
import type { Change, FieldChange } from '../../src/domain/people/change.ts';
import type { MatchingRule } from '../../src/domain/people/mapping.ts';
import type {
  AnyFacts,
  Clock,
  CompanyFacts,
  DealFacts,
  PersonFacts,
  StageEntry,
} from '../../src/domain/people/person.ts';
import type { Base, ObjectName, Sighting, System } from '../../src/domain/people/record.ts';
import type { Values } from '../../src/domain/values/value.ts';
import type { Gate } from '../../src/ports/approval.ts';
import type { Ledger, PlannedBatch, PlanningBatch } from '../../src/ports/ledger.ts';
import type { EntityPlan } from '../../src/reconcile/entity-plan.ts';
import { matchRecords } from '../../src/reconcile/match.ts';

/** The instant at which the ledger's contract plays. */
export const NOON = Date.parse('2026-11-20T03:00:00.000Z');
export const MINUTE = 60_000;
export const LEASE = 5 * MINUTE;

export function contact(id: string, values: Values, more: Partial<Sighting> = {}): Sighting {
  return sighting('hubspot', 'contacts', id, values, more);
}

/** `lead('1', …)` is the record `00Q000000000001AAA`. */
export function lead(id: string, values: Values, more: Partial<Sighting> = {}): Sighting {
  return sighting('salesforce', 'Lead', leadId(id), values, more);
}

export function leadId(id: string): string {
  return `00Q${id.padStart(12, '0')}AAA`;
}

/** Any other record, under the id it is given. */
export function sighting(
  system: System,
  object: ObjectName,
  id: string,
  values: Values,
  more: Partial<Sighting> = {},
): Sighting {
  return {
    record: { system, object, id },
    values,
    createdAt: NOON - MINUTE,
    modifiedAt: NOON,
    seenAt: NOON,
    deleted: false,
    ...more,
  };
}

export function call(id: string, about: Sighting, more: Partial<Activity> = {}): Activity {
  return {
    source: { system: 'salesforce', object: 'Task', id },
    kind: 'call',
    at: NOON,
    loggedAt: NOON,
    about: about.record,
    by: '005000000000001AAA',
    direction: 'out',
    what: null,
    countsAsContact: true,
    ourTask: false,
    closed: true,
    deleted: false,
    ...more,
  };
}

/** Notes sightings and matches them by the product's own rule. */
export async function meet(ledger: Ledger, ...sightings: readonly Sighting[]): Promise<void> {
  await ledger.noteSightings(sightings, []);
  await matchAll(ledger);
}

export async function matchAll(ledger: Ledger, several: MatchingRule['several'] = 'leave'): Promise<void> {
  const matching = { sharedMailboxes: ['info'], several };
  while ((await ledger.match(100, NOON, (batch) => batch.flatMap((around) => matchRecords(around, matching)))) > 0);
}

export function planFor(facts: AnyFacts, more: Partial<EntityPlan> = {}): EntityPlan {
  return {
    entity: facts.id,
    version: facts.version,
    changes: [],
    supersede: [],
    confirm: [],
    stages: [],
    clocks: [],
    bases: [],
    endLinks: [],
    becomes: null,
    restoreLinks: [],
    openFindings: [],
    closeFindings: [],
    ...more,
  };
}

/** Lets everything through that is planned: what approval and breaker make of it has a suite of its own. */
export const OPEN_GATE: Gate = { kind: 'open', rolloutPercent: 100 };

/** Plans whoever is dirty by a rule of the test's own, and lets it through. */
export async function planEach(
  ledger: Ledger,
  rule: (facts: AnyFacts) => Partial<EntityPlan>,
  at = NOON,
): Promise<PlannedBatch | null> {
  const planned = await planOnly(ledger, rule, at);
  await ledger.releasePlanned(OPEN_GATE, at);
  return planned;
}

/** Plans them, and leaves the changes waiting at the gate. */
export function planOnly(
  ledger: Ledger,
  rule: (facts: AnyFacts) => Partial<EntityPlan>,
  at = NOON,
): Promise<PlannedBatch | null> {
  return ledger.plan('run-1', 100, at, ({ entities, rotation }: PlanningBatch) => ({
    plans: entities.map((facts) => planFor(facts, rule(facts))),
    rotation,
  }));
}

/** Stores these changes for one person, all others being left in peace. */
export async function intend(ledger: Ledger, person: string, ...changes: readonly Change[]): Promise<void> {
  await ledger.wakeEveryone();
  await planEach(ledger, (facts) => (facts.id === person ? { changes } : {}));
}

export function fieldChange(field: string, after: FieldChange['after']): FieldChange {
  return { field, after, reason: { code: 'copied', detail: {} } };
}

export function update(id: string, record: Sighting, fields: Values, more: Partial<Change> = {}): Change {
  return {
    id,
    writeKey: id,
    entity: 'hubspot-1',
    kind: 'update',
    target: record.record,
    key: null,
    steps: [Object.entries(fields).map(([field, after]) => fieldChange(field, after))],
    after: [],
    readBack: false,
    marks: {},
    agreementVersion: '2026-10',
    ...more,
  };
}

export function create(id: string, object: 'Lead' | 'Task', fields: Values, more: Partial<Change> = {}): Change {
  return {
    ...update(id, lead('0', {}), fields),
    kind: 'create',
    target: { system: 'salesforce', object, id: null },
    key: { field: 'Tasuki_Key__c', value: 'hubspot-1' },
    readBack: true,
    ...more,
  };
}

export function stage(name: StageEntry['stage'], more: Partial<StageEntry> = {}): StageEntry {
  return { stage: name, at: NOON, by: 'rule', agreementVersion: '2026-10', evidence: { score: 82 }, pass: 1, ...more };
}

export function clock(id: string, more: Partial<Clock> = {}): Clock {
  return {
    id,
    person: 'hubspot-1',
    kind: 'first-contact',
    pass: 1,
    startedAt: NOON,
    dueAt: NOON + 60 * MINUTE,
    arithmetic: [{ day: '2026-11-20', counts: true, because: { code: 'business-day', nth: 1 } }],
    state: 'running',
    agreementVersion: '2026-10',
    ...more,
  };
}

export function base(field: string, hubspot: Base['hubspot'], salesforce: Base['salesforce']): Base {
  return { field, hubspot, salesforce, canonical: hubspot, since: NOON, provisional: null };
}

/** What the ledger knows of a person; the test fails if it knows nobody of that name. */
export async function factsOf(ledger: Ledger, handle: string): Promise<PersonFacts> {
  const facts = await ledger.person(handle);
  if (facts === null) throw new Error(`the ledger knows no ${handle}`);
  return facts;
}

export async function dealOf(ledger: Ledger, handle: string): Promise<DealFacts> {
  const facts = await ledger.entity('deal', handle);
  if (facts?.kind !== 'deal') throw new Error(`the ledger knows no deal ${handle}`);
  return facts;
}

export async function companyOf(ledger: Ledger, handle: string): Promise<CompanyFacts> {
  const facts = await ledger.entity('company', handle);
  if (facts?.kind !== 'company') throw new Error(`the ledger knows no company ${handle}`);
  return facts;
}

/** The ids of whoever is dirty, in the order of their planning; they are planned with that, and dirty no more. */
export async function planDirty(ledger: Ledger): Promise<readonly string[]> {
  const planned = await planEach(ledger, () => ({}));
  return planned?.plans.map(({ entity }) => entity) ?? [];
}

/** Claims everything that is ready for Salesforce, or HubSpot, and says it was written. */
export async function writeAll(ledger: Ledger, system: System, newId = leadId('77')): Promise<readonly string[]> {
  const claimed = await ledger.claim(system, 100, NOON, LEASE);
  await ledger.recordOutcomes(
    claimed.map(({ id, target, kind }) => ({
      kind: 'written' as const,
      change: id,
      record: { ...target, id: target.id ?? newId },
      created: kind === 'create',
    })),
    NOON + MINUTE,
  );
  return claimed.map(({ id }) => id);
}
