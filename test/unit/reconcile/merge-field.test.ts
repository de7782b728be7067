import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { System } from '../../../src/domain/people/record.ts';
import type { Value } from '../../../src/domain/values/value.ts';
import { type FieldVerdict, type FieldVersions, mergeField } from '../../../src/reconcile/merge-field.ts';

const twoWay = { policy: 'two-way', conflict: 'ask', first: 'ask', clears: 'keep', newest: 'hubspot' } as const;
const base = { hubspot: '課長', salesforce: '課長' };

const value = fc.constantFrom<Value>(null, 'A', 'B', true, false);
const rule = fc.constantFrom('hubspot', 'salesforce', 'newest', 'ask');
const versions: fc.Arbitrary<FieldVersions> = fc.record({
  base: fc.option(fc.record({ hubspot: value, salesforce: value }), { nil: undefined }),
  hubspot: value,
  salesforce: value,
  policy: fc.constantFrom('two-way', 'hubspot', 'salesforce', 'fill-blank', 'once', 'stricter'),
  conflict: rule,
  first: fc.constantFrom('hubspot', 'salesforce', 'newest', 'ask', 'keep'),
  clears: fc.constantFrom('keep', 'follow'),
  newest: fc.constantFrom('hubspot', 'salesforce', null),
});
const RUNS = { numRuns: 400 };

function mirrored<Word>(word: Word): Word | System {
  if (word === 'hubspot') return 'salesforce';
  return word === 'salesforce' ? 'hubspot' : word;
}

function inMirror(of: FieldVersions): FieldVersions {
  return {
    ...of,
    base: of.base === undefined ? undefined : { hubspot: of.base.salesforce, salesforce: of.base.hubspot },
    hubspot: of.salesforce,
    salesforce: of.hubspot,
    policy: mirrored(of.policy),
    conflict: mirrored(of.conflict),
    first: mirrored(of.first),
    newest: mirrored(of.newest),
  };
}

function mirrorOf(verdict: FieldVerdict): FieldVerdict {
  return verdict.kind === 'copied' ? { ...verdict, from: mirrored(verdict.from) } : verdict;
}

/** What both sides hold, and remember, once the verdict is done. */
function done(of: FieldVersions, verdict: FieldVerdict): FieldVersions {
  if (verdict.kind !== 'copied')
    return verdict.kind === 'agreed' ? { ...of, base: { hubspot: of.hubspot, salesforce: of.salesforce } } : of;
  const value = of[verdict.from];
  return { ...of, hubspot: value, salesforce: value, base: { hubspot: value, salesforce: value } };
}

describe('laws', () => {
  test('neither system is privileged: swapping the sides mirrors the verdict', () => {
    fc.assert(
      fc.property(versions, (of) => {
        expect(mergeField(inMirror(of))).toEqual(mirrorOf(mergeField(of)));
      }),
      RUNS,
    );
  });

  test('a side that has not moved never wins over one that has', () => {
    fc.assert(
      fc.property(versions, (of) => {
        fc.pre(of.policy === 'two-way' && of.base !== undefined);
        const verdict = mergeField(of);
        if (verdict.kind === 'copied') expect(of[verdict.from]).not.toBe(of.base?.[verdict.from]);
      }),
      RUNS,
    );
  });

  test('agreement is stable under every policy: once a verdict is done, merging again changes nothing', () => {
    fc.assert(
      fc.property(versions, (of) => {
        const verdict = mergeField(of);
        fc.pre(verdict.kind !== 'conflict');
        expect(mergeField(done(of, verdict))).toEqual({ kind: 'unchanged' });
      }),
      RUNS,
    );
  });

  test('our own echo is never an edit: what the base says each side holds is left as it is', () => {
    fc.assert(
      fc.property(versions, value, value, (of, hubspot, salesforce) => {
        fc.pre(of.policy === 'two-way' || of.policy === 'once');
        expect(mergeField({ ...of, base: { hubspot, salesforce }, hubspot, salesforce })).toEqual({
          kind: 'unchanged',
        });
      }),
      RUNS,
    );
  });

  test('an opt-out is never lifted, whatever both sides agreed on before, and never invented', () => {
    fc.assert(
      fc.property(versions, (of) => {
        const verdict = mergeField({ ...of, policy: 'stricter' });
        const isDeclined = of.hubspot === true || of.salesforce === true;
        if (verdict.kind === 'copied') expect(of[verdict.from]).toBe(true);
        expect(verdict.kind === 'copied').toBe(isDeclined && of.hubspot !== of.salesforce);
      }),
      RUNS,
    );
  });

  test('where clears keep, nothing that somebody typed is ever emptied', () => {
    fc.assert(
      fc.property(versions, (of) => {
        const verdict = mergeField({ ...of, clears: 'keep', conflict: 'ask', first: 'ask' });
        if (verdict.kind === 'copied') expect(of[verdict.from]).not.toBeNull();
      }),
      RUNS,
    );
  });
});

