import { type Deed, type Hands, liveRows, times } from '../../support/deeds/hands.ts';

/** The reasons of the agreement in which sales is asked (`edited-mappings.ts`), by what they are for. */
export const REASONS_OF_SALES = {
  rejected: { 'bad-fit': '対象外', 'not-ready': '時期尚早' },
  recycled: { timing: '時期が先', 'no-budget': '予算なし' },
  disqualified: { competitor: '競合' },
} as const;

/** What sales says of a person on the record in front of it, and thinks better of; whether or not anybody asks. */
export function answerDeeds({ world, random, said }: Hands): readonly Deed[] {
  const { org } = world;

  function say(what: string, fields: Readonly<Record<string, string | null>>): void {
    const object = random().chance(0.8) ? 'Lead' : 'Contact';
    const rows = liveRows(world, object);
    if (rows.length === 0) return;
    const id = String(random().pick(rows)['Id']);
    org.touch(object, id, fields, { by: org.administratorId });
    said(`${object} ${id} ${what}`);
  }
  const reasonOf = (of: keyof typeof REASONS_OF_SALES) => random().pick(Object.keys(REASONS_OF_SALES[of]));

  const accept = () => say('answered: accepted', { Tasuki_Answer__c: 'accepted' });
  const reject = () =>
    say('answered: rejected', { Tasuki_Answer__c: 'rejected', Tasuki_Reject_Reason__c: reasonOf('rejected') });
  const rejectWithoutReason = () => say('answered: rejected without a reason', { Tasuki_Answer__c: 'rejected' });
  const recycle = () => say('answered: recycled', { Tasuki_Recycle_Reason__c: reasonOf('recycled') });
  const disqualify = () => say('answered: disqualified', { Tasuki_Disqualify_Reason__c: reasonOf('disqualified') });
  const thinkAgain = () =>
    say('answered: nothing any more', {
      Tasuki_Answer__c: null,
      Tasuki_Reject_Reason__c: null,
      Tasuki_Recycle_Reason__c: null,
      Tasuki_Disqualify_Reason__c: null,
    });
  return [...times(2, accept), reject, rejectWithoutReason, recycle, disqualify, thinkAgain];
}
