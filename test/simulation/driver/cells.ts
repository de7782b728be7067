import { STAGES } from '../../../src/domain/agreement/agreement.ts';
import { DEAL_STAGES, OPPORTUNITY_STAGES } from '../../support/deeds/sale-deeds.ts';

/** Where a fault can be met: in the body of a job, or outside of all, where a process starts, rehearses, or ends what a lane had begun. */
export const STEPS = ['no step', 'pull-changes', 'plan-batch', 'write-batch', 'confirm-batch', 'sweep-stragglers'];

const OF_CALLS = [
  'allowance spent',
  'silent',
  'failed-before-commit',
  'quota-exhausted',
  'rate-limited',
  'rate-limited until then',
];
const OF_WRITES = ['failed-after-commit', 'timed-out-after-commit', 'partial', 'row-locked'];
const ANYWHERE = ['killed', 'edit in the window', 'late commit', 'transaction open', 'clock ahead', 'clock behind'];
const RINGS = ['ring lost', 'ring doubled'];
const REPLICAS = STEPS.slice(1).map((job) => `replica at ${job}`);

/** Every fault there is; search that lags and stamps that are alike need no row, for they are always there. */
export const FAULTS: readonly string[] = [...OF_CALLS, ...OF_WRITES, ...ANYWHERE, ...RINGS, ...REPLICAS];

/** Why this fault can never be met in this step; `null`: it can. What was met in spite of that had been begun by another lane. */
export function whyNever(fault: string, step: string): string | null {
  if (RINGS.includes(fault)) {
    if (step === 'no step') return 'a ring is a ring for a job';
    return step === 'sweep-stragglers' ? 'its schedule rings it, and a pass itself, by no bell that could fail' : null;
  }
  const isCall = OF_CALLS.includes(fault) || OF_WRITES.includes(fault);
  if (isCall && step === 'sweep-stragglers') return 'the sweep asks the ledger alone';
  if (fault === 'partial' && step === 'pull-changes') return null; // several queries in one call
  if (OF_WRITES.includes(fault) && step !== 'write-batch')
    return 'nothing is written there, and only a write is half done';
  if (fault === `replica at ${step}` && ['plan-batch', 'sweep-stragglers'].includes(step))
    return 'one lane is never answered by two at once';
  return null;
}

const PERSON = ['none yet', ...STAGES];
const KINDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/companies|company|Account|^role$|Role|^user|^owner|^refused|else$|^our Task |^call deleted|merged/u, []],
  [/\bdeals?\b/u, DEAL_STAGES],
  [/Opportunity/u, OPPORTUNITY_STAGES],
  [/./u, PERSON],
];

/** The stages that whom this event is about can stand at; none where it is about nobody who has one, or about several. */
export function stagesFor(event: string): readonly string[] {
  return KINDS.find(([shape]) => shape.test(event))?.[1] ?? [];
}

/** Why this event is never met at this stage; `null`: it is. */
export function whyNeverAt(event: string, stage: string): string | null {
  if (/^new (?:contact|Lead)/u.test(event) && stage !== 'none yet') return 'whoever is new stands nowhere yet';
  if (/tasuki_stage.*typed/iu.test(event)) return stage === 'customer' ? null : 'it is "customer" that is typed';
  if (/just in time/u.test(event) && !['MQL', 'SQL', 'opportunity'].includes(stage))
    return 'nothing is owed to whom nobody handed over';
  return null;
}
