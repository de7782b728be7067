import { describe, expect, test } from 'vitest';
import type { FieldMapping } from '../../../src/domain/people/mapping.ts';
import type { FieldSchema } from '../../../src/domain/people/record.ts';
import type { Value } from '../../../src/domain/values/value.ts';
import { sameWritten } from '../../../src/reconcile/read-back.ts';
import { carry, comparable, fitted, objection } from '../../../src/reconcile/translate.ts';
import { aChange, aLead, CALENDAR, FIELDS } from '../../support/people.ts';

const field = (rest: Partial<FieldMapping>): FieldMapping => ({ ...FIELDS[0]!, ...rest });
const schema = (rest: Partial<FieldSchema>): FieldSchema => ({
  name: 'X__c',
  label: '項目',
  type: 'string',
  writable: true,
  requiredOnCreate: false,
  unique: false,
  ...rest,
});

describe('what is written is the source’s own value, only the comparison is canonical', () => {
  test.each<[FieldMapping['kind'], Value]>([
    ['text', '　ＡＢＣ株式会社 '],
    ['text', '髙橋 ｱｵｷ'],
    ['phone', '+81 (0)3-1234-5678 内線12'],
    ['email', 'Taro.Suzuki@Example.co.jp'],
    ['number', '1,200'],
    ['datetime', '2026-11-21T07:03:05.900Z'],
  ])('as %s, %j goes over as it stands', (kind, value) => {
    expect(carry(value, 'hubspot', field({ kind }), CALENDAR)).toEqual({ kind: 'value', value });
    expect(fitted(value, schema({}))).toBe(value);
  });
});

describe('a multi-select', () => {
  const industries = field({ kind: 'multi', values: { MANUFACTURING: '製造', MACHINERY: '製造', RETAIL: '小売' } });

  test('goes over choice by choice, through the map, each once', () => {
    const text = 'RETAIL;MANUFACTURING;MACHINERY';
    expect(carry(text, 'hubspot', industries, CALENDAR)).toEqual({ kind: 'value', value: '小売;製造' });
    expect(carry('小売', 'salesforce', industries, CALENDAR)).toEqual({ kind: 'value', value: 'RETAIL' });
  });

  test('with a choice outside the map is not carried by halves: that choice is named', () => {
    expect(carry('RETAIL;SPACE', 'hubspot', industries, CALENDAR)).toEqual({ kind: 'unmapped', value: 'SPACE' });
  });

  test('speaks one tongue on both sides when it is compared', () => {
    expect(comparable(';MACHINERY;RETAIL', 'hubspot', industries, CALENDAR)).toBe(
      comparable('製造;小売', 'salesforce', industries, CALENDAR),
    );
  });

  test.each([';製造;小売', ';;製造;小売;', ' ; 製造;小売'])(
    '%j never reaches HubSpot with a semicolon in front',
    (text) => {
      expect(carry(text, 'salesforce', field({ kind: 'multi' }), CALENDAR)).toEqual({
        kind: 'value',
        value: '製造;小売',
      });
    },
  );

  test('with a choice that the other list does not have is objected to by that choice', () => {
    const list = schema({
      type: 'multipicklist',
      restricted: true,
      options: [{ value: '製造', label: '製造', active: true }],
    });
    expect(objection('製造', list, 'salesforce')).toBeNull();
    expect(objection('製造;宇宙', list, 'salesforce')).toMatchObject({
      code: 'VALUE_NOT_ACCEPTED',
      detail: { value: '宇宙' },
    });
  });

  test('that comes back in the order of the other system’s settings is the one that was written', () => {
    const change = aChange({
      steps: [[{ field: 'Industry', after: '小売;製造', reason: { code: 'copied', detail: {} } }]],
    });
    expect(sameWritten(change, aLead({ Industry: '製造;小売' }))).toBe(true);
    expect(sameWritten(change, aLead({ Industry: '製造' }))).toBe(false);
  });
});

describe('a day', () => {
  const day = field({ kind: 'date' });

  test.each([
    ['a HubSpot date', '2026-11-21', '2026-11-21'],
    ['a HubSpot date, told as midnight UTC', '2026-11-21T00:00:00.000Z', '2026-11-21'],
    ['an instant of the evening in UTC, which is the next day in Tokyo', '2026-11-20T20:30:00.000Z', '2026-11-21'],
    ['an instant with its own zone', '2026-11-21T08:00:00.000+09:00', '2026-11-21'],
    ['no day at all', '11月下旬', '11月下旬'],
  ])('%s is a day of the office’s zone', (_, value, expected) => {
    expect(comparable(value, 'hubspot', day, CALENDAR)).toBe(expected);
    expect(comparable(value, 'salesforce', day, CALENDAR)).toBe(expected);
    expect(carry(value, 'hubspot', day, CALENDAR)).toEqual({ kind: 'value', value: expected });
  });

  test('that HubSpot tells as midnight UTC is that day also where the office is behind UTC', () => {
    const inLosAngeles = { ...CALENDAR, offsets: [{ from: 0, minutes: -480 }] };
    expect(comparable('2026-11-21T00:00:00.000Z', 'hubspot', day, inLosAngeles)).toBe('2026-11-21');
    expect(comparable('2026-11-21T00:00:01.000Z', 'hubspot', day, inLosAngeles)).toBe('2026-11-20');
  });

  test('goes into a field for instants as midnight UTC, and comes back as itself', () => {
    const written = fitted('2026-11-21', schema({ type: 'datetime' }));
    expect(written).toBe('2026-11-21T00:00:00.000Z');
    expect(comparable(written, 'salesforce', day, CALENDAR)).toBe('2026-11-21');
    expect(fitted('2026-11-21', schema({ type: 'date' }))).toBe('2026-11-21');
  });
});

describe('a tick', () => {
  const choice = field({ kind: 'boolean', values: { はい: 'true', いいえ: 'false' } });

  test.each<[Value, Value]>([
    ['はい', true],
    ['いいえ', false],
  ])('that is %j in HubSpot’s list is %j in Salesforce', (hubspot, salesforce) => {
    expect(comparable(hubspot, 'hubspot', choice, CALENDAR)).toBe(salesforce);
    expect(comparable(salesforce, 'salesforce', choice, CALENDAR)).toBe(salesforce);
    const carried = carry(hubspot, 'hubspot', choice, CALENDAR);
    expect(fitted(carried.value, schema({ type: 'boolean' }))).toBe(salesforce);
    expect(carry(salesforce, 'salesforce', choice, CALENDAR)).toEqual({ kind: 'value', value: hubspot });
  });

  test.each<Value>([true, 'true', 'TRUE', '1', 1])('%j is a yes', (value) => {
    expect(comparable(value, 'hubspot', field({ kind: 'boolean' }), CALENDAR)).toBe(true);
  });
});
