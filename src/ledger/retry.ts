import { sql } from 'kysely';
import type { Finding, FindingCode } from '../domain/people/person.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Retried } from '../ports/undo.ts';
import { undoneBasesIn } from '../reconcile/undone.ts';
import { markDirty } from './entities.ts';
import { stamp, toJson } from './json.ts';
import { affect, rows, type Session } from './session.ts';
import { releaseHeld } from './set-aside.ts';
import { audit } from './settings.ts';

/** Findings that hold a write back until something changes; a person's word is something. */
const HOLDING: readonly FindingCode[] = ['WRITE_REFUSED', 'WRITE_PARKED', 'WRITE_UNDONE', 'FIELD_FROZEN'];

type Closed = {
  readonly code: FindingCode;
  readonly entity: string | null;
  readonly detail: Finding['detail'];
};

/** See `UndoLedger.retry`. */
export async function retry(on: Session, entity: string | null, by: string, at: Instant): Promise<Retried> {
  const closed = await rows(
    on,
    sql<Closed>`
      update tasuki.finding set closed_at = ${stamp(at)}
      where closed_at is null and code = any(${HOLDING}::text[]) and (${entity}::text is null or entity = ${entity}::text)
      returning code, entity, detail`,
  );
  await wantAgain(on, closed);
  const released = await releaseHeld(on, entity);
  const entities = new Set([...closed.map((finding) => finding.entity), ...released].filter((id) => id !== null));
  await markDirty(on, [...entities]);
  const retried = { findings: closed.length, changes: released.length, entities: entities.size };
  await audit(on, { at, who: by, deed: 'retry', detail: { of: entity, ...retried } });
  return retried;
}

/**
 * The bases of undone fields say that both sides agreed to differ. Now the side that was written is taken for the one that stayed put,
 * so that the other one's value is news again and the field's own policy decides.
 */
async function wantAgain(on: Session, closed: readonly Closed[]): Promise<void> {
  const undone = closed.flatMap(({ code, entity, detail }) =>
    code !== 'WRITE_UNDONE'
      ? []
      : Object.values(undoneBasesIn({ detail })).map((field) => ({ entity, field, system: detail['system'] })),
  );
  if (undone.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.base b set
        hubspot = case u.system when 'salesforce' then b.salesforce else b.hubspot end,
        salesforce = case u.system when 'hubspot' then b.hubspot else b.salesforce end
      from json_to_recordset(${toJson(undone)}::json) as u (entity text, field text, system text)
      where b.entity = u.entity and b.field = u.field`,
  );
}
