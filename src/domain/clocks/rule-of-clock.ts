import type { Agreement, DeadlineRule } from '../agreement/agreement.ts';
import type { Clock } from '../people/person.ts';
import type { Policy } from '../policy.ts';

type Agreements = Pick<Policy, 'agreement' | 'earlier'>;

/** How many deadlines are running, or have lapsed and are still owed, of one kind and begun under one version. */
export type OpenDeadlines = { readonly kind: string; readonly version: string; readonly count: number };

/** The agreement in force, and those before it whose promises may still be running. */
export function agreementsKnown({ agreement, earlier = [] }: Agreements): readonly Agreement[] {
  return [agreement, ...earlier];
}

/**
 * The agreement that a clock began under, which it keeps to its end: a promise that is running is not changed by a new version. One whose
 * text is known no more goes by the agreement in force.
 */
export function agreementOfClock(
  { agreementVersion }: Pick<Clock, 'agreementVersion'>,
  { agreement, earlier = [] }: Agreements,
): Agreement {
  if (agreementVersion === agreement.version) return agreement;
  return earlier.find(({ version }) => version === agreementVersion) ?? agreement;
}

/** The deadline of this clock, as the agreement had it that it began under; `undefined` where none that is known has it. */
export function ruleOfClock(
  clock: Pick<Clock, 'kind' | 'agreementVersion'>,
  agreements: Agreements,
): DeadlineRule | undefined {
  return agreementOfClock(clock, agreements).deadlines.find(({ name }) => name === clock.kind);
}
