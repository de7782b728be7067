import { openLedger } from '../../src/ledger/open.ts';
import { contact, MINUTE, matchAll, NOON, OPEN_GATE, planFor, update } from './ledger-cast.ts';

/**
 * A worker on an embedded ledger, to be killed while it works: it plans and claims without end, and prints the ids of what it has
 * been told is stored. `hold` only opens the ledger and waits.
 */
const [folder, how] = process.argv.slice(2);
const { ledger } = await openLedger({ folder });
console.log('open');
if (how === 'work') {
  const people = Array.from({ length: 40 }, (_, nth) => contact(`${nth}`, { email: `p${nth}@example.co.jp` }));
  await ledger.noteSightings(people, []);
  await matchAll(ledger);
  for (let round = 0; ; round++) await work(round);
} else {
  setInterval(() => undefined, MINUTE);
}

async function work(round: number): Promise<void> {
  await ledger.wakeEveryone();
  const planned = await ledger.plan('run-1', 40, NOON, ({ entities, rotation }) => ({
    plans: entities.map((facts) => {
      const record = facts.sightings[0];
      const id = `${facts.id}@${facts.version}`;
      return planFor(facts, {
        changes: record === undefined ? [] : [update(id, record, { round }, { entity: facts.id })],
      });
    }),
    rotation,
  }));
  await ledger.releasePlanned(OPEN_GATE, NOON);
  for (const { changes } of planned?.plans ?? []) for (const { id } of changes) console.log(`planned ${id}`);
  const claimed = await ledger.claim('hubspot', 15, NOON, MINUTE);
  for (const { id } of claimed) console.log(`claimed ${id}`);
  console.log(`round ${round}`);
}
