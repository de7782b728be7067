import type { Stage } from '../domain/agreement/agreement.ts';
import type { Change, FieldChange } from '../domain/people/change.ts';
import type { System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';

/** The property in which HubSpot shows a stage of its own. */
export const LIFECYCLE = 'lifecyclestage';

/** HubSpot's own stages in their order; portals may add numeric ones, which are nobody's to move. */
export const LIFECYCLE_ORDER = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
  'other',
] as const;

const MEANS: Readonly<Record<string, Stage>> = {
  subscriber: 'subscriber',
  lead: 'lead',
  marketingqualifiedlead: 'MQL',
  salesqualifiedlead: 'SQL',
  opportunity: 'opportunity',
  customer: 'customer',
  evangelist: 'customer',
};

/** The stage that a lifecycle stage stands for; `null` for none, `other` and the portal's own. */
export function stageMeantBy(lifecycle: Value | undefined): Stage | null {
  return typeof lifecycle === 'string' ? (MEANS[lifecycle] ?? null) : null;
}

/** How far along a lifecycle stage is, from 0; −1 for none and for the portal's own. */
export function lifecycleRank(lifecycle: Value | undefined): number {
  return LIFECYCLE_ORDER.findIndex((name) => name === lifecycle);
}

/**
 * The steps in which these fields of a record are written: one, unless HubSpot's lifecycle stage goes back.
 *
 * HubSpot takes no earlier stage while one stands there, so it is emptied first. The second step sets it and nothing else: whatever
 * may be refused among the other fields is refused while the old stage still stands. A crash between the two resumes with the second.
 */
export function inSteps(fields: readonly FieldChange[], system: System): Change['steps'] {
  const back = fields.find((change) => system === 'hubspot' && change.field === LIFECYCLE && movesBack(change));
  if (back === undefined) return [fields];
  const emptied = { ...back, after: null };
  return [fields.map((field) => (field === back ? emptied : field)), [{ ...back, before: null }]];
}

/** The same steps as the writes they come to: of each field what stood there first, and what will in the end. */
export function netWrites(steps: Change['steps']): readonly FieldChange[] {
  const net = new Map<string, FieldChange>();
  for (const change of steps.flat()) {
    const first = net.get(change.field);
    net.set(change.field, first === undefined ? change : { ...first, after: change.after, reason: change.reason });
  }
  return [...net.values()];
}

function movesBack({ before, after }: FieldChange): boolean {
  return after !== null && before !== undefined && lifecycleRank(after) < lifecycleRank(before);
}
