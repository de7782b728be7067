import { sql } from 'kysely';
import { recordName, type Sighting, SYSTEMS } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { DEAL_FIELDS } from '../reconcile/deal-fields.ts';
import type { Neighbourhood } from '../reconcile/match.ts';
import type { Standings } from '../reconcile/match-choice.ts';
import { columnsOf, namesOf, type RecordColumns, refFrom } from './records.ts';
import { rows, type Session } from './session.ts';

/** Adds what one of several records of a person may be chosen by. One statement, and none where nobody has several on a side. */
export async function withStandings(
  on: Session,
  neighbourhoods: readonly Neighbourhood[],
): Promise<readonly Neighbourhood[]> {
  const asking = neighbourhoods.filter(hasSeveral);
  if (asking.length === 0) return neighbourhoods;
  const standings = await standingsOf(
    on,
    asking.flatMap(({ records }) => records),
  );
  return neighbourhoods.map((neighbourhood) =>
    asking.includes(neighbourhood) ? { ...neighbourhood, standings } : neighbourhood,
  );
}

function hasSeveral({ kind, records }: Neighbourhood): boolean {
  return (
    kind === 'person' && SYSTEMS.some((system) => records.filter((one) => one.record.system === system).length > 1)
  );
}

async function standingsOf(on: Session, records: readonly Sighting[]): Promise<Standings> {
  const { hubspot, salesforce } = DEAL_FIELDS;
  const found = await rows(
    on,
    sql<RecordColumns & { readonly open_deal: boolean; readonly newest_activity: Instant | null }>`
      select r.system, r.object, r.record_id,
        exists (
          select 1 from tasuki.tie t join tasuki.sighting d
            on (d.system, d.object, d.record_id) = (t.system, t.from_object, t.from_id)
          where t.kind = 'participant' and (t.system, t.to_object, t.to_id) = (r.system, r.object, r.record_id) and not d.deleted
            and coalesce(d.values ->> ${salesforce.isClosed}::text, d.values ->> ${hubspot.isClosed}::text, 'false') <> 'true'
        ) as open_deal,
        (
          select max(a.happened_at) from tasuki.activity a
          where (a.about_system, a.about_object, a.about_id) = (r.system, r.object, r.record_id) and not a.deleted
        ) as newest_activity
      from json_to_recordset(${namesOf(records.map(({ record }) => columnsOf(record)))}::json) as r (system text, object text, record_id text)`,
  );
  return new Map(
    found.map((row) => [recordName(refFrom(row)), { openDeal: row.open_deal, newestActivity: row.newest_activity }]),
  );
}
