import { entityKindOf, type ObjectName, type Sighting } from '../../domain/people/record.ts';
import { TIE_FIELDS } from '../../domain/people/tie.ts';
import type { Instant } from '../../domain/values/value.ts';
import type { Gateway } from './gateway.ts';
import { queryPage } from './query.ts';
import { idOf } from './row.ts';
import type { Schemas, Selection } from './schemas.ts';
import { toSighting } from './sightings.ts';
import { quoted } from './soql.ts';

/**
 * All live records of an object with their ties, by keyset on the id: a contact role that was removed leaves no trace anywhere, and
 * is found only by its absence here. Activities and histories yield nothing, since what happened stays true.
 */
export async function* surveyRecords(
  gateway: Gateway,
  schemas: Schemas,
  { object, now, pageSize }: { readonly object: ObjectName; readonly now: Instant; readonly pageSize: number },
): AsyncIterable<readonly Sighting[]> {
  if (entityKindOf(object) === null && object !== 'OpportunityContactRole') return;
  const onlooker = { ourUser: await gateway.user(), now };
  for (let behind: string | null = null; ; ) {
    const { page, selection } = await schemas.selecting(object, TIE_FIELDS[object] ?? [], async (selection) => ({
      selection,
      page: await queryPage(gateway, 'survey-query', soqlBehind(behind, selection, pageSize)),
    }));
    if (page.rows.length > 0) yield page.rows.map((row) => toSighting(selection, row, onlooker));
    const last = page.rows.at(-1);
    const more = !page.done || page.rows.length >= pageSize;
    if (last === undefined || !more) return;
    behind = idOf(last);
  }
}

function soqlBehind(id: string | null, { object, asked, stamp }: Selection, pageSize: number): string {
  const columns = ['Id', 'CreatedDate', stamp, ...asked].join(', ');
  const where = id === null ? '' : ` WHERE Id > ${quoted(id)}`;
  return `SELECT ${columns} FROM ${object}${where} ORDER BY Id LIMIT ${pageSize}`;
}
