import type { Change, ChangeState, TrackedChange } from '../../src/domain/people/change.ts';
import type { Clock, Finding, PersonFacts, StageEntry } from '../../src/domain/people/person.ts';
import type { Base, Link, Sighting } from '../../src/domain/people/record.ts';
import type { Instant, Value } from '../../src/domain/values/value.ts';
import type { PlanContext } from '../../src/reconcile/context.ts';
import type { EntityPlan } from '../../src/reconcile/entity-plan.ts';
import { planPerson, type Turns } from '../../src/reconcile/plan-person.ts';
import { aBlankLead, aContext, linkTo } from './people.ts';

/** A rotation that starts with the team's first member. */
export function turnsFrom(start = 0): Turns & { reached(): number } {
  let turn = start;
  return {
    of: () => turn,
    take: (_, next) => {
      turn = next;
    },
    reached: () => turn,
  };
}

export function plan(facts: PersonFacts, context: Partial<PlanContext> = {}, turns: Turns = turnsFrom()): EntityPlan {
  return planPerson(facts, turns, aContext(context));
}

/** Stores a plan the way the ledger does, without its writes: they stand in the given state. */
export function stored(
  facts: PersonFacts,
  made: EntityPlan,
  at: Instant,
  state: ChangeState = 'approved',
): PersonFacts {
  const over = new Set([...made.confirm, ...made.supersede.map(({ change }) => change)]);
  const ended = new Map(made.endLinks.map((end) => [end.record.id, end.role]));
  const back = new Set(made.restoreLinks.map(({ id }) => id));
  const closed = (finding: Finding) =>
    made.closeFindings.some(({ code, subject }) => finding.code === code && finding.subject === subject);
  const tracked = made.changes.map(
    (change): TrackedChange => ({ ...change, run: 'run-1', state, step: 0, attempts: 1, plannedAt: at }),
  );
  return {
    ...facts,
    version: facts.version + 1,
    links: [
      ...facts.links.map((link) => ({
        ...link,
        role: ended.get(link.record.id) ?? (back.has(link.record.id) ? 'current' : link.role),
      })),
      ...(made.becomes === null
        ? []
        : [{ entity: facts.id, record: made.becomes, role: 'current', since: at, evidence: 'merge' } satisfies Link]),
    ],
    bases: withBases(facts.bases, made.bases),
    stages: [...facts.stages, ...made.stages],
    clocks: withClocks(facts.clocks, made.clocks),
    open: [...facts.open.filter(({ id }) => !over.has(id)), ...tracked],
    findings: uniqueFindings([...facts.findings, ...made.openFindings], at).filter((finding) => !closed(finding)),
  };
}

/** Stores a plan, and then every write of it happens, is read back and confirmed. */
export function settled(facts: PersonFacts, made: EntityPlan, at: Instant): PersonFacts {
  const after = stored(facts, made, at, 'sending');
  return made.changes.reduce((so, change) => happened(so, change, at), after);
}

/** One intent of the ledger is written, seen and confirmed. */
function happened(facts: PersonFacts, change: Change, at: Instant): PersonFacts {
  const written = Object.fromEntries(change.steps.flat().map(({ field, after }) => [field, after]));
  const isLead = change.kind === 'create' && change.target.object === 'Lead';
  const made = isLead
    ? aBlankLead('00Q00000000000NEWA', { ...written, [change.key!.field]: change.key!.value }, at)
    : null;
  const bases = (change.basesAfter ?? []).map((base) => ({ ...base, provisional: null }));
  return {
    ...facts,
    links:
      made === null ? facts.links : [...facts.links, linkTo(made, facts.id, { evidence: 'created' }) satisfies Link],
    sightings:
      made === null
        ? facts.sightings.map((sighting) => echoed(sighting, change, written, at))
        : [...facts.sightings, made],
    bases: withBases(facts.bases, bases),
    stages: facts.stages.map((entry) => handedOver(entry, change, at)),
    clocks: facts.clocks.map((clock) => withTask(clock, change)),
    open: facts.open.filter(({ id }) => id !== change.id),
  };
}

