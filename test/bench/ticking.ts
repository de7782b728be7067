import { ledgerIn } from '../../src/ledger/open.ts';
import { openPglite } from '../../src/ledger/open-pglite.ts';
import { openClocks } from '../support/open-clocks.ts';
import { NOW } from '../support/people.ts';

const TICKS = 20;

export type TickingReport = {
  readonly clocks: number;
  readonly woken: number;
  /** Of the first tick, which wakes those whose time has come, and of a middling one after it. */
  readonly firstMs: number;
  readonly tickMs: number;
};

/** Ticks over so many open clocks on the embedded ledger, where nobody is planned in between. Making them is not counted. */
export async function benchTicking(clocks: number): Promise<TickingReport> {
  const database = await openPglite({ folder: null });
  const { ledger, engine } = await ledgerIn(database);
  const pool = await engine.openPool('public');
  await openClocks((statement) => pool.query(statement), clocks, NOW);
  const tick = async () => {
    const before = performance.now();
    const woken = await ledger.wakeClocks(NOW);
    return { woken, ms: performance.now() - before };
  };
  const first = await tick();
  const later: number[] = [];
  for (let nth = 0; nth < TICKS; nth += 1) later.push((await tick()).ms);
  await pool.end();
  await ledger.close();
  const middling = later.toSorted((one, other) => one - other)[TICKS / 2] ?? 0;
  return { clocks, woken: first.woken, firstMs: rounded(first.ms), tickMs: rounded(middling) };
}

/** The report as one line. */
export function tickingText({ clocks, woken, firstMs, tickMs }: TickingReport): string {
  return `a tick over ${clocks} open clocks woke ${woken} people: ${firstMs} ms at first, ${tickMs} ms then\n`;
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
