import { describe, expect, test } from 'vitest';
import type { ChangeState } from '../../../src/domain/people/change.ts';
import type { Finding } from '../../../src/domain/people/person.ts';
import { indexSchemas } from '../../../src/reconcile/context.ts';
import { aContact, aLead, aPerson, CONTACT_ID, LEAD_ID, NOW } from '../../support/people.ts';
import { edited, isNothing, plan, quiet, removed, settled, stored, writes } from '../../support/settle.ts';

const LATER = NOW + 60_000;
const DAY = 24 * 60 * 60_000;
const rested = () => quiet(aPerson([aContact({ hubspot_owner_id: '71' }), aLead()]));
const codes = (findings: readonly Pick<Finding, 'code'>[]) => findings.map(({ code }) => code);

describe('a value that cannot be written', () => {
  test('for want of a line in the map is one finding per value, and the other fields still go', () => {
    const made = plan(edited(rested(), CONTACT_ID, { industry: 'SPACE', phone: '090-1111-1111' }, LATER));
    expect(made.openFindings).toMatchObject([{ code: 'VALUE_NOT_MAPPED', subject: 'mappings/contact.yaml:26 SPACE' }]);
    expect(writes(made)).toEqual({ 'salesforce:Lead': { Phone: '090-1111-1111' } });
  });

  test('because the picklist does not know it is a finding, and the other fields still go', () => {
    const start = rested();
    const schemas = new Map([
      [
        'salesforce:Lead',
        new Map([
          [
            'Industry',
            {
              name: 'Industry',
              label: '業種',
              type: 'picklist',
              writable: true,
              restricted: true,
              options: [{ value: '製造', label: '製造', active: true }],
              requiredOnCreate: false,
              unique: false,
            } as const,
          ],
        ]),
      ],
    ]);
    const made = plan(edited(start, CONTACT_ID, { industry: 'FINANCE', phone: '090-1111-1111' }, LATER), { schemas });
    expect(codes(made.openFindings)).toEqual(['VALUE_NOT_ACCEPTED']);
    expect(writes(made)).toEqual({ 'salesforce:Lead': { Phone: '090-1111-1111' } });
  });

  test('because its option was switched off is a finding, and where the picklist takes anything it is none', () => {
    const options = [{ value: '金融', label: '金融', active: false }];
    const codesFor = (restricted: boolean) => {
      const field = {
        name: 'Industry',
        label: '業種',
        type: 'picklist',
        writable: true,
        restricted,
        options,
        requiredOnCreate: false,
        unique: false,
      } as const;
      const schemas = indexSchemas([{ system: 'salesforce', object: 'Lead', fields: [field] }]);
      return codes(plan(edited(rested(), CONTACT_ID, { industry: 'FINANCE' }, LATER), { schemas }).openFindings);
    };
    expect([codesFor(true), codesFor(false)]).toEqual([['VALUE_NOT_ACCEPTED'], []]);
  });

  test('because it is too long is not cut: a finding, closed again when the value is shortened or taken back', () => {
    const long = edited(rested(), CONTACT_ID, { jobtitle: '長'.repeat(129), phone: '090-1111-1111' }, LATER);
    const made = plan(long);
    expect(made.openFindings).toMatchObject([{ code: 'VALUE_TOO_LONG', detail: { length: 129, maxLength: 128 } }]);
    expect(writes(made)).toEqual({ 'salesforce:Lead': { Phone: '090-1111-1111' } });
    const after = settled(long, made, LATER);
    expect(codes(plan(edited(after, CONTACT_ID, { jobtitle: '部長' }, LATER)).closeFindings)).toEqual([
      'VALUE_TOO_LONG',
    ]);
    expect(codes(plan(edited(after, CONTACT_ID, { jobtitle: '課長' }, LATER)).closeFindings)).toEqual([
      'VALUE_TOO_LONG',
    ]);
    expect(codes(plan(after).closeFindings)).toEqual([]);
  });
});

