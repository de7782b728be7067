import type { Activity, ActivityObject } from '../people/activity.ts';
import type { ObjectName, RecordRef, Sighting } from '../people/record.ts';
import { idsIn } from '../people/tie.ts';
import { parseInstant } from '../values/instant.ts';
import type { Instant, Value } from '../values/value.ts';

/** An activity's own part, before it is said whom it is about. */
export type Happening = Omit<Activity, 'source' | 'about' | 'email' | 'deleted'>;

/** One activity per person, each with an id of its own; `null` for one that is about nobody we could know. */
export function about(
  people: readonly (RecordRef | null)[],
  { record, deleted }: Sighting,
  happening: Happening,
): readonly Activity[] {
  const object = record.object as ActivityObject;
  return people.map((person, nth) => ({
    source: { system: record.system, object, id: nth === 0 ? record.id : `${record.id}/${person?.id}` },
    about: person,
    deleted,
    ...happening,
  }));
}

export function instantIn(value: Value | undefined): Instant | null {
  return typeof value === 'string' ? parseInstant(value) : null;
}

export function isText(value: Value | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

/** Record ids tell their object by the first three characters. */
const WHO: Readonly<Record<string, ObjectName>> = { '00Q': 'Lead', '003': 'Contact' };

/** The Leads and Contacts among these ids; whatever else they name (an account, a user) is nobody we follow. */
export function salesforcePeopleIn(ids: Value | undefined): readonly RecordRef[] {
  return idsIn(ids).flatMap((id) => {
    const object = WHO[id.slice(0, 3)];
    return object === undefined ? [] : [{ system: 'salesforce' as const, object, id }];
  });
}
