import type { Clock } from '../../../src/domain/people/person.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import type { World } from '../../support/deeds/hands.ts';
import { byText, type Known, text } from '../../support/laws/scene.ts';
import type { Reign } from '../driver/admin.ts';
import { bruteDue } from './brute-due.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * Obligations that stay open, once the world is quiet: rungs are due when counting on the wall says so, all that are due have been
 * climbed in their order, Task and record show the last one, each addressee was sent one message and none that still stands tells of what
 * is over; and nobody was given more Tasks for a day than an agreement allowed.
 */
export async function ladders(
  people: readonly Known[],
  reigns: readonly Reign[],
  { org }: Pick<World, 'org'>,
  ledger: Ledger,
): Promise<readonly string[]> {
  const policies = reigns.map(({ policy }) => policy);
  const tasks = byText(org.records('Task'), 'Tasuki_Key__c');
  const records = new Map(['Lead', 'Contact'].flatMap((object) => org.records(object)).map((row) => [row['Id'], row]));
  const messages = Map.groupBy(await ledger.messages(10_000), ({ clock }) => clock);
  const now = org.state.clock();
  return [
    ...people.flatMap(({ facts }) =>
      facts.clocks.flatMap((clock) => [
        ...rungs(clock, policies, now),
        ...onTask(clock, tasks.get(clock.id) ?? []),
        ...told(clock, messages.get(clock.id) ?? []),
      ]),
    ),
    ...people.flatMap((known) => onRecord(known, records)),
    ...turns(people, policies),
  ];
}

function rungs(clock: Clock, policies: readonly Policy[], now: number): readonly string[] {
  const { id, ladder = [], state, dueAt, graceUntil = dueAt, turn, task } = clock;
  const since = Math.max(graceUntil, turn?.granted?.at ?? graceUntil);
  const counted = policies.flatMap((policy) => {
    const rule = policy.agreement.deadlines.find(({ name }) => name === clock.kind);
    const escalate = rule?.lapse.escalate ?? [];
    return rule === undefined ? [] : escalate.map(({ after }) => bruteDue(since, { ...rule, within: after }, policy));
  });
  const level = ladder.filter(({ at }) => at !== undefined).length;
  // A pull trails the clock: what fell due in the last hour may not have been read up to.
  const overdue = ladder.filter((rung) => rung.at === undefined && rung.dueAt < now - 3_600_000);
  return [
    ...ladder
      .filter((rung) => !counted.includes(rung.dueAt))
      .map((rung) => `${id}: a rung is due ${stamp(rung.dueAt)}`),
    ...ladder.filter(({ at, dueAt: due }) => at !== undefined && at < due).map(() => `${id}: climbed too early`),
    ...(ladder.slice(0, level).some(({ at }) => at === undefined) ? [`${id}: a rung was left out`] : []),
    ...(state === 'lapsed' && task?.state !== 'queued' && overdue.length > 0 ? [`${id}: a rung was not climbed`] : []),
    ...(state === 'running' && ladder.length > 0 ? [`${id}: runs, and has a ladder`] : []),
  ];
}

/** The subject says so; whoever has reworded it, ticked it off or deleted it has had the last word. */
function onTask({ id, ladder = [], state, task }: Clock, found: readonly Row[]): readonly string[] {
  const level = ladder.filter(({ at }) => at !== undefined).length;
  const [row] = found;
  if (row === undefined || state !== 'lapsed' || task?.state !== 'open') return [];
  const isMarked = text(row['Subject']).startsWith('【エスカレーション');
  const isOurs = text(row['Subject']).includes('【期限超過】');
  return isOurs && isMarked !== level > 0 ? [`${id}: rung ${level}, its Task says ${text(row['Subject'])}`] : [];
}

function onRecord({ facts }: Known, records: ReadonlyMap<unknown, Row>): readonly string[] {
  const seat = facts.links.find(({ role, record }) => role === 'current' && record.system === 'salesforce');
  const row = records.get(seat?.record.id);
  const outside = facts.findings.some(({ code }) => code === 'WRITE_REFUSED' || code === 'WRITE_UNDONE');
  if (row === undefined || row['IsDeleted'] === true || row['IsConverted'] === true || outside) return [];
  const isUp = facts.clocks.some(
    ({ state, ladder = [] }) => state === 'lapsed' && ladder.some(({ at }) => at !== undefined),
  );
  const isShown = row['Tasuki_Escalation__c'] != null;
  return isUp === isShown
    ? []
    : [`${facts.id}: ${isUp ? 'escalated, and not shown' : 'shows an escalation that is over'}`];
}

function told(
  { id, state, remindedAt, ladder = [] }: Clock,
  messages: Awaited<ReturnType<Ledger['messages']>>,
): readonly string[] {
  const waiting = messages.filter((message) => message.state === 'waiting');
  const reminders = messages.filter(({ kind }) => kind === 'reminder');
  const isStale = waiting.some(({ kind }) => (kind === 'reminder' ? state !== 'running' : state !== 'lapsed'));
  const addressees = new Set(ladder.flatMap(({ told: to }) => to ?? []));
  const unsent = [...addressees].filter((to) => !messages.some((one) => one.kind === 'escalation' && one.to === to));
  return [
    ...(isStale ? [`${id}: is ${state}, and a message still waits`] : []),
    ...(reminders.length > 1 ? [`${id}: ${reminders.length} reminders`] : []),
    ...(reminders.length === 1 && remindedAt === undefined ? [`${id}: reminded, and knows nothing of it`] : []),
    ...unsent.map((to) => `${id}: ${to} was never told`),
  ];
}

/** The cap of a day is that of the agreement in force when they were granted: of the widest, since nobody here knows which. */
function turns(people: readonly Known[], policies: readonly Policy[]): readonly string[] {
  const most = Math.max(...policies.map(({ agreement }) => agreement.tasksPerDay ?? 0));
  const granted = people.flatMap(({ facts }) =>
    facts.clocks.flatMap(({ turn }) => (turn?.granted === undefined ? [] : [`${turn.of} on ${turn.granted.day}`])),
  );
  return [...Map.groupBy(granted, (turn) => turn)]
    .filter(([, all]) => all.length > most)
    .map(([turn, all]) => `${all.length} Tasks for ${turn}`);
}

function stamp(at: number): string {
  return new Date(at).toISOString();
}
