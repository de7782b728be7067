import type { ObjectName } from '../../domain/people/record.ts';
import type { Gateway } from './gateway.ts';
import { to18 } from './ids.ts';
import { rowsEvenDeleted } from './read.ts';
import { idOf, type Row } from './sightings.ts';
import { CROSS_REFERENCE, type Verdict } from './verdict.ts';

/** Only people are merged; a Task has no master. */
const MERGEABLE: ReadonlySet<ObjectName> = new Set(['Lead', 'Contact']);

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
  const byId = new Map(rows?.map((row) => [idOf(row), row]));
  return verdicts.map((verdict, i) => {
    const id = slips[i]?.id;
    return id === null || id === undefined || !isDoubtful(verdict)
      ? verdict
      : settle(verdict, rows !== undefined, byId.get(id));
  });
}

function isDoubtful(verdict: Verdict | undefined): boolean {
  return (
    verdict?.kind === 'vanished' ||
    (verdict?.kind === 'refused' && verdict.code === CROSS_REFERENCE && verdict.fields.length === 0)
  );
}

function settle(verdict: Verdict, asked: boolean, row: Row | undefined): Verdict {
  if (verdict.kind !== 'vanished' && verdict.kind !== 'refused') return verdict;
  const { message } = verdict;
  if (!asked) return verdict.kind === 'vanished' ? verdict : { kind: 'deferred', message };
  const lives = row !== undefined && row['IsDeleted'] !== true;
  if (lives) return verdict.kind === 'refused' ? verdict : { kind: 'deferred', message };
  const master = row?.['MasterRecordId'];
  return { kind: 'vanished', message, ...(typeof master === 'string' ? { mergedInto: to18(master) } : {}) };
}
