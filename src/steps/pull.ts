import { type ActivityContext, activityOf } from '../domain/clocks/activity-of.ts';
import { OBJECTS, type ObjectName, PERSON_OBJECTS, type Sighting, type System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { bookCalls } from './book-calls.ts';
import { criteriaFields, fieldsToRead } from './fields.ts';
import { prepare } from './prepare.ts';
import type { Works } from './works.ts';

/**
 * Fetches what changed in one CRM and notes it in the ledger, object by object, page by page.
 *
 * The cursor moves last: a crash above repeats the page, never skips it. Records that are only echoes of our own writes change
 * nothing in the ledger and cost no planning.
 */
export async function pullChanges(
  system: System,
  works: Works,
): Promise<{ readonly seen: number; readonly changed: number }> {
  const now = works.clock.now();
  const { user } = await prepare(system, works);
  let seen = 0;
  let changed = 0;
  for (const object of OBJECTS[system]) {
    const counts = await pullObject({ system, object, now, ourUser: user }, works);
    seen += counts.seen;
    changed += counts.changed;
  }
  await works.ledger.notePulled(works.run(), seen);
  await bookCalls(system, works);
  works.log.info({ system, seen, changed }, 'pulled');
  return { seen, changed };
}

type Stream = {
  readonly system: System;
  readonly object: ObjectName;
  readonly now: Instant;
  readonly ourUser: string | null;
};

async function pullObject({ system, object, now, ourUser }: Stream, works: Works) {
  const { ledger, crm } = works;
  const policy = works.policy();
  const cursor = await ledger.cursor(system, object);
  const facts = PERSON_OBJECTS.includes(object) ? criteriaFields(policy, system) : [];
  const closed = await closedStatuses(object, works);
  let seen = 0;
  let changed = 0;
  for await (const page of crm[system].changesSince(object, fieldsToRead(policy, system, object), cursor?.state, now)) {
    if (PERSON_OBJECTS.includes(object)) changed += (await ledger.noteSightings(page.sightings, facts)).changed;
    else await noteActivities(page.sightings, { closedStatuses: closed, ourUser, calendar: policy.calendar }, works);
    await ledger.advanceCursor(system, object, page.cursor, page.covers);
    seen += page.sightings.length;
  }
  return { seen, changed };
}

async function noteActivities(
  sightings: readonly Sighting[],
  context: ActivityContext,
  { ledger }: Works,
): Promise<void> {
  const activities = sightings.map((sighting) => activityOf(sighting, context)).filter((activity) => activity !== null);
  if (activities.length > 0) await ledger.noteActivities(activities);
}

/** The org's own words for "done": never the English ones by heart. */
async function closedStatuses(object: ObjectName, { ledger }: Works): Promise<ReadonlySet<string>> {
  if (object !== 'Task') return new Set();
  const schema = await ledger.schema('salesforce', 'Task');
  const status = schema?.fields.find(({ name }) => name === 'Status');
  return new Set((status?.options ?? []).filter((option) => option.closed).map(({ value }) => value));
}
