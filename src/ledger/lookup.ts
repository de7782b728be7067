import { sql } from 'kysely';
import type { AnyFacts } from '../domain/people/person.ts';
import type { EntityKind } from '../domain/people/record.ts';
import { canonicalEmail } from '../domain/values/canonical.ts';
import type { EntityRow } from './entities.ts';
import { loadFacts } from './entity-facts.ts';
import { firstRow, type Session } from './session.ts';

type FactsOf<Kind extends EntityKind> = Extract<AnyFacts, { readonly kind: Kind }>;

/**
 * See `Ledger.person` and `Ledger.entity`. What people paste: a ledger id, `Lead:00Q…`, a bare record id (Salesforce shows 15 characters
 * in its links), an e-mail. Of several who share an address, one with a current record comes first.
 */
export async function findEntity<Kind extends EntityKind>(
  on: Session,
  kind: Kind,
  handle: string,
): Promise<FactsOf<Kind> | null> {
  const [object, id] = handle.includes(':') ? (handle.split(':').slice(-2) as [string, string]) : [null, handle];
  const email = canonicalEmail(handle);
  const row = await firstRow(
    on,
    sql<EntityRow>`
      select e.id, e.kind, e.number, e.dirty_version, e.created_at, e.judged_under from (
        select coalesce(merged_into, id) as entity, 0 as rank from tasuki.entity where id = ${handle}
        union all
        select entity, case role when 'current' then 1 else 2 end from tasuki.link
        where (record_id = ${id} or (length(${id}) = 15 and system = 'salesforce' and left(record_id, 15) = ${id}))
          and (${object}::text is null or object = ${object}::text)
        union all
        select l.entity, case l.role when 'current' then 3 else 4 end
        from tasuki.sighting s join tasuki.link l using (system, object, record_id) where s.email = ${email}::text
      ) found join tasuki.entity e on e.id = found.entity
      where e.kind = ${kind}
      order by found.rank, e.number limit 1`,
  );
  if (row === undefined) return null;
  const [facts] = await loadFacts(on, [row]);
  return facts === undefined || facts.kind !== kind ? null : (facts as FactsOf<Kind>);
}
