import type { ObjectName, Sighting } from '../../domain/people/record.ts';
import type { Instant } from '../../domain/values/value.ts';
import { AnswerLost } from './failures.ts';
import { type Gateway, notVisible } from './gateway.ts';
import { isSalesforceId, to18 } from './ids.ts';
import { queryRows } from './query.ts';
import { withAllRecipients } from './recipients.ts';
import { idOf, type Row } from './row.ts';
import type { Schemas, Selection } from './schemas.ts';
import { goneSighting, toSighting } from './sightings.ts';
import { chunked, chunksForUrl, quoted } from './soql.ts';

/** Records of one collections retrieve, and literals of one IN list. */
const RETRIEVED = 2_000;
const LISTED_IDS = 400;
const LISTED_KEYS = 200;

export type Wanted = { readonly object: ObjectName; readonly fields: readonly string[]; readonly now: Instant };

/**
 * Records by id. The collection call takes 2,000 ids in its body, where a query would burst its URL; it leaves the slot of a
 * record that is gone empty, and only a query over deleted rows tells whether it was merged into another. What the collection
 * call cannot serve (parents, children, histories) is read by that query alone.
 */
export async function readRecords(
  gateway: Gateway,
  schemas: Schemas,
  ids: readonly string[],
  wanted: Wanted,
): Promise<readonly Sighting[]> {
  const { object, fields, now } = wanted;
  const onlooker = { ourUser: await gateway.user(), now };
  const found: Sighting[] = [];
  for (const chunk of chunked([...new Set(ids.filter(isSalesforceId).map(to18))], RETRIEVED)) {
    const sightings = await schemas.selecting(object, fields, async (selection) => {
      const rows = selection.plain ? await retrieve(gateway, selection, chunk) : [];
      const present = new Set(rows.map(idOf));
      const absent = chunk.filter((id) => !present.has(id));
      const traces = await withAllRecipients(gateway, await rowsEvenDeleted(gateway, selection, absent));
      const traced = new Set(traces.map(idOf));
      return [
        ...[...rows, ...traces].map((row) => toSighting(selection, row, onlooker)),
        ...absent.filter((id) => !traced.has(id)).map((id) => goneSighting(object, id, now)),
      ];
    });
    found.push(...sightings);
  }
  return found;
}

/** The records that hold these values in a unique field, and those in the recycle bin that held them: a merge or a delete may have been quicker. */
export async function findByKey(
  gateway: Gateway,
  schemas: Schemas,
  keyField: string,
  keys: readonly string[],
  wanted: Wanted,
): Promise<readonly Sighting[]> {
  const { object, fields, now } = wanted;
  const onlooker = { ourUser: await gateway.user(), now };
  return await schemas.selecting(object, [...fields, keyField], async (selection) => {
    // "No record holds this key" would be a lie that ends in a second record.
    if (!selection.asked.includes(keyField)) throw notVisible(`${object}.${keyField}`);
    const found: Sighting[] = [];
    for (const chunk of chunksForUrl([...new Set(keys)].map(quoted), LISTED_KEYS)) {
      const soql = `SELECT ${selection.columns.join(', ')} FROM ${object} WHERE ${keyField} IN (${chunk.join(', ')})`;
      const rows = await queryRows(gateway, 'query-all', soql);
      found.push(...rows.map((row) => toSighting(selection, row, onlooker)));
    }
    return found;
  });
}

/** Rows by id, those in the recycle bin and archived activities included. */
export async function rowsEvenDeleted(
  gateway: Gateway,
  { object, columns }: Pick<Selection, 'object' | 'columns'>,
  ids: readonly string[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const chunk of chunksForUrl(ids.map(quoted), LISTED_IDS)) {
    const soql = `SELECT ${columns.join(', ')} FROM ${object} WHERE Id IN (${chunk.join(', ')})`;
    rows.push(...(await queryRows(gateway, 'query-all', soql)));
  }
  return rows;
}

async function retrieve(
  gateway: Gateway,
  { object, columns }: Selection,
  ids: readonly string[],
): Promise<readonly Row[]> {
  if (ids.length === 0) return [];
  const slots = await gateway.read('collections-retrieve', (connection) =>
    connection.requestPost<readonly (Row | null)[]>(`/composite/sobjects/${object}`, { ids, fields: columns }),
  );
  if (!Array.isArray(slots)) throw new AnswerLost('salesforce', 'Salesforce answered a retrieve without records.');
  return slots.filter((slot) => slot !== null);
}
