import type { ObjectName } from '../../domain/people/record.ts';
import type { Gateway } from './gateway.ts';
import { to18 } from './ids.ts';
import { rowsEvenDeleted } from './read.ts';
import { idOf, type Row } from './row.ts';
import { CROSS_REFERENCE, type Verdict } from './verdict.ts';

/** Only these are merged; a Task or an Opportunity has no master. */
const MERGEABLE: ReadonlySet<ObjectName> = new Set<ObjectName>(['Account', 'Contact', 'Lead']);

/**
 * Finds out what "not there" meant, with one query for all.
 *
 * `INVALID_CROSS_REFERENCE_KEY` is said of a record that is gone and of an owner that is gone, and `ENTITY_IS_DELETED` does not
 * say that the record lives on under another id. The recycle bin knows, for fifteen days.
 */
export async function settleVanished(
  gateway: Gateway,
  object: ObjectName,
  slips: readonly { readonly id: string | null }[],
  verdicts: readonly Verdict[],
): Promise<readonly Verdict[]> {
  const doubtful = slips.flatMap(({ id }, i) => (id !== null && isDoubtful(verdicts[i]) ? [id] : []));
  if (doubtful.length === 0) return verdicts;
  const columns = ['Id', 'IsDeleted', ...(MERGEABLE.has(object) ? ['MasterRecordId'] : [])];
  const rows = await rowsEvenDeleted(gateway, { object, columns }, doubtful).catch(() => undefined);
  if (rows === undefined) return verdicts.map(withoutEvidence);
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return verdicts.map((verdict, i) => settle(verdict, byId.get(slips[i]?.id ?? '')));
}

function isDoubtful(verdict: Verdict | undefined): verdict is Verdict & { kind: 'vanished' | 'refused' } {
  if (verdict?.kind === 'refused') return verdict.code === CROSS_REFERENCE && verdict.fields.length === 0;
  return verdict?.kind === 'vanished';
}

/** Nobody answered: what Salesforce said outright stands, what it left open is tried again. */
function withoutEvidence(verdict: Verdict): Verdict {
  return isDoubtful(verdict) && verdict.kind === 'refused' ? { kind: 'deferred', message: verdict.message } : verdict;
}

function settle(verdict: Verdict, row: Row | undefined): Verdict {
  if (!isDoubtful(verdict)) return verdict;
  const { message } = verdict;
  const lives = row !== undefined && row['IsDeleted'] !== true;
  if (lives) return verdict.kind === 'refused' ? verdict : { kind: 'deferred', message };
  const master = row?.['MasterRecordId'];
  return { kind: 'vanished', message, ...(typeof master === 'string' ? { mergedInto: to18(master) } : {}) };
}
