import type { Instant } from '../../../src/domain/values/value.ts';
import type { RunCounts } from '../../../src/ports/ledger.ts';
import type { State } from './state.ts';

export function startRun(state: State, id: string, kind: string, at: Instant): void {
  if (state.runs.get(id) !== undefined) return;
  state.runs.put({ id, kind, started_at: at, finished_at: null, counts: null });
}

export function notePulled(state: State, id: string, records: number): void {
  const run = state.runs.get(id);
  if (run === undefined) return;
  state.runs.put({ ...run, counts: { ...run.counts, pulled: (run.counts?.pulled ?? 0) + records } });
}

export function finishRun(state: State, id: string, counts: RunCounts, at: Instant): void {
  const run = state.runs.get(id);
  if (run !== undefined) state.runs.put({ ...run, counts, finished_at: at });
}

/** What became of a run's changes by now; `pulled` is what its pulls reported. */
export function runCounts(state: State, id: string): RunCounts {
  const changes = state.changes.by('run', id);
  const count = (is: (change: (typeof changes)[number]) => boolean) => changes.filter(is).length;
  return {
    pulled: state.runs.get(id)?.counts?.pulled ?? 0,
    planned: changes.length,
    acknowledged: count((change) => change.acknowledged_at !== null),
    written: count((change) => change.acknowledged_at !== null || change.confirmed_at !== null),
    confirmed: count((change) => change.confirmed_at !== null),
    refused: count((change) => change.state === 'refused'),
  };
}
