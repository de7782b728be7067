import { SYSTEMS, type System } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { ConfigInvalid } from '../../../src/errors/errors.ts';
import type { AuditEntry } from '../../../src/ledger/settings.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { changesIn, isPaused, parkApproved } from './changes.ts';
import { byColumns } from './order.ts';
import type { State } from './state.ts';

type Pause = NonNullable<Awaited<ReturnType<Ledger['paused']>>>;

/** See `Ledger.bind`. */
export function bind(state: State, accounts: Readonly<Partial<Record<System, string>>>): void {
  const faults = SYSTEMS.flatMap((system) => {
    const account = accounts[system];
    if (account === undefined) return [];
    const bound = setOnce(state, `account-${system}`, account);
    if (bound === account) return [];
    return [{ at: 'ledger', message: `it is bound to the ${system} account ${bound}, not ${account}.` }];
  });
  if (faults.length > 0) throw new ConfigInvalid(faults);
}

export function goLive(state: State): Instant | null {
  return (read(state, 'go-live') as Instant | undefined) ?? null;
}

export function setGoLive(state: State, at: Instant): Instant {
  return setOnce(state, 'go-live', at);
}

export function paused(state: State): Pause | null {
  return (read(state, 'paused') as Pause | undefined) ?? null;
}

/** Whatever was approved waits, so that `resume` can show it first. */
export function pause(state: State, by: string, why: string, at: Instant): void {
  const { since } = setOnce<Pause>(state, 'paused', { since: at, by, why });
  parkApproved(state);
  if (since === at) audit(state, { at, who: by, deed: 'pause', detail: { why } });
}

export function resume(state: State, by: string, at: Instant): void {
  if (!isPaused(state)) return;
  state.settings.drop('paused');
  const parked = changesIn(state, 'parked').filter((row) => row.rests_until === null);
  for (const row of parked) state.changes.put({ ...row, state: 'approved' });
  audit(state, { at, who: by, deed: 'resume', detail: { approved: parked.length } });
}

export function audit(state: State, { at, who, deed, detail }: AuditEntry): void {
  state.audits.put({ number: state.next(), at, who, deed, detail });
}

/** See `Ledger.rememberConfig`. Going back to an old version puts it in force again; the one in force stays without a trace. */
export function rememberConfig(
  state: State,
  { kind, hash, label, text }: Parameters<Ledger['rememberConfig']>[0],
): void {
  if (configInForce(state, kind)?.hash === hash) return;
  const known = state.versions.get(`${kind} ${hash}`);
  state.versions.put({ kind, hash, label, text: known?.text ?? text, order: state.next() });
}

export function configInForce(
  state: State,
  kind: 'agreement' | 'config',
): Awaited<ReturnType<Ledger['configInForce']>> {
  const [last] = state.versions.by('kind', kind).toSorted(byColumns(({ order }) => -order));
  return last === undefined ? null : { hash: last.hash, label: last.label, text: last.text };
}

function read(state: State, name: string): unknown {
  return state.settings.get(name)?.value;
}

/** The first value wins; returns the one that stands. */
function setOnce<T>(state: State, name: string, value: T): T {
  const stands = read(state, name);
  if (stands !== undefined) return stands as T;
  state.settings.put({ name, value });
  return value;
}
