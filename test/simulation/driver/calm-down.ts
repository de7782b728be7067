import type { World } from '../../support/deeds/hands.ts';
import type { Broken } from '../oracles/broken.ts';
import type { PassEnd, Worker } from './worker.ts';

const MINUTE = 60_000;
const MOST_CALM_PASSES = 8;

/** Passes until nothing is left to do; law R9 says that this comes to an end. */
export async function calmDown(
  pass: () => Promise<PassEnd>,
  clock: World['clock'],
  worker: Worker,
): Promise<readonly Broken[]> {
  for (let passes = 1; passes <= MOST_CALM_PASSES; passes++) {
    const end = await pass();
    if (end.kind !== 'done') return [{ oracle: 2, line: `in quiet weather a pass ends: ${textOf(end)}` }];
    const { dirty, unmatched, approved, unconfirmed } = await worker.works.ledger.waiting();
    const left = [dirty, unmatched, ...Object.values(approved), ...Object.values(unconfirmed)];
    if (end.result.planned === 0 && left.every((count) => count === 0)) return [];
    clock.advance(5 * MINUTE);
  }
  return [{ oracle: 2, line: `after ${MOST_CALM_PASSES} quiet passes there is still something to do` }];
}

/** How a pass ended, as a line of the trace. */
export function textOf(end: PassEnd): string {
  if (end.kind === 'killed' || end.kind === 'endless') return `${end.kind} ${end.at}`;
  if (end.kind === 'gave-up') return `gave up, ${end.why.slice(0, 120)}`;
  const { pulled, planned, written, confirmed, refused } = end.result;
  return `read ${pulled}, planned ${planned}, written ${written}, confirmed ${confirmed}, refused ${refused}`;
}
