import { type RecordRef, recordName, type System } from '../../../src/domain/people/record.ts';
import type { Value } from '../../../src/domain/values/value.ts';
import { nameIn } from './rows.ts';
import type { State } from './state.ts';

/** See `Ledger.lastSeen`. */
export function lastSeen(
  state: State,
  { system, object }: Pick<RecordRef, 'system' | 'object'>,
  ids: readonly string[],
  field: string,
): ReadonlyMap<string, Value> {
  const known = [...new Set(ids)].flatMap((id) => state.sightings.get(recordName({ system, object, id })) ?? []);
  return new Map(known.map(({ record_id: id, values }) => [id, values[field] ?? null]));
}

/** See `Ledger.owning`. */
export function owning(state: State, system: System, owners: readonly string[]): ReadonlySet<string> {
  const field = { hubspot: 'hubspot_owner_id', salesforce: 'OwnerId' }[system];
  const held = state.sightings.all().flatMap((row) => {
    const owner = row.values[field];
    const isTheirs = row.system === system && !row.deleted && state.links.get(nameIn(row))?.role === 'current';
    return isTheirs && typeof owner === 'string' && owners.includes(owner) ? [owner] : [];
  });
  return new Set(held);
}
