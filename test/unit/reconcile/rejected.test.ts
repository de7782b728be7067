import { describe, expect, test } from 'vitest';
import type { FieldChange } from '../../../src/domain/people/change.ts';
import type { Finding } from '../../../src/domain/people/person.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { rejectedOver, withoutRejected } from '../../../src/reconcile/rejected.ts';
import type { Draft } from '../../../src/reconcile/settle-drafts.ts';
import { aContact, aPerson } from '../../support/people.ts';

const CONTACT = { system: 'hubspot', object: 'contacts', id: '551' } as const;

function draft(fields: Values, more: Partial<Draft> = {}): Draft {
  return {
    kind: 'update',
    target: CONTACT,
    key: null,
    fields: Object.entries(fields).map(([field, after]) => ({
      field,
      after,
      reason: { code: 'copied' as const, detail: {} },
    })),
    basesAfter: [],
    readBack: false,
    marks: {},
    ...more,
  };
}

function aTask(key: string, fields: Values): Draft {
  const task = draft(fields, {
    kind: 'create',
    target: { system: 'salesforce', object: 'Task', id: null },
    key: { field: 'Tasuki_Key__c', value: key },
  });
  return { ...task, fields: task.fields.map((field) => ({ ...field, reason: { code: 'lapsed', detail: {} } })) };
}

function aLead(owner: string, name = '鈴木'): Draft {
  const made = draft(
    { LastName: name },
    {
      kind: 'create',
      target: { system: 'salesforce', object: 'Lead', id: null },
      key: { field: 'Tasuki_Key__c', value: 'hubspot-551' },
    },
  );
  const turn: FieldChange = {
    field: 'OwnerId',
    after: owner,
    reason: { code: 'owner-assigned', detail: { why: 'round-robin' } },
  };
  return { ...made, fields: [...made.fields, turn] };
}

/** The person after `tasuki reject` of these values. */
function rejected(subject: string, wanted: Values) {
  const finding: Finding = {
    code: 'PLAN_REJECTED',
    subject,
    entity: 'hubspot-551',
    detail: { by: '佐藤', why: '', wanted: JSON.stringify(wanted) },
  };
  return { ...aPerson([aContact()]), findings: [finding] };
}

describe('what a person rejected', () => {
  const known = rejected('hubspot:contacts:551', { jobtitle: '部長', phone: null });

  test.each([
    ['the same value is out', { jobtitle: '部長' }, []],
    ['emptying is a value like any other', { phone: null }, []],
    ['another field is none of it', { jobtitle: '部長', city: '東京' }, ['city']],
    ['another value is a new plan', { jobtitle: '課長' }, ['jobtitle']],
  ] as const)('%s', (_, fields, left) => {
    expect(withoutRejected(draft(fields), known).map(({ field }) => field)).toEqual(left);
  });

  test('another record is none of it', () => {
    const other = draft({ jobtitle: '部長' }, { target: { ...CONTACT, id: '552' } });
    expect(withoutRejected(other, known)).toEqual(other.fields);
  });

  test('is not made under the next rep’s name, but under another name it is', () => {
    const lead = rejected('salesforce:Lead:(hubspot-551)', { LastName: '鈴木', OwnerId: '0051' });
    expect(withoutRejected(aLead('0052'), lead)).toEqual([]);
    expect(withoutRejected(aLead('0052', '佐藤'), lead)).toHaveLength(2);
  });

  test('a Task stays out though its text speaks of another day, and the one of another obligation does not', () => {
    const task = rejected('salesforce:Task:(k1)', { ActivityDate: '2026-11-20' });
    expect(withoutRejected(aTask('k1', { ActivityDate: '2026-11-21' }), task)).toEqual([]);
    expect(withoutRejected(aTask('k2', { ActivityDate: '2026-11-20' }), task)).toHaveLength(1);
  });

  test('is remembered while any of it is meant, and forgotten when none is', () => {
    expect(rejectedOver(known, [draft({ jobtitle: '部長' })])).toEqual([]);
    expect(rejectedOver(known, [draft({ jobtitle: '課長' })])).toEqual([
      { code: 'PLAN_REJECTED', subject: 'hubspot:contacts:551' },
    ]);
    expect(rejectedOver(known, [])).toHaveLength(1);
  });
});
