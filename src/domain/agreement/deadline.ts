import type { Agreement, DeadlineEnd, DeadlineRule } from './agreement.ts';

/** The word of `ends:` that stands for the owner of the record; every other one is the name of a team. */
export const OWNER = 'owner';

/** Each of the things that end this deadline; the first of them to come does. */
export function endsOf({ ends }: Pick<DeadlineRule, 'ends'>): readonly DeadlineEnd[] {
  return 'any' in ends ? ends.any : [ends];
}

/** The team that has received the person by the time this deadline begins; `null` where what begins it says nothing of a team. */
export function teamOf({ starts }: Pick<DeadlineRule, 'starts'>): string | null {
  if ('handedOff' in starts) return starts.handedOff;
  return 'deal' in starts || 'criteriaMet' in starts ? null : (starts.team ?? null);
}

/** Does marketing owe this, by handing over? Nobody in Salesforce has the person yet. */
export function isOwedBeforeHandOff({ starts }: Pick<DeadlineRule, 'starts'>): boolean {
  return 'criteriaMet' in starts;
}

/** The deadlines, each after the one whose end it begins with. */
export function inOrderOfStart<T extends Pick<DeadlineRule, 'name' | 'starts'>>(deadlines: readonly T[]): readonly T[] {
  const before = ({ starts }: T) => ('met' in starts ? deadlines.find(({ name }) => name === starts.met) : undefined);
  // An agreement in which they go round is refused; a count that ends all the same cannot hang.
  const depthOf = (rule: T, left = deadlines.length): number => {
    const first = before(rule);
    return first === undefined || left === 0 ? 0 : 1 + depthOf(first, left - 1);
  };
  return deadlines.toSorted((one, other) => depthOf(one) - depthOf(other));
}

/** Does any lapse under this agreement climb a ladder? */
export function escalates({ deadlines }: Pick<Agreement, 'deadlines'>): boolean {
  return deadlines.some(({ lapse }) => (lapse.escalate?.length ?? 0) > 0);
}

/** Does marketing owe anything under this agreement, so that a Task may have to be in HubSpot? */
export function owesMarketing({ deadlines }: Pick<Agreement, 'deadlines'>): boolean {
  return deadlines.some(({ department }) => department === 'marketing');
}
