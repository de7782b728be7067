import type { Sighting } from '../../domain/people/record.ts';
import { ASSOCIATIONS_BATCH, associationsOf } from './associations.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import { LIST_PAGE, listPage } from './list.ts';
import { asked, type HubSpotRecord, type Lens, sightingOf, sightingsWithSwallowed } from './records.ts';

/** Pages that are gathered, so that the associations which a listing leaves open cost one call for all of them. */
const GATHERED = ASSOCIATIONS_BATCH / LIST_PAGE;

/**
 * Everybody who is there, with their ties and nothing else, in the order of ids; then the recycle bin, the only place where HubSpot shows
 * what was deleted. It has no filter by date, and keeps things for ninety days. Memory: a thousand thin rows.
 */
export async function* surveyOf(gateway: Gateway, lens: Lens): AsyncGenerator<readonly Sighting[]> {
  for await (const records of gathered(gateway, lens, false)) {
    const how = { listed: true, call: CALLS.surveyAssociations };
    const associations = await associationsOf(gateway, lens, records, how);
    yield sightingsWithSwallowed(records, lens, associations);
  }
  for await (const records of gathered(gateway, lens, true))
    yield records.map((record) => ({ ...sightingOf(record, lens), deleted: true }));
}

async function* gathered(gateway: Gateway, lens: Lens, archived: boolean): AsyncGenerator<HubSpotRecord[]> {
  const properties = asked(lens);
  let records: HubSpotRecord[] = [];
  let pages = 0;
  let after: string | undefined;
  do {
    const page = await listPage(gateway, lens, properties, { after, archived, call: CALLS.surveyList });
    records.push(...page.records);
    after = page.after;
    pages += 1;
    if (records.length > 0 && (pages % GATHERED === 0 || after === undefined)) {
      yield records;
      records = [];
    }
  } while (after !== undefined);
}
