import type { Lane } from '../../../src/ports/bell.ts';

/** All lanes there are. */
export const LANES: readonly Lane[] = [
  { job: 'pull-changes', system: 'hubspot' },
  { job: 'pull-changes', system: 'salesforce' },
  { job: 'plan-batch' },
  { job: 'write-batch', system: 'hubspot' },
  { job: 'write-batch', system: 'salesforce' },
  { job: 'confirm-batch', system: 'hubspot' },
  { job: 'confirm-batch', system: 'salesforce' },
  { job: 'sweep-stragglers' },
];

export function laneText(lane: Lane): string {
  return 'system' in lane ? `${lane.job} ${lane.system}` : lane.job;
}
