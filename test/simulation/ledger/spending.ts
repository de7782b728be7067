import { URGENCIES, type Urgency } from '../../../src/domain/budget/purposes.ts';
import { QUARTER_MS } from '../../../src/domain/budget/standing.ts';
import type { System } from '../../../src/domain/people/record.ts';
import { DAY_MS } from '../../../src/domain/values/instant.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import type { CallBill } from '../../../src/ports/crm.ts';
import type { Spending } from '../../../src/ports/ledger.ts';
import { byColumns } from './order.ts';
import type { State } from './state.ts';

/** What talking to the systems has cost, and what waits to be sent. */

const KEPT_MS = 35 * DAY_MS;

/** See `Ledger.spend`. */
export function spend(state: State, system: System, { calls, told }: CallBill, at: Instant): void {
  const known = state.callLimits.get(system);
  if (told !== null && (known === undefined || known.told_at <= at))
    state.callLimits.put({ system, calls_limit: told.limit, used: told.used, told_at: at });
  if (calls.length === 0) return;
  const since = Math.floor(at / QUARTER_MS) * QUARTER_MS;
  for (const { purpose, kind, calls: made } of calls) {
    const before = state.calls.get(`${system} ${since} ${purpose} ${kind}`)?.calls ?? 0;
    state.calls.put({ system, since, purpose, kind, calls: before + made });
  }
  for (const row of state.calls.by('system', system))
    if (row.since < at - KEPT_MS) state.calls.drop(`${system} ${row.since} ${row.purpose} ${row.kind}`);
}

/** See `Ledger.spending`. */
export function spending(state: State, system: System, since: Instant): Spending {
  const booked = new Map<string, Spending['booked'][number]>();
  const kinds = new Map<string, number>();
  for (const { since: from, purpose, kind, calls } of state.calls.by('system', system)) {
    if (from < since) continue;
    const quarter = `${from} ${purpose}`;
    booked.set(quarter, { from, purpose, calls: calls + (booked.get(quarter)?.calls ?? 0) });
    kinds.set(kind, calls + (kinds.get(kind) ?? 0));
  }
  const told = state.callLimits.get(system);
  return {
    kinds: Object.fromEntries([...kinds].toSorted(byColumns(([kind]) => kind))),
    booked: [...booked.values()].toSorted(inOrder),
    told: told === undefined ? null : { limit: told.calls_limit, used: told.used, at: told.told_at },
  };
}

const inOrder = byColumns<Spending['booked'][number]>(
  ({ from }) => from,
  ({ purpose }) => purpose,
);

/** See `Ledger.toSend`. */
export function toSend(state: State, system: System): Readonly<Record<Urgency, number>> {
  const approved = state.changes.by('state', `${system} approved`);
  const of = (urgency: Urgency) => approved.filter((row) => URGENCIES[row.urgency] === urgency).length;
  return { hot: of('hot'), ordinary: of('ordinary'), 'back-fill': of('back-fill') };
}
