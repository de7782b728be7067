import { describe, expect, test } from 'vitest';
import {
  AGREEMENT,
  aContact,
  agreedOtherwise,
  aLead,
  aPerson,
  aStageEntry,
  CONTACT_ID,
  GO_LIVE,
  LEAD_ID,
  NOW,
} from '../../support/people.ts';
import { edited, plan, quiet, settled, writes } from '../../support/settle.ts';

const NEW = { createdAt: NOW - 3_600_000 };
const entered = (made: ReturnType<typeof plan>) => made.stages.map(({ stage, by }) => `${stage} ${by}`);

describe('the stage of a person', () => {
  test('is entered by rule when the criteria are met, with the score as evidence and the version of the agreement', () => {
    const made = plan(aPerson([aContact({ hubspotscore: 60 }, NEW), aLead()]), { goLive: GO_LIVE });
    expect(made.stages.at(-1)).toMatchObject({
      stage: 'MQL',
      agreementVersion: '2026-10',
      evidence: { total: 80, behaviour: 60, attribute: 20 },
    });
  });

  test('is history when both records are older than the go-live line, criteria met included', () => {
    const made = plan(aPerson([aContact({ lifecyclestage: 'subscriber', hubspotscore: 90 }), aLead()]));
    expect(entered(made)).toEqual(['subscriber history', 'MQL history']);
    expect(made.changes.flatMap(({ marks }) => Object.keys(marks))).toEqual([]);
  });

  test('is history for everybody while the go-live line lies ahead', () => {
    const known = aPerson([aContact({ hubspotscore: 90 }), aLead()], { stages: [aStageEntry()] });
    expect(entered(plan(known, { goLive: NOW + 1 }))).toEqual(['MQL history']);
    expect(entered(plan(known, { goLive: NOW }))).toEqual(['MQL rule']);
    const moved = aPerson([aContact({ lifecyclestage: 'salesqualifiedlead' }), aLead()], { stages: [aStageEntry()] });
    expect(entered(plan(moved, { goLive: NOW + 1 }))).toEqual(['SQL history']);
  });

  test('that somebody new arrives with is not history: an MQL is handed over like any other', () => {
    const made = plan(aPerson([aContact({ lifecyclestage: 'marketingqualifiedlead' }, NEW), aLead({}, NEW)]));
    expect(entered(made)).toEqual(['lead history', 'MQL manual']);
    expect(made.changes.find(({ target }) => target.object === 'Lead')?.marks.handOff).toEqual({
      team: 'inside-sales',
      stage: 'MQL',
    });
  });

  test('is entered no earlier than the one before, though our clock is behind the CRM’s', () => {
    const born = { createdAt: NOW + 300_000 };
    const made = plan(aPerson([aContact({ hubspotscore: 90 }, born)]));
    expect(made.stages.map(({ stage, at }) => [stage, at])).toEqual([
      ['lead', NOW + 300_000],
      ['MQL', NOW + 300_000],
    ]);
  });

  test('follows a person who moves lifecyclestage forward by hand', () => {
    const facts = edited(
      quiet(aPerson([aContact(), aLead()])),
      CONTACT_ID,
      { lifecyclestage: 'salesqualifiedlead' },
      NOW,
    );
    const made = plan(facts);
    expect(entered(made)).toEqual(['SQL manual']);
    expect(writes(made)['salesforce:Lead']).toEqual({ Tasuki_Stage__c: 'SQL' });
  });

  test('does not move back with lifecyclestage', () => {
    const facts = edited(
      quiet(aPerson([aContact({ hubspotscore: 90 }), aLead()])),
      CONTACT_ID,
      { lifecyclestage: 'lead' },
      NOW,
    );
    expect(entered(plan(facts))).toEqual([]);
    expect(writes(plan(facts))).toEqual({ 'hubspot:contacts': { lifecyclestage: 'marketingqualifiedlead' } });
  });

  test("that we show under another stage's name does not come back as an edit", () => {
    const stages = [
      ...AGREEMENT.stages,
      { stage: 'SAL', department: 'sales', when: { score: 'total', test: { atLeast: 100 } } } as const,
    ];
    const policy = agreedOtherwise({ stages });
    const facts = quiet(aPerson([aContact({ hubspotscore: 90 }), aLead()]), { policy });
    expect(facts.sightings[0]?.values['lifecyclestage']).toBe('salesqualifiedlead');
    expect(facts.stages.map(({ stage }) => stage)).toEqual(['lead', 'MQL', 'SAL']);
  });

  test('of somebody without a contact in HubSpot is judged on empty fields, which are not unknown ones', () => {
    const made = plan(aPerson([aLead()]));
    expect([entered(made), made.openFindings]).toEqual([['lead history'], []]);
  });

  test('is not judged on a field that was never read: a finding says which', () => {
    const { hubspotscore: _, ...values } = aContact().values;
    const made = plan(aPerson([{ ...aContact(), values }, aLead()]));
    expect(entered(made)).toEqual(['lead history']);
    expect(made.openFindings).toMatchObject([{ code: 'CRITERIA_UNKNOWN', detail: { what: 'hubspot.hubspotscore' } }]);
  });
});

describe('lifecyclestage in HubSpot', () => {
  const shown = (lifecyclestage: string | null) =>
    writes(plan(aPerson([aContact({ lifecyclestage, hubspotscore: 90 }), aLead()])))['hubspot:contacts']?.[
      'lifecyclestage'
    ];

  test('moves forward only', () => {
    expect(shown('lead')).toBe('marketingqualifiedlead');
    expect(shown(null)).toBe('marketingqualifiedlead');
    expect(shown('opportunity')).toBeUndefined();
    expect(shown('marketingqualifiedlead')).toBeUndefined();
  });

  test("is left alone on a stage of the portal's own", () => {
    expect(shown('89423127')).toBeUndefined();
    expect(shown('other')).toBeUndefined();
  });
});

describe('our own stage fields', () => {
  test('are restored after a foreign edit, with a finding, and the edit moves nobody (law R18)', () => {
    for (const [id, field] of [
      [CONTACT_ID, 'tasuki_stage'],
      [LEAD_ID, 'Tasuki_Stage__c'],
    ] as const) {
      const facts = edited(quiet(aPerson([aContact(), aLead()])), id, { [field]: 'customer' }, NOW);
      const made = plan(facts);
      expect(made.openFindings).toMatchObject([
        { code: 'STAGE_EDIT_RESTORED', detail: { found: 'customer', restored: 'lead' } },
      ]);
      expect(Object.values(writes(made))).toEqual([{ [field]: 'lead' }]);
      expect(entered(made)).toEqual([]);
      expect(settled(facts, made, NOW).stages.at(-1)?.stage).toBe('lead');
    }
  });

  test('that still show the stage before are merely old', () => {
    const facts = edited(quiet(aPerson([aContact(), aLead()])), CONTACT_ID, { hubspotscore: 90 }, NOW);
    expect(plan(facts).openFindings).toEqual([]);
  });
});
