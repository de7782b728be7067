import type { Clock, PersonFacts } from '../../../src/domain/people/person.ts';
import { TEAM } from '../deeds/hands.ts';
import { byText, type Known, type Scene, tasksOfBoth, text } from './scene.ts';

/** However many times a write was sent, one Lead of ours per person. */
export function doubles(people: readonly Known[], { org }: Scene): readonly string[] {
  // By whom each was made for: the Lead of one whose contact was merged away bears the other's key since.
  const creations = people.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'create'));
  const madeFor = new Map(creations.map(({ target, entity }) => [target.id, entity]));
  const made = org
    .records('Lead')
    .filter((row) => row['CreatedById'] === org.integrationUserId)
    .map((row) => ({ whom: madeFor.get(text(row['Id'])) ?? row['Tasuki_Key__c'] ?? null }));
  const broken: string[] = [];
  for (const [whom, leads] of byText(made, 'whom'))
    if (leads.length > 1) broken.push(`R11: ${leads.length} Leads were made for ${whom}`);
  const keyed = org.records('Lead').filter((row) => row['IsDeleted'] !== true && row['Tasuki_Key__c']);
  for (const [key, leads] of byText(keyed, 'Tasuki_Key__c'))
    if (leads.length > 1) broken.push(`${leads.length} Leads bear ${key}`);
  return broken;
}

/**
 * R11: one Task per lapse, in whichever system its owner works, or its turn in the line for one, and never a second one, whatever became of the first. An answer that is begun and
 * not finished has none: nobody is reminded of that.
 */
export function tasks(people: readonly Known[], scene: Scene): readonly string[] {
  const all = byText(tasksOfBoth(scene), 'key');
  return people.flatMap(({ facts }) =>
    facts.clocks.flatMap((clock) => {
      const found = all.get(clock.id) ?? [];
      // What a person deleted is gone from the recycle bin, too, after fifteen days.
      const isPurged = found.length === 0 && clock.task?.state === 'removed';
      const open = found.filter(({ isOpen }) => isOpen === true);
      return [
        ...(found.length > 1 ? [`R11: ${found.length} Tasks for ${clock.id}`] : []),
        ...(clock.task?.state === 'queued' && found.length > 0
          ? [`R11: ${clock.id} waits for its turn, with a Task`]
          : []),
        ...(clock.state === 'lapsed' &&
        found.length !== 1 &&
        !isPurged &&
        !isUnfinished(clock, found.length) &&
        !isToldInstead(clock, facts) &&
        clock.task?.state !== 'queued'
          ? [`R11: ${clock.id} lapsed with ${found.length} Tasks`]
          : []),
        ...(clock.state !== 'lapsed' && open.length > 0
          ? [
              `R11: ${clock.id} is ${clock.state} (${clock.closedBecause}), its Task is open; ledger: ${clock.task?.state}`,
            ]
          : []),
        ...(clock.task?.state === 'open' && open.length === 0
          ? [`${clock.id}: the ledger takes its Task for open`]
          : []),
      ];
    }),
  );
}

/** Nobody in sales has whom marketing has not handed over: a finding tells of it, and a Task only where there is somebody to have it. */
function isToldInstead({ id, kind }: Clock, { findings }: PersonFacts): boolean {
  return (
    kind === 'hand-over' && findings.some(({ code, subject }) => code === 'HAND_OVER_LATE' && subject === `clock:${id}`)
  );
}

/** An answer that is begun and lacks its reason is no silence, and where silence counts as accepted nobody is reminded. */
function isUnfinished({ kind }: Clock, found: number): boolean {
  return kind === 'answer' && found === 0;
}

/** R12 and R19: contact by the team (a conversion) in time means that no deadline lapsed, counted from Salesforce's own records. */
export function lapses(people: readonly Known[], { org }: Scene): readonly string[] {
  const team = new Set(
    org
      .records('User')
      .filter((user) => TEAM.includes(text(user['Email'])))
      .map((user) => user['Id']),
  );
  const calls = org
    .records('Task')
    .filter((task) => !task['Tasuki_Key__c'] && task['IsClosed'] === true && team.has(task['OwnerId']));
  const met = calls
    .filter((task) => task['IsDeleted'] !== true)
    .map((task) => ({
      ends: 'first-contact',
      id: task['Id'],
      about: text(task['WhoId']),
      at: Date.parse(text(task['CompletedDateTime'] ?? task['CreatedDate'])),
      movedAt: Date.parse(text(task['SystemModstamp'])),
    }));
  const told = byText(org.records('Task'), 'Tasuki_Key__c');
  const keys = new Map(org.records('Lead').map((row) => [row['Id'], text(row['Tasuki_Key__c'])]));
  const conversions = org
    .records('LeadHistory')
    .filter((row) => row['Field'] === 'leadConverted')
    .map((row) => ({
      ends: 'convert',
      id: row['Id'],
      about: text(row['LeadId']),
      whose: keys.get(row['LeadId']) ?? '',
      at: Date.parse(text(row['CreatedDate'])),
      movedAt: 0,
    }));
  return people.flatMap(({ facts }) => {
    const records = new Set(facts.links.map(({ record }) => record.id));
    // Another Lead of theirs may have been converted long ago: whoever is a Lead now is still to be.
    const isLead = facts.links.some(({ role, record }) => role === 'current' && record.object === 'Lead');
    return facts.clocks.flatMap((clock) => {
      // Two people may have become one since: the promise was about the Lead of the one whom it was made to.
      const [promised = ''] = clock.id.split(':');
      const own = isLead ? [] : conversions.filter((one) => isOf(promised, one, clock, facts));
      const proof = [...met, ...own].find(
        ({ ends, about, at }) =>
          ends === clock.kind && records.has(about) && at >= clock.startedAt && at <= clock.dueAt,
      );
      if (clock.lapsedAt === undefined || proof === undefined || isTakenBack(clock, proof.movedAt, facts, told))
        return [];
      return [`R19: ${clock.id} lapsed in spite of ${text(proof.id)}`];
    });
  });
}

/**
 * A Lead that bears nobody's key is theirs if it was before the deadline passed: who came along later with a Lead of their own was promised
 * nothing.
 */
function isOf(
  promised: string,
  { whose, about }: { readonly whose: string; readonly about: string },
  { dueAt }: Clock,
  { links }: PersonFacts,
): boolean {
  if (whose !== '') return whose === promised;
  return links.some(({ record, since }) => record.id === about && since <= dueAt);
}

/**
 * Two people became one after the deadline of one of them had lapsed, or the contact itself came to be where it is: it was in the recycle
 * bin with its Lead, or moved with a conversion. And if they were reminded, that was before. What could not be known is no accusation,
 * where the promise is called kept now.
 */
function isTakenBack(
  { id, state, lapsedAt }: Clock,
  movedAt: number,
  { links }: PersonFacts,
  told: ReturnType<typeof byText>,
): boolean {
  if (state !== 'met' && state !== 'met-logged-late') return false;
  // Whom a conversion made one has two contacts from then on.
  const united = links.some(({ role }) => role === 'duplicate') ? ['merged', 'converted'] : ['merged'];
  const knownAt = Math.max(movedAt, ...links.map(({ role, until = 0 }) => (united.includes(role) ? until : 0)));
  const reminders = (told.get(id) ?? []).map((task) => Date.parse(text(task['CreatedDate'])));
  return [lapsedAt ?? 0, ...reminders].every((at) => at < knownAt);
}
