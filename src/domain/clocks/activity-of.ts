import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import type { Activity } from '../people/activity.ts';
import type { Sighting } from '../people/record.ts';
import { HUBSPOT_ACTIVITY_FIELDS, hubspotActivities } from './hubspot-activities.ts';
import { SALESFORCE_ACTIVITY_FIELDS, salesforceActivities } from './salesforce-activities.ts';

/** What has to be read of each kind of record for it to become an activity. */
export const ACTIVITY_FIELDS = { ...SALESFORCE_ACTIVITY_FIELDS, ...HUBSPOT_ACTIVITY_FIELDS } as const;

export type ActivityContext = {
  /** Task statuses that mean "done" in this organisation; they have names of the customer's own (完了, …). */
  readonly closedStatuses: ReadonlySet<string>;
  /** Our own user's id in Salesforce. */
  readonly ourUser: string | null;
  readonly calendar: BusinessCalendar;
};

/**
 * What happened between people and us, by one record: an activity for each person it is about, none where it is about nobody we could
 * know. The first person's bears the record's id; the others' have the person's behind it (`123/456`), so that each is one row.
 */
export function activitiesOf(sighting: Sighting, context: ActivityContext): readonly Activity[] {
  return sighting.record.system === 'hubspot' ? hubspotActivities(sighting) : salesforceActivities(sighting, context);
}
