import type { Sighting } from '../../domain/people/record.ts';
import { associationsOf } from './associations.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import {
  asked,
  chunks,
  goneSighting,
  type HubSpotRecord,
  type Lens,
  recordsIn,
  sightingOf,
  swallowedBy,
} from './records.ts';
import { Refusal } from './refusal.ts';

/** The most records one batch call takes. */
export const BATCH = 100;

/**
 * The records with these ids. What became of the others is found out: in the recycle bin, merged into another, or gone for good.
 *
 * Answers are joined by id. Their order is not the order of the question, and one error can name many ids.
 */
export async function readByIds(gateway: Gateway, ids: readonly string[], lens: Lens): Promise<Sighting[]> {
  const live: HubSpotRecord[] = [];
  const gone: Sighting[] = [];
  for (const batch of chunks([...new Set(ids)], BATCH)) {
    const found = await readBatch(gateway, batch, lens, false);
    live.push(...found.filter(({ id }) => batch.includes(id)));
    const seen = new Set(found.map(({ id }) => id));
    const missing = batch.filter((id) => !seen.has(id));
    if (missing.length > 0) gone.push(...(await traceMissing(gateway, missing, found, lens)));
  }
  return [...(await withAssociations(gateway, live, lens)), ...gone];
}

/** The records that hold these values in a unique property. Read from the store, not from the search index. */
export async function readByKey(
  gateway: Gateway,
  keyField: string,
  keys: readonly string[],
  lens: Lens,
): Promise<Sighting[]> {
  const found: HubSpotRecord[] = [];
  for (const batch of chunks([...new Set(keys)], BATCH))
    found.push(...(await readBatch(gateway, batch, lens, false, keyField)));
  return withAssociations(gateway, found, lens);
}

async function withAssociations(gateway: Gateway, records: readonly HubSpotRecord[], lens: Lens): Promise<Sighting[]> {
  const associations = await associationsOf(gateway, lens, records, { listed: false, call: CALLS.associations });
  return records.map((record) => sightingOf(record, lens, associations.get(record.id)));
}

/** One batch read; ids that HubSpot does not know are simply not in it. */
export async function readBatch(
  gateway: Gateway,
  ids: readonly string[],
  lens: Lens,
  archived: boolean,
  idProperty?: string,
): Promise<HubSpotRecord[]> {
  const question = {
    inputs: ids.map((id) => ({ id })),
    properties: asked(lens),
    propertiesWithHistory: [],
    ...(idProperty === undefined ? {} : { idProperty }),
  };
  try {
    const answer = await gateway.call(CALLS.batchRead, ({ batches }) => batches.read(lens.object, question, archived));
    return recordsIn(answer.results);
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return []; // none of them is there
    throw error;
  }
}

/** What became of ids that a batch read did not return: first the cheap ways to tell, then one call each. */
async function traceMissing(
  gateway: Gateway,
  missing: readonly string[],
  found: readonly HubSpotRecord[],
  lens: Lens,
): Promise<Sighting[]> {
  const survivors = new Map(found.flatMap((record) => swallowedBy(record).map((id) => [id, record.id] as const)));
  const archived = new Map((await readBatch(gateway, missing, lens, true)).map((record) => [record.id, record]));
  const traced: Sighting[] = [];
  for (const id of missing) {
    const binned = archived.get(id);
    if (binned !== undefined) traced.push({ ...sightingOf(binned, lens), deleted: true });
    else traced.push(goneSighting(id, lens, survivors.get(id) ?? (await survivorOf(gateway, id, lens))));
  }
  return traced;
}

/** A merged record's old id may still be answered, by the record that swallowed it: the id that comes back is another one. */
async function survivorOf(gateway: Gateway, id: string, lens: Lens): Promise<string | undefined> {
  try {
    const record = await gateway.call(CALLS.get, ({ records }) => records.getById(lens.object, id, asked(lens)));
    return recordsIn([record]).find((found) => found.id !== id)?.id;
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return undefined;
    throw error;
  }
}
