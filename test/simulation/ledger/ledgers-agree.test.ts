import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { pairOf } from '../../../src/reconcile/context.ts';
import {
  base,
  contact,
  create,
  LEASE,
  lead,
  MINUTE,
  meet,
  NOON,
  OPEN_GATE,
  planEach,
  update,
  writeAll,
} from '../../support/ledger-cast.ts';
import { embeddedLedger, type TestLedger } from '../../support/ledgers.ts';
import { dump } from './dump.ts';
import { openMemoryLedger } from './memory-ledger.ts';
import { playerOf } from './random-history.ts';

/** Histories grow by a call at a time; few are enough here, since the simulation's second tier plays its own on both. */
const SEEDS = [1, 2, 15, 1000];
const CALLS = 40;

describe('the ledger in memory and the one on a database', () => {
  let book: TestLedger;
  let ledger: Ledger;
  beforeEach(async () => {
    book = await embeddedLedger();
    ledger = openMemoryLedger();
  });
  afterEach(() => book.close());

  it('hold the same after people were met, written to, read back, merged and deleted', async () => {
    for (const one of [book.ledger, ledger]) await live(one);
    const held = dump(ledger);
    expect(held).toEqual(await book.tables());
    expect(new Set(held.link.map(({ role }) => role))).toEqual(new Set(['current', 'former', 'merged']));
    expect(held.change.map(({ state }) => state)).toEqual(['confirmed', 'superseded']);
  });

  it.each(SEEDS)('answer alike and hold the same after every call of history %d', async (seed) => {
    const [inSql, inMemory] = [playerOf(book.ledger, seed), playerOf(ledger, seed)];
    for (let nth = 0; nth < CALLS; nth++) {
      const answer = await inSql.step(nth);
      expect(await inMemory.step(nth), `what call ${nth} answers`).toEqual(answer);
      expect(dump(ledger), `what is held after call ${nth}`).toEqual(await book.tables());
    }
  });
});

/** A pull, a plan, a claim, an outcome, a read-back, a merge, a deletion. */
async function live(ledger: Ledger): Promise<void> {
  const taro = contact('1', { email: 'taro@acme.co.jp', jobtitle: '課長' });
  const hanako = contact('2', { email: 'hanako@acme.co.jp' });
  const suzuki = lead('3', { Email: 'hanako@acme.co.jp' });
  await meet(ledger, taro, hanako, suzuki);
  const bases = [base('jobtitle', '部長', '部長')];
  const writes = [
    update('c1', taro, { jobtitle: '部長' }, { basesAfter: bases, readBack: true }),
    create('c2', 'Lead', { LastName: '山田' }, { after: ['c1'] }),
  ];
  await planEach(ledger, ({ id }) => (id === 'hubspot-1' ? { changes: writes } : {}));
  await writeAll(ledger, 'hubspot');
  await ledger.recordConfirmations([{ change: 'c1', verdict: 'confirmed' }], NOON + MINUTE);
  const [made] = await ledger.claim('salesforce', 1, NOON + MINUTE, LEASE);
  await ledger.recordOutcomes([{ kind: 'vanished', change: made?.id ?? '', message: 'gone' }], NOON + 2 * MINUTE);
  const later = { seenAt: NOON + 3 * MINUTE };
  await meet(ledger, { ...hanako, deleted: true, mergedInto: '1', ...later });
  for (let round = 0; round < 3; round++)
    await planEach(
      ledger,
      (facts) => {
        const { ended, becomes } = pairOf(facts);
        return { endLinks: ended, becomes };
      },
      NOON + 4 * MINUTE,
    );
  await meet(ledger, lead('4', { Email: 'taro@acme.co.jp' }), { ...suzuki, deleted: true, seenAt: NOON + 5 * MINUTE });
  await planEach(ledger, (facts) => ({ endLinks: pairOf(facts).ended }), NOON + 6 * MINUTE);
  await ledger.releasePlanned(OPEN_GATE, NOON + 6 * MINUTE);
}
