import { SYSTEMS } from '../domain/people/record.ts';
import type { Lane } from '../ports/bell.ts';

/**
 * The name of a lane's queue. One queue per kind of work and CRM, so that a CRM that asks us to wait holds up nothing else.
 * Names are ASCII: boards find workers by a connection name that loses everything else.
 */
export function laneName(lane: Lane): string {
  const [kind] = lane.job.split('-');
  return 'system' in lane ? `${kind}-${lane.system}` : `${kind}`;
}

/** Every lane there is: the queue opens one queue and one worker for each. */
export const LANES: readonly Lane[] = [
  ...SYSTEMS.map((system) => ({ job: 'pull-changes', system }) as const),
  { job: 'plan-batch' },
  ...SYSTEMS.map((system) => ({ job: 'write-batch', system }) as const),
  ...SYSTEMS.map((system) => ({ job: 'confirm-batch', system }) as const),
  { job: 'sweep-stragglers' },
];

/** The lanes that talk to a CRM, by its name as errors have it. */
export function lanesOf(system: string): readonly Lane[] {
  return LANES.filter((lane) => 'system' in lane && lane.system === system);
}
