import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/domain/people/person.ts';
import { hiddenStreams, judgeAnew, noteAccess } from '../../../src/steps/hidden-streams.ts';
import type { Works } from '../../../src/steps/works.ts';
import { ACTIONS } from '../../support/actions.ts';
import { agreedOtherwise, aPolicy, NOW } from '../../support/people.ts';

const FORMS = 'hubspot:form-submissions';
const hides = (subject: string): Finding => ({ code: 'OBJECT_NOT_VISIBLE', subject, detail: {} });
const UNKNOWN: Finding = { code: 'CRITERIA_UNKNOWN', subject: 'agreement:2026-10:MQL action.download', detail: {} };
const COUNTING = agreedOtherwise({ actions: ACTIONS });

/** A ledger with these findings, in which these signals have been read; it tells what it was asked to do. */
function world(
  findings: readonly Finding[],
  covered: readonly string[] = ['form-submissions', 'event-participations'],
) {
  const done: string[] = [];
  const ledger = {
    findings: async () => findings,
    cursors: async () => new Map(covered.map((signal) => [signal, { state: {}, covers: NOW }])),
    openFinding: async ({ code, subject }: Finding) => void done.push(`open ${code} ${subject}`),
    closeFinding: async (code: string, subject: string) => void done.push(`close ${code} ${subject}`),
    wakeEveryone: async () => void done.push('wake everyone'),
  };
  const works = (policy = COUNTING) =>
    ({ ledger, clock: { now: () => NOW }, policy: () => policy }) as unknown as Works;
  return { done, works };
}

describe('streams of actions', () => {
  test('that our access cannot read are hidden, as far as the agreement reads them', async () => {
    const { works } = world([hides(FORMS), hides('hubspot:event-participations'), hides('salesforce:EmailMessage')]);
    expect([...(await hiddenStreams(works().ledger, COUNTING))]).toEqual([FORMS]);
  });

  test('that were never read to the end are hidden too', async () => {
    expect([...(await hiddenStreams(world([], []).works().ledger, COUNTING))]).toEqual([FORMS]);
    expect([...(await hiddenStreams(world([]).works().ledger, COUNTING))]).toEqual([]);
  });

  test('are nobody’s concern where the agreement counts nothing', async () => {
    const { works } = world([hides(FORMS)], []);
    expect((await hiddenStreams(works().ledger, aPolicy())).size).toBe(0);
  });
});

describe('what our token may see', () => {
  test('is told where it hides what the agreement counts', async () => {
    const { done, works } = world([]);
    await noteAccess('form-submissions', true, works());
    await noteAccess('event-participations', true, works());
    await noteAccess('form-submissions', true, works(aPolicy()));
    expect(done).toEqual([`open OBJECT_NOT_VISIBLE ${FORMS}`]);
  });

  test('is taken back when it is granted, and everybody is judged anew', async () => {
    const { done, works } = world([hides(FORMS), UNKNOWN]);
    await noteAccess('form-submissions', false, works());
    expect(done).toEqual([
      `close OBJECT_NOT_VISIBLE ${FORMS}`,
      `close CRITERIA_UNKNOWN ${UNKNOWN.subject}`,
      'wake everyone',
    ]);
  });

  test('is taken back without a word where the agreement counts it no longer', async () => {
    const { done, works } = world([hides('hubspot:event-participations'), UNKNOWN]);
    await noteAccess('event-participations', true, works());
    expect(done).toEqual(['close OBJECT_NOT_VISIBLE hubspot:event-participations']);
  });

  test('changes nothing while all is well, nor for what nobody counts', async () => {
    const { done, works } = world([UNKNOWN]);
    await noteAccess('form-submissions', false, works());
    await judgeAnew(['salesforce:CampaignMember'], works());
    expect(done).toEqual([]);
  });
});
