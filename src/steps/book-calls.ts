import type { System } from '../domain/people/record.ts';
import type { CallCounts, Crm } from '../ports/crm.ts';
import type { Works } from './works.ts';

const booked = new WeakMap<Crm, CallCounts>();

/** Books the calls made since the last booking on the day's account of that system, by kind. */
export async function bookCalls(system: System, { crm, ledger, clock }: Works): Promise<void> {
  const calls = { ...crm[system].calls() };
  const before = booked.get(crm[system]) ?? {};
  booked.set(crm[system], calls);
  const made = Object.entries(calls).map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const);
  const spent = Object.fromEntries(made.filter(([, count]) => count > 0));
  if (Object.keys(spent).length > 0) await ledger.spend(system, spent, clock.now());
}