function echoed(
  sighting: Sighting,
  { target }: Change,
  written: Readonly<Record<string, Value>>,
  at: Instant,
): Sighting {
  if (sighting.record.id !== target.id) return sighting;
  return { ...sighting, values: { ...sighting.values, ...written }, seenAt: at, modifiedAt: at };
}

function handedOver(entry: StageEntry, { marks }: Change, at: Instant): StageEntry {
  return marks.handOff?.stage === entry.stage && entry.handedOffAt === undefined
    ? { ...entry, handedOffAt: at }
    : entry;
}

function withTask(clock: Clock, { marks, target }: Change): Clock {
  if (marks.task?.clock !== clock.id) return clock;
  const { act, level = clock.task?.level } = marks.task;
  const state = act === 'escalate' ? clock.task!.state : act === 'open' ? 'open' : 'closed';
  const task = { id: target.id ?? '00T000000000001AAA', state, ...(level === undefined ? {} : { level }) };
  return { ...clock, task };
}

function withBases(known: readonly Base[], news: readonly Base[]): readonly Base[] {
  return [...new Map([...known, ...news].map((base) => [base.field, base])).values()];
}

function withClocks(known: readonly Clock[], news: readonly Clock[]): readonly Clock[] {
  return [...new Map([...known, ...news].map((clock) => [clock.id, clock])).values()];
}

/** One that is open already keeps its instant and takes the newer detail. */
function uniqueFindings(findings: readonly Finding[], at: Instant): readonly Finding[] {
  const unique = new Map<string, Finding>();
  for (const finding of findings) {
    const name = `${finding.code} ${finding.subject}`;
    unique.set(name, { ...finding, openedAt: unique.get(name)?.openedAt ?? finding.openedAt ?? at });
  }
  return [...unique.values()];
}

/** A change to one record, as a person makes it in that system's own screen. */
export function edited(
  facts: PersonFacts,
  id: string,
  values: Readonly<Record<string, Value>>,
  at: Instant,
): PersonFacts {
  const sightings = facts.sightings.map((sighting) =>
    sighting.record.id === id
      ? { ...sighting, values: { ...sighting.values, ...values }, seenAt: at, modifiedAt: at }
      : sighting,
  );
  return { ...facts, version: facts.version + 1, sightings };
}

export function removed(facts: PersonFacts, id: string, at: Instant): PersonFacts {
  const sightings = facts.sightings.map((sighting) =>
    sighting.record.id === id ? { ...sighting, deleted: true, seenAt: at } : sighting,
  );
  return { ...facts, version: facts.version + 1, sightings };
}

/** Plans and settles until nothing is planned any more; fails the test when that takes too long. */
export function quiet(start: PersonFacts, context: Partial<PlanContext> = {}): PersonFacts {
  let facts = start;
  for (let pass = 0; pass < 8; pass += 1) {
    const made = plan(facts, context);
    if (isNothing(made)) return facts;
    facts = settled(facts, made, context.now ?? aContext().now);
  }
  throw new Error('the plans never come to rest');
}

/** Does this plan change anything, in either system or in the ledger? */
export function isNothing(made: EntityPlan): boolean {
  const { changes, supersede, confirm, stages, clocks, bases, endLinks, restoreLinks, closeFindings } = made;
  return [changes, supersede, confirm, stages, clocks, bases, endLinks, restoreLinks, closeFindings].every(
    (part) => part.length === 0,
  );
}

/** `salesforce:Lead` → what a plan writes there, field by field. */
export function writes({ changes }: EntityPlan): Record<string, Record<string, Value>> {
  return Object.fromEntries(
    changes.map(({ target, steps }) => [
      `${target.system}:${target.object}`,
      Object.fromEntries(steps.flat().map(({ field, after }) => [field, after])),
    ]),
  );
}
