import { entityKindOf, OBJECTS, type ObjectName, type System } from '../../src/domain/people/record.ts';
import type { Kind } from './requests.ts';
import { sum } from './requests.ts';

/** The fewest calls for what a question brings, by system and kind: what `tally` cannot tell from the requests. */
export type Fewest = Readonly<Record<System, Readonly<Partial<Record<Kind, number>>>>>;
type Rows = Readonly<Record<string, number>>;

const LISTED = 100;
const FOUND = 200;
const QUERIED = 2_000;
const QUERIES_PER_CALL = 5;

/** Everything once, by full pages; five objects of Salesforce's to a call, but one page of an object after the other. */
export function fewestToLoad(rows: Rows): Fewest {
  const pages = OBJECTS.salesforce.map((object) => atLeastOne(rows[object], QUERIED));
  return {
    hubspot: { list: sum(OBJECTS.hubspot.map((object) => atLeastOne(rows[object], LISTED))) },
    salesforce: { ask: Math.max(...pages, Math.ceil(sum(pages) / QUERIES_PER_CALL)) },
  };
}

/** The question what has changed, with these answers: a search for each object, full pages of what somebody else changed, no echoes. */
export function fewestToAsk(changed: Rows): Fewest {
  return {
    hubspot: { ask: sum(OBJECTS.hubspot.map((object) => atLeastOne(changed[object], FOUND))) },
    salesforce: { ask: Math.ceil(OBJECTS.salesforce.length / QUERIES_PER_CALL) },
  };
}

/** All live records by full pages; of HubSpot's, one more look into each recycle bin. */
export function fewestToSurvey(rows: Rows): Fewest {
  const surveyed = (object: ObjectName) => entityKindOf(object) !== null || object === 'OpportunityContactRole';
  const pages = (system: System, page: number) =>
    OBJECTS[system].filter(surveyed).map((object) => atLeastOne(rows[object], page));
  const lists = pages('hubspot', LISTED);
  return {
    hubspot: { list: sum(lists) + lists.length },
    salesforce: { list: sum(pages('salesforce', QUERIED)) },
  };
}

function atLeastOne(rows: number | undefined, page: number): number {
  return Math.max(1, Math.ceil((rows ?? 0) / page));
}
