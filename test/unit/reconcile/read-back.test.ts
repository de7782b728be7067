import { describe, expect, test } from 'vitest';
import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { Value } from '../../../src/domain/values/value.ts';
import { judgeReadBack } from '../../../src/reconcile/read-back.ts';
import { aChange, aLead, LEAD_ID } from '../../support/people.ts';

const reason = { code: 'copied', detail: {} } as const;
const wrote = (after: Value, rest: Partial<TrackedChange> = {}, field = 'Phone') =>
  aChange({ state: 'acknowledged', steps: [[{ field, before: '03-1111-1111', after, reason }]], ...rest });
const found = (Phone: Value) => aLead({ Phone });

describe('a write that is read back', () => {
  test('and stands there is confirmed, with the id of its record', () => {
    expect(judgeReadBack(wrote('03-2'), found('03-2'))).toEqual({
      change: 'change-1',
      verdict: 'confirmed',
      id: LEAD_ID,
    });
  });

  test('is confirmed where the system only tidied the value', () => {
    const pairs: readonly (readonly [Value, Value])[] = [
      ['営業部', ' 営業部 '],
      [null, ''],
      ['Taro@Example.co.jp', 'taro@example.co.jp'],
      ['2026-11-27T09:00:00.400Z', '2026-11-27T09:00:00.000Z'],
      [5, '5'],
    ];
    for (const [written, now] of pairs) expect(judgeReadBack(wrote(written), found(now)).verdict).toBe('confirmed');
  });

  test('and does not stand there was overwritten: the finding names the fields, not the values', () => {
    expect(judgeReadBack(wrote('03-2'), found('03-9'))).toEqual({
      change: 'change-1',
      verdict: 'overwritten',
      detail: 'Phone',
    });
  });

  test('and opened a Task is confirmed while the Task is there, though somebody has passed it on since', () => {
    const change = aChange({
      kind: 'create',
      state: 'acknowledged',
      target: { system: 'salesforce', object: 'Task', id: '00T1' },
      steps: [[{ field: 'OwnerId', after: '005A', reason }]],
    });
    const task = { ...aLead(), record: { system: 'salesforce', object: 'Task', id: '00T1' } as const };
    const seen = (deleted: boolean) => judgeReadBack(change, { ...task, values: { OwnerId: '005B' }, deleted }).verdict;
    expect([seen(false), seen(true)]).toEqual(['confirmed', 'overwritten']);
  });

  test('of a record that is gone was overwritten, answer lost or not', () => {
    const gone = aLead({}, { deleted: true });
    expect(judgeReadBack(wrote('03-2'), gone)).toMatchObject({ verdict: 'overwritten', detail: 'record gone' });
    expect(judgeReadBack(wrote('03-2', { state: 'unsure' }), gone).verdict).toBe('overwritten');
  });
});

describe('a write whose answer was lost', () => {
  const unsure = { state: 'unsure', attempts: 1 } as const;

  test('and which arrived is confirmed', () => {
    expect(judgeReadBack(wrote('03-2', unsure), found('03-2')).verdict).toBe('confirmed');
  });

  test('and which never arrived is sent again; how often is not read-back’s to count', () => {
    expect(judgeReadBack(wrote('03-2', unsure), found('03-1111-1111')).verdict).toBe('rewrite');
    expect(judgeReadBack(wrote('03-2', { ...unsure, attempts: 5 }), found('03-1111-1111')).verdict).toBe('rewrite');
  });

  test('and whose record is there was made: what somebody has typed in it since is not run over by sending it again', () => {
    const made = wrote('03-2', {
      ...unsure,
      kind: 'create',
      target: { system: 'salesforce', object: 'Lead', id: null },
    });
    expect(judgeReadBack(made, found('03-9'))).toEqual({ change: 'change-1', verdict: 'confirmed', id: LEAD_ID });
  });

  test('and whose record somebody has deleted or merged meanwhile was made all the same: a second one would be a duplicate', () => {
    const plannedAt = Date.parse('2026-11-20T06:00:00Z');
    const made = wrote('03-2', {
      ...unsure,
      kind: 'create',
      plannedAt,
      target: { system: 'salesforce', object: 'Lead', id: null },
    });
    const seen = (createdAt: number) => judgeReadBack(made, aLead({}, { deleted: true, createdAt })).verdict;
    expect(seen(plannedAt + 1000)).toBe('confirmed');
    // One that had been in the bin before is another.
    expect(seen(plannedAt - 86_400_000)).toBe('rewrite');
  });

  test('and whose record was to be made and cannot be found is sent again', () => {
    const target = { system: 'salesforce', object: 'Lead', id: null } as const;
    expect(judgeReadBack(wrote('03-2', { ...unsure, kind: 'create', target }), undefined).verdict).toBe('rewrite');
  });

  test('does not run over somebody who edited the field meanwhile', () => {
    expect(judgeReadBack(wrote('03-2', unsure), found('090-3333-3333')).verdict).toBe('overwritten');
  });
});
