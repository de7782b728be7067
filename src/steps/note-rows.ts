import { type ActivityContext, activitiesOf } from '../domain/clocks/activity-of.ts';
import type { HistoryEntry } from '../domain/people/activity.ts';
import {
  entityKindOf,
  HISTORY_OBJECTS,
  type ObjectName,
  PERSON_OBJECTS,
  type Sighting,
  type System,
} from '../domain/people/record.ts';
import { TIE_FIELDS } from '../domain/people/tie.ts';
import { criteriaFields } from './fields.ts';
import { noteFirstHistory } from './first-history.ts';
import { noteStageMoves } from './stage-moves.ts';
import type { Works } from './works.ts';

/** Notes the rows of one object as what they are: records, ties, histories, or something that happened. Returns how many records moved. */
export async function noteRows(
  system: System,
  object: ObjectName,
  sightings: readonly Sighting[],
  context: ActivityContext,
  { ledger, crm, policy }: Works,
): Promise<number> {
  if (sightings.length === 0) return 0;
  if (HISTORY_OBJECTS.includes(object)) {
    await ledger.noteHistory(sightings.flatMap(historyEntry));
    return 0;
  }
  if (entityKindOf(object) !== null || object in TIE_FIELDS) {
    const facts = PERSON_OBJECTS.includes(object) ? criteriaFields(policy(), system) : [];
    await noteFirstHistory(sightings, { ledger, crm, policy });
    await noteStageMoves(sightings, { ledger, crm, policy });
    return (await ledger.noteSightings(sightings, facts)).changed;
  }
  const activities = sightings.flatMap((sighting) => activitiesOf(sighting, context));
  if (activities.length > 0) await ledger.noteActivities(activities);
  return 0;
}

/** What it takes to tell an activity: the organisation's own words for "done", who we are, and its business hours. */
export async function activityContext(ourUser: string | null, { ledger, policy }: Works): Promise<ActivityContext> {
  const schema = await ledger.schema('salesforce', 'Task');
  const status = schema?.fields.find(({ name }) => name === 'Status');
  const closed = (status?.options ?? []).filter((option) => option.closed).map(({ value }) => value);
  return { closedStatuses: new Set(closed), ourUser, calendar: policy().calendar };
}

const OF: Readonly<Record<string, { readonly object: ObjectName; readonly id: string }>> = {
  LeadHistory: { object: 'Lead', id: 'LeadId' },
  OpportunityFieldHistory: { object: 'Opportunity', id: 'OpportunityId' },
};

/** Deeds that Salesforce notes among the fields; the links of a person tell them better. */
const DEEDS: ReadonlySet<string> = new Set(['created', 'leadConverted', 'leadMerged']);

/** A row of Salesforce's own history: which field of which record took which value, and by whom. */
function historyEntry({ record, values, createdAt, movedBy }: Sighting): readonly HistoryEntry[] {
  const of = OF[record.object];
  const id = of === undefined ? null : values[of.id];
  const field = values['Field'];
  // A lookup leaves two rows, one with the name and one with the id: people read the name.
  if (of === undefined || typeof id !== 'string' || typeof field !== 'string' || DEEDS.has(field)) return [];
  if (values['DataType'] === 'EntityId') return [];
  return [
    {
      record: { system: record.system, object: of.object, id },
      field,
      value: values['NewValue'] ?? null,
      at: createdAt,
      by: movedBy ?? 'person',
      source: `${record.object}:${record.id}`,
    },
  ];
}
