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
  for (const row of state.calls.by('system', system).filter((each) => each.since < at - KEPT_MS))
    state.calls.drop(`${system} ${row.since} ${row.purpose} ${row.kind}`);
}

/** See `Ledger.spending`. */
export function spending(state: State, system: System, since: Instant): Spending {
  const recent = state.calls.by('system', system).filter((row) => row.since >= since);
  const together = Map.groupBy(recent, (row) => `${row.since} ${row.purpose}`);
  const booked = [...together.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            from: first.since,
            purpose: first.purpose,
            calls: others.reduce((sum, { calls }) => sum + calls, first.calls),
          },
        ],
  );
  const told = state.callLimits.get(system);
  const kinds = [...Map.groupBy(recent, ({ kind }) => kind)]
    .map(([kind, rows]) => [kind, rows.reduce((sum, { calls }) => sum + calls, 0)] as const)
    .toSorted(byColumns(([kind]) => kind));
  return {
    kinds: Object.fromEntries(kinds),
    booked: booked.toSorted(
      byColumns(
        ({ from }) => from,
        ({ purpose }) => purpose,
      ),
    ),
    told: told === undefined ? null : { limit: told.calls_limit, used: told.used, at: told.told_at },
  };
}

/** See `Ledger.toSend`. */
export function toSend(state: State, system: System): Readonly<Record<Urgency, number>> {
  const approved = state.changes.by('state', `${system} approved`);
  const of = (urgency: Urgency) => approved.filter((row) => URGENCIES[row.urgency] === urgency).length;
  return { hot: of('hot'), ordinary: of('ordinary'), 'back-fill': of('back-fill') };
}
