import type { System } from '../domain/people/record.ts';
import type { Works } from './works.ts';

/**
 * Books the calls made since the last booking, by what they were made for, and what the system has said of its day meanwhile. Says
 * whether there was anything to book.
 */
export async function bookCalls(
  system: System,
  { crm, ledger, clock }: Pick<Works, 'crm' | 'ledger' | 'clock'>,
): Promise<boolean> {
  const bill = crm[system].takeBill();
  if (bill.calls.length === 0 && bill.told === null) return false;
  await ledger.spend(system, bill, clock.now());
  return true;
}
