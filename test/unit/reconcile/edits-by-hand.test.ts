import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../../src/domain/people/activity.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { ObserverClass } from '../../../src/domain/people/record.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { ANSWERED, UNSAID, UNTOLD } from '../../support/answers.ts';
import {
  AGREEMENT,
  aContact,
  agreedOtherwise,
  aLead,
  aPerson,
  CONTACT_ID,
  GO_LIVE,
  LEAD_ID,
  tokyo,
} from '../../support/people.ts';
import { edited, plan, quiet, settled, writes } from '../../support/settle.ts';

const BORN = { createdAt: GO_LIVE + 1 };
const START = tokyo('2026-11-19 10:00');
/** A Thursday; who set the stage back has until Friday at 18:00. */
const EDITED = tokyo('2026-11-19 15:00');
const UNTIL = tokyo('2026-11-20 18:00');

const at = (now: number) => ({ now, coveredUntil: now });
const policy = agreedOtherwise({
  ...ANSWERED,
  shownAs: { lifecyclestage: { lead: 'lead', ...AGREEMENT.shownAs.lifecyclestage } },
});

function move(value: string, by: ObserverClass, when: number): HistoryEntry {
  const record = { system: 'hubspot', object: 'contacts', id: CONTACT_ID } as const;
  return { record, field: 'lifecyclestage', value, by, at: when, source: `moved at ${when}` };
}

/** An MQL whose lifecycle stage somebody sets in HubSpot. */
function moved(value: string, by: ObserverClass, agreed = policy): PersonFacts {
  const contact = aContact({ ...UNTOLD, hubspotscore: 90 }, BORN);
  const mql = quiet(aPerson([contact, aLead(UNSAID, BORN)]), { policy: agreed, ...at(START) });
  const edits = [move('marketingqualifiedlead', 'us', START), move(value, by, EDITED)];
  return { ...edited(mql, CONTACT_ID, { lifecyclestage: value }, EDITED), edits };
}
const moveBack = (by: ObserverClass, agreed = policy) => moved('lead', by, agreed);

describe('a lifecycle stage that a person sets back', () => {
  test('is a request for a reason: it is asked for, and nothing is written for as long as sales has to answer', () => {
    const facts = moveBack('person');
    const made = plan(facts, { policy, ...at(EDITED) });
    expect(made.stages).toEqual([]);
    expect(made.changes).toEqual([]);
    expect(made.openFindings).toMatchObject([
      { code: 'STAGE_BACK_ASKED', detail: { found: 'lead', stage: 'MQL', until: '2026-11-20 18:00' } },
    ]);
    expect(made.wakeAt).toBe(UNTIL);
  });

  test('is restored when nobody has said why by then, and that is said', () => {
    const facts = moveBack('person');
    const asked = settled(facts, plan(facts, { policy, ...at(EDITED) }), EDITED);
    expect(plan(asked, { policy, ...at(UNTIL - 1) }).changes).toEqual([]);
    const made = plan(asked, { policy, ...at(UNTIL) });
    expect(writes(made)['hubspot:contacts']).toEqual({ lifecyclestage: 'marketingqualifiedlead' });
    expect(made.openFindings.map(({ code }) => code)).toContain('STAGE_EDIT_RESTORED');
  });

  test('goes back with the reason that is given: the question is closed', () => {
    const facts = moveBack('person');
    const asked = settled(facts, plan(facts, { policy, ...at(EDITED) }), EDITED);
    const said = edited(asked, LEAD_ID, { Tasuki_Recycle_Reason__c: 'timing' }, EDITED + 1);
    const made = plan(said, { policy, ...at(EDITED + 1) });
    expect(made.stages).toMatchObject([{ stage: 'recycled', evidence: { reason: 'timing' } }]);
    expect(made.closeFindings).toMatchObject([{ code: 'STAGE_BACK_ASKED' }]);
    expect(writes(made)['hubspot:contacts']).not.toHaveProperty('lifecyclestage');
  });

  test.each<[string, ObserverClass, typeof policy]>([
    ['by a workflow', 'automation', policy],
    ['under an agreement without a reason that could be given', 'person', agreedOtherwise({})],
  ])('%s is restored at once', (_, by, agreed) => {
    const made = plan(moveBack(by, agreed), { policy: agreed, ...at(EDITED) });
    expect(writes(made)['hubspot:contacts']).toMatchObject({ lifecyclestage: 'marketingqualifiedlead' });
  });
});

describe('a lifecycle stage that a person sets forward', () => {
  const flags = agreedOtherwise({ ...ANSWERED, manualEdits: 'flag' });

  test('is their word, unless the agreement leaves stages to its criteria: then it is told', () => {
    expect(plan(moved('salesqualifiedlead', 'person'), { policy, ...at(EDITED) }).stages).toMatchObject([
      { stage: 'SQL', by: 'manual' },
    ]);
    const made = plan(moved('salesqualifiedlead', 'person', flags), { policy: flags, ...at(EDITED) });
    expect(made.stages).toEqual([]);
    expect(made.openFindings).toMatchObject([
      { code: 'STAGE_MOVE_FLAGGED', detail: { found: 'salesqualifiedlead', meant: 'SQL', stage: 'MQL' } },
    ]);
  });

  test('by a workflow counts all the same: it is no edit by hand', () => {
    const made = plan(moved('salesqualifiedlead', 'automation', flags), { policy: flags, ...at(EDITED) });
    expect(made.stages).toMatchObject([{ stage: 'SQL', by: 'automation' }]);
  });
});

describe('the status of a Lead', () => {
  const shown = agreedOtherwise({
    ...ANSWERED,
    shownAs: {
      lifecyclestage: AGREEMENT.shownAs.lifecyclestage,
      leadStatus: { lead: '未対応', MQL: 'MQL', SAL: '対応中', recycled: 'ナーチャリング' },
    },
  });
  const mql = (lead: Values) =>
    plan(aPerson([aContact({ ...UNTOLD, hubspotscore: 90 }, BORN), aLead({ ...UNSAID, ...lead }, BORN)]), {
      policy: shown,
      ...at(START),
    });

  test.each([
    ['forward', { Status: '未対応' }, 'MQL'],
    ['from nothing', { Status: null }, 'MQL'],
    ['never back', { Status: '対応中' }, undefined],
    ['not from a status of the reps’ own', { Status: '不在' }, undefined],
    ['back to marketing', { Status: '対応中', Tasuki_Recycle_Reason__c: 'timing' }, 'ナーチャリング'],
  ])('shows the stage where the agreement says how: %s', (_, lead, status) => {
    expect(writes(mql(lead))['salesforce:Lead']?.['Status']).toBe(status);
  });

  test('comes back with the person', () => {
    const lead = aLead({ ...UNSAID, Status: 'ナーチャリング' }, BORN);
    const facts = aPerson([aContact({ ...UNTOLD, hubspotscore: 90 }, BORN), lead]);
    expect(writes(plan(facts, { policy: shown, ...at(START) }))['salesforce:Lead']?.['Status']).toBe('MQL');
  });

  test('is not shown on a Contact, which has none', () => {
    const lead = aLead({ ...UNSAID, Status: '未対応' }, BORN);
    const contact = { ...lead, record: { ...lead.record, object: 'Contact' as const } };
    const facts = aPerson([aContact({ ...UNTOLD, hubspotscore: 90 }, BORN), contact]);
    expect(writes(plan(facts, { policy: shown, ...at(START) }))['salesforce:Contact']).not.toHaveProperty('Status');
  });
});
