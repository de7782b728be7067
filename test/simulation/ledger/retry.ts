import type { FindingCode } from '../../../src/domain/people/person.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import type { Retried } from '../../../src/ports/undo.ts';
import { markDirty } from './dirtiness.ts';
import { closeFindings } from './findings.ts';
import { distinct } from './order.ts';
import type { FindingState } from './rows.ts';
import { releaseHeld } from './set-aside.ts';
import { audit } from './settings.ts';
import type { State } from './state.ts';

/** Findings that hold a write back until something changes; a person's word is something. */
const HOLDING: readonly FindingCode[] = ['WRITE_REFUSED', 'WRITE_PARKED', 'WRITE_UNDONE', 'FIELD_FROZEN'];

/** See `UndoLedger.retry`. */
export function retry(state: State, entity: string | null, by: string, at: Instant): Retried {
  const closed = HOLDING.flatMap((code) => state.findings.by('code', code)).filter(
    (finding) => entity === null || finding.entity === entity,
  );
  closeFindings(state, closed, at);
  for (const finding of closed) if (finding.code === 'WRITE_UNDONE') wantAgain(state, finding);
  const released = releaseHeld(state, entity);
  const entities = distinct([...closed.flatMap((finding) => finding.entity ?? []), ...released]);
  markDirty(state, entities);
  const retried = { findings: closed.length, changes: released.length, entities: entities.length };
  audit(state, { at, who: by, deed: 'retry', detail: { of: entity, ...retried } });
  return retried;
}

/** The side that was written is taken for the one that stayed put, so that the other one's value is news again. */
function wantAgain(state: State, { entity, detail }: FindingState): void {
  const fields = Object.values(JSON.parse(String(detail['bases'] ?? '{}')) as Record<string, string>);
  for (const field of fields) {
    const base = state.bases.get(`${entity} ${field}`);
    if (base === undefined) continue;
    if (detail['system'] === 'salesforce') state.bases.put({ ...base, hubspot: base.salesforce });
    if (detail['system'] === 'hubspot') state.bases.put({ ...base, salesforce: base.hubspot });
  }
}
