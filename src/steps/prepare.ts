import { OBJECTS, type System } from '../domain/people/record.ts';
import type { Works } from './works.ts';

/** The directory and the schema are read anew this often; a rep who leaves is noticed within the hour. */
const FRESH_MS = 60 * 60 * 1000;
const prepared = new WeakMap<Works['ledger'], Map<System, number>>();

/**
 * Reads who works there and what fields there are, when that is older than an hour, and binds the ledger to this account: a ledger
 * that met another portal or org refuses, before anything is written to the wrong company's records.
 */
export async function prepare(system: System, works: Works): Promise<void> {
  const { ledger, crm, clock } = works;
  const now = clock.now();
  const times = prepared.get(ledger) ?? new Map<System, number>();
  prepared.set(ledger, times);
  if (now - (times.get(system) ?? Number.NEGATIVE_INFINITY) < FRESH_MS) return;
  const { account } = await crm[system].identity();
  await ledger.bind({ [system]: account });
  await ledger.noteDirectory(system, await crm[system].directory(), now);
  for (const object of OBJECTS[system]) await ledger.noteSchema(await crm[system].describe(object), now);
  times.set(system, now);
}