describe('a double edit', () => {
  const apart = { ...twoWay, base, hubspot: '部長', salesforce: '次長' };

  test('is settled by the rule of the field, by the newest record, or by a person', () => {
    expect(mergeField({ ...apart, conflict: 'salesforce' })).toEqual({
      kind: 'copied',
      from: 'salesforce',
      why: 'conflict-settled',
    });
    expect(mergeField({ ...apart, conflict: 'newest' })).toEqual({
      kind: 'copied',
      from: 'hubspot',
      why: 'conflict-settled',
    });
    expect(mergeField(apart)).toEqual({ kind: 'conflict', first: false });
  });

  test('at one and the same instant is for a person: newest favours neither', () => {
    expect(mergeField({ ...apart, conflict: 'newest', newest: null })).toEqual({ kind: 'conflict', first: false });
  });
});

describe('a first meeting', () => {
  const met = { ...twoWay, base: undefined, hubspot: '部長', salesforce: '課長' };

  test('of two different values follows the rule of the field', () => {
    expect(mergeField({ ...met, first: 'hubspot' })).toMatchObject({ from: 'hubspot', why: 'first-meeting' });
    expect(mergeField({ ...met, first: 'salesforce' })).toMatchObject({ from: 'salesforce', why: 'first-meeting' });
    expect(mergeField({ ...met, first: 'newest' })).toMatchObject({ from: 'hubspot', why: 'first-meeting' });
    expect(mergeField({ ...met, first: 'ask' })).toEqual({ kind: 'conflict', first: true });
  });

  test('with an empty side fills it', () => {
    expect(mergeField({ ...met, hubspot: null })).toEqual({ kind: 'copied', from: 'salesforce', why: 'filled-blank' });
    expect(mergeField({ ...met, salesforce: null })).toEqual({ kind: 'copied', from: 'hubspot', why: 'filled-blank' });
  });
});

describe('an emptied side', () => {
  test('empties the other where clears follow', () => {
    expect(mergeField({ ...twoWay, clears: 'follow', base, hubspot: null, salesforce: '課長' })).toEqual({
      kind: 'copied',
      from: 'hubspot',
      why: 'cleared',
    });
  });

  test('stays empty and leaves the other alone where clears keep, until somebody types something', () => {
    expect(mergeField({ ...twoWay, base, hubspot: null, salesforce: '課長' })).toEqual({ kind: 'unchanged' });
    expect(mergeField({ ...twoWay, base, hubspot: null, salesforce: '部長' })).toMatchObject({
      from: 'salesforce',
      why: 'copied',
    });
    expect(mergeField({ ...twoWay, base, hubspot: '係長', salesforce: '課長' })).toMatchObject({
      from: 'hubspot',
      why: 'copied',
    });
  });
});