describe('a field that was refused', () => {
  const refusal = (fields: string): Finding => ({
    code: 'WRITE_REFUSED',
    subject: `salesforce:Lead:${LEAD_ID}`,
    entity: 'hubspot-501',
    detail: { fields, wanted: JSON.stringify({ Phone: '090-1111-1111', Title: '部長' }) },
  });
  const edits = { phone: '090-1111-1111', jobtitle: '部長' };
  const refused = (fields: string) => ({ ...edited(rested(), CONTACT_ID, edits, LATER), findings: [refusal(fields)] });

  test('is left out while its value stays, and the rest is written', () => {
    const made = plan(refused('Phone'));
    expect(writes(made)).toEqual({ 'salesforce:Lead': { Title: '部長' } });
    expect(made.closeFindings).toEqual([]);
  });

  test('does not move its base: the old value on the other side is not taken for an edit', () => {
    const facts = refused('Phone');
    expect(plan(facts).changes[0]?.basesAfter?.map(({ field }) => field)).toEqual(['jobtitle']);
    const after = settled(facts, plan(facts), LATER);
    expect(after.sightings[0]?.values['phone']).toBe('090-1111-1111');
    expect(isNothing(plan(after))).toBe(true);
  });

  test('is tried again when it changes, and the finding is closed', () => {
    const made = plan(edited(refused('Phone'), CONTACT_ID, { phone: '090-2222-2222' }, LATER));
    expect(writes(made)).toEqual({ 'salesforce:Lead': { Phone: '090-2222-2222', Title: '部長' } });
    expect(codes(made.closeFindings)).toEqual(['WRITE_REFUSED']);
  });

  test('and not named, or named in words that we do not know, holds the whole write back', () => {
    expect(plan(refused('')).changes).toEqual([]);
    expect(plan(refused('電話')).changes).toEqual([]);
  });

  test('is tried again a day later, for its cause may lie elsewhere; the finding stays until it is in', () => {
    const known = refused('Phone');
    const findings = [{ ...refusal('Phone'), detail: { ...refusal('Phone').detail, refusedAt: NOW } }];
    const facts = { ...known, findings };
    expect(writes(plan(facts, { now: NOW + DAY - 1 }))['salesforce:Lead']).toEqual({ Title: '部長' });
    const made = plan(facts, { now: NOW + DAY });
    expect(writes(made)['salesforce:Lead']).toEqual({ Phone: '090-1111-1111', Title: '部長' });
    expect(made.closeFindings).toEqual([]);
    expect(codes(plan(settled(facts, made, NOW + DAY), { now: NOW + DAY }).closeFindings)).toEqual(['WRITE_REFUSED']);
  });

  test('and is wanted no longer closes the finding', () => {
    const facts = { ...rested(), findings: [refusal('Phone')] };
    expect(codes(plan(facts).closeFindings)).toEqual(['WRITE_REFUSED']);
  });

  test('is not handed over when it is the stage', () => {
    const start = aPerson([aContact({ hubspotscore: 60 }, { createdAt: NOW }), aLead({}, { createdAt: NOW })]);
    const finding = {
      ...refusal('Tasuki_Stage__c'),
      detail: { fields: 'Tasuki_Stage__c', wanted: '{"Tasuki_Stage__c":"MQL"}' },
    };
    const made = plan({ ...start, findings: [finding] });
    const lead = made.changes.find(({ target }) => target.object === 'Lead');
    expect([Object.keys(writes(made)['salesforce:Lead'] ?? {}), lead?.marks]).toEqual([['Tasuki_Key__c'], {}]);
  });
});

