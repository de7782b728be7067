import { describe, expect, test } from 'vitest';
import { mostUrgentOf, urgencyOf } from '../../../../src/domain/budget/purposes.ts';
import { rankTogether } from '../../../../src/domain/budget/urgency.ts';
import type { Change, ChangeMark } from '../../../../src/domain/people/change.ts';

const HAND_OFF: ChangeMark = { handOff: { team: 'IS', stage: 'SQL' } };
const change = (id: string, marks: ChangeMark, after: readonly string[] = []) => ({ id, marks, after }) as Change;

describe('how soon a write is wanted', () => {
  test.each([
    ['a hand-off', HAND_OFF, 'hot'],
    ['the task of a lapse', { task: { clock: 'c1', act: 'open' } }, 'hot'],
    ['the end of a task', { task: { clock: 'c1', act: 'close' } }, 'hot'],
    ['a new line of the mapping', { purpose: 'back-fill' }, 'back-fill'],
    ['a hand-off that also fills a new field', { ...HAND_OFF, purpose: 'back-fill' }, 'hot'],
    ['anything else', {}, 'ordinary'],
    ['what an undo restores', { undoes: ['x'] }, 'ordinary'],
  ] as const)('%s', (_, marks, urgency) => {
    expect(urgencyOf(marks)).toBe(urgency);
  });

  test('a batch is as urgent as the most urgent in it', () => {
    expect(mostUrgentOf([change('a', { purpose: 'back-fill' }), change('b', {})])).toBe('ordinary');
    expect(mostUrgentOf([change('a', {}), change('b', HAND_OFF)])).toBe('hot');
  });

  test('whoever a hot one waits for is hot, along the whole row, and nobody else', () => {
    const { ranks, awaited } = rankTogether([
      change('account', { purpose: 'back-fill' }),
      change('contact', {}, ['account', 'stands']),
      change('handed', HAND_OFF, ['contact']),
      change('shown', {}, ['handed']),
      change('filled', { purpose: 'back-fill' }, ['stands', 'rests']),
    ]);
    expect(Object.fromEntries(ranks)).toEqual({ account: 0, contact: 0, handed: 0, shown: 1, filled: 2 });
    expect(Object.fromEntries(awaited)).toEqual({ stands: 0, rests: 2 });
  });
});