test("a stand-in that has not moved is nobody's edit, however different the two sides look", () => {
  const of = { ...twoWay, base: { hubspot: 'stand-in', salesforce: '加藤' }, hubspot: 'stand-in', salesforce: '加藤' };
  expect(mergeField(of)).toEqual({ kind: 'unchanged' });
  expect(mergeField({ ...of, salesforce: '森' })).toMatchObject({ from: 'salesforce', why: 'copied' });
});

test('a field that one system decides goes that way only, and its emptiness travels only where clears follow', () => {
  const of = { ...twoWay, policy: 'hubspot', base, hubspot: '課長', salesforce: '部長' } as const;
  expect(mergeField(of)).toMatchObject({ from: 'hubspot', why: 'copied' });
  expect(mergeField({ ...of, hubspot: null })).toEqual({ kind: 'unchanged' });
  expect(mergeField({ ...of, hubspot: null, clears: 'follow' })).toMatchObject({ from: 'hubspot', why: 'cleared' });
});

describe('a field that is copied once', () => {
  const of = { ...twoWay, policy: 'once', first: 'keep', base: undefined, hubspot: 'Web', salesforce: null } as const;
  const met = { hubspot: 'Web', salesforce: 'Web' };

  test('fills the empty side where the two meet', () => {
    expect(mergeField(of)).toEqual({ kind: 'copied', from: 'hubspot', why: 'filled-blank' });
    expect(mergeField({ ...of, hubspot: null, salesforce: '展示会' })).toMatchObject({ from: 'salesforce' });
  });

  test.each([
    ['changed', { hubspot: '広告', salesforce: 'Web' }],
    ['changed on the other side', { hubspot: 'Web', salesforce: '紹介' }],
    ['emptied', { hubspot: 'Web', salesforce: null }],
    ['changed on both sides', { hubspot: '広告', salesforce: '紹介' }],
  ])('is never copied again, even if it is %s', (_, now) => {
    expect(mergeField({ ...of, base: met, ...now, clears: 'follow' })).toEqual({ kind: 'unchanged' });
  });

  test('and differs where the two meet is left apart and remembered so, unless the mapping names a winner', () => {
    const apart = { ...of, salesforce: '展示会' };
    expect(mergeField(apart)).toEqual({ kind: 'agreed' });
    expect(mergeField({ ...apart, base: { hubspot: 'Web', salesforce: '展示会' } })).toEqual({ kind: 'unchanged' });
    expect(mergeField({ ...apart, first: 'hubspot' })).toMatchObject({ from: 'hubspot', why: 'first-meeting' });
  });

  test('and has been empty on both sides is copied when its first value comes: there was nothing to copy before', () => {
    expect(mergeField({ ...of, base: { hubspot: null, salesforce: null } })).toMatchObject({ from: 'hubspot' });
  });
});

describe('a consent', () => {
  const of = { ...twoWay, policy: 'stricter' } as const;

  test.each<[string, Value, Value, FieldVerdict]>([
    ['declined in HubSpot', true, false, { kind: 'copied', from: 'hubspot', why: 'stricter' }],
    ['declined in Salesforce', null, true, { kind: 'copied', from: 'salesforce', why: 'stricter' }],
    ['declined nowhere, on one side explicitly', null, false, { kind: 'unchanged' }],
    ['declined in both', true, true, { kind: 'agreed' }],
  ])('that is %s', (_, hubspot, salesforce, verdict) => {
    expect(mergeField({ ...of, base: undefined, hubspot, salesforce })).toEqual(verdict);
  });

  test('that one side takes back is put back, though both had agreed: it is lifted by people, in both', () => {
    const lifted = { ...of, base: { hubspot: true, salesforce: true }, hubspot: true, salesforce: false };
    expect(mergeField(lifted)).toEqual({ kind: 'copied', from: 'hubspot', why: 'stricter' });
    expect(mergeField({ ...lifted, hubspot: false })).toEqual({ kind: 'agreed' });
  });
});