describe('an intent that stands', () => {
  const facts = () => edited(rested(), CONTACT_ID, { phone: '090-1111-1111' }, LATER);
  const standing = (state: ChangeState) => stored(facts(), plan(facts()), LATER, state);
  const newPhone = (state: ChangeState) => plan(edited(standing(state), CONTACT_ID, { phone: '090-2222-2222' }, LATER));

  test('and is under way lets nothing further be written on that record', () => {
    for (const state of ['sending', 'unsure'] as const) {
      expect(newPhone(state).changes).toEqual([]);
      expect(newPhone(state).supersede).toEqual([]);
    }
  });

  test('and shows on its record before its answer is known is our echo: what was typed meanwhile does not give way to it', () => {
    for (const state of ['sending', 'unsure'] as const) {
      const sent = edited(standing(state), CONTACT_ID, { phone: '090-2222-2222' }, LATER + 1);
      expect(writes(plan(edited(sent, LEAD_ID, { Phone: '090-1111-1111' }, LATER + 2)))).toEqual({});
      // Something else that stands there is somebody's, and newer.
      const theirs = plan(edited(sent, LEAD_ID, { Phone: '090-3333-3333' }, LATER + 2));
      expect(writes(theirs)).toEqual({ 'hubspot:contacts': { phone: '090-3333-3333' } });
    }
  });

  test('and still holds is kept', () => {
    for (const state of ['planned', 'approved', 'parked'] as const) expect(isNothing(plan(standing(state)))).toBe(true);
  });

  test('and holds no longer is superseded by what holds instead', () => {
    const made = newPhone('approved');
    expect(made.supersede.map(({ because }) => because)).toEqual(['planned-anew']);
    expect(writes(made)).toEqual({ 'salesforce:Lead': { Phone: '090-2222-2222' } });
  });

  test('and says only part of what is wanted now is superseded by the whole', () => {
    const made = plan(edited(standing('approved'), CONTACT_ID, { jobtitle: '部長' }, LATER));
    expect(made.supersede).toHaveLength(1);
    expect(writes(made)).toEqual({ 'salesforce:Lead': { Phone: '090-1111-1111', Title: '部長' } });
  });

  test('and would run over another value than the one shown is planned anew', () => {
    const typed = (stage: string) => edited(rested(), CONTACT_ID, { tasuki_stage: stage }, LATER);
    const shown = stored(typed('SQL'), plan(typed('SQL')), LATER, 'planned');
    const made = plan(edited(shown, CONTACT_ID, { tasuki_stage: 'customer' }, LATER));
    expect(made.supersede).toHaveLength(1);
    expect(made.changes.flatMap(({ steps }) => steps.flat())).toMatchObject([
      { field: 'tasuki_stage', before: 'customer' },
    ]);
  });

  test('and is wanted no longer is superseded by nothing', () => {
    const made = plan(edited(standing('approved'), CONTACT_ID, { phone: '03-1234-5678' }, LATER));
    expect([made.supersede.length, made.changes]).toEqual([1, []]);
  });

  test('and whose record is gone is superseded', () => {
    expect(plan(removed(standing('approved'), LEAD_ID, LATER)).supersede.map(({ because }) => because)).toEqual([
      'record-gone',
    ]);
    expect(plan(removed(standing('sending'), LEAD_ID, LATER)).supersede).toEqual([]);
  });
});

describe('an acknowledged write that nobody reads back', () => {
  const start = edited(rested(), CONTACT_ID, { phone: '090-1111-1111' }, LATER);
  const [change] = plan(start).changes;
  const acknowledged = (Phone: string, seenAt: number) => {
    const bases = [...start.bases.filter(({ field }) => field !== 'phone'), ...(change?.basesAfter ?? [])];
    return plan({
      ...edited(start, LEAD_ID, { Phone }, seenAt),
      bases,
      open: [
        { ...change!, run: 'r', state: 'acknowledged', step: 0, attempts: 1, plannedAt: LATER, acknowledgedAt: LATER },
      ],
    });
  };

  test('is confirmed by a pull that shows it, and by no older one', () => {
    expect(acknowledged('090-1111-1111', LATER + 1).confirm).toEqual([change?.id]);
    expect(acknowledged('090-1111-1111', LATER).confirm).toEqual([]);
  });

  test('is left to its reader where it is read back', () => {
    const readBack = {
      ...change!,
      readBack: true,
      run: 'r',
      state: 'acknowledged',
      step: 0,
      attempts: 1,
      plannedAt: LATER,
      acknowledgedAt: LATER,
    } as const;
    const made = plan({ ...edited(start, LEAD_ID, { Phone: '090-1111-1111' }, LATER + 1), open: [readBack] });
    expect([made.confirm, made.supersede]).toEqual([[], []]);
  });

  test('is let go when a pull shows another value: that edit is then carried over', () => {
    const made = acknowledged('090-7777-7777', LATER + 1);
    expect(made.supersede).toEqual([{ change: change?.id, because: 'edited-since' }]);
    expect(writes(made)).toEqual({ 'hubspot:contacts': { phone: '090-7777-7777' } });
  });
});
