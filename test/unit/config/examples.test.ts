import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { viewOf } from '../../../src/reconcile/context.ts';
import { judgementOf } from '../../../src/reconcile/judgement.ts';
import { aForm, aPageView } from '../../support/actions.ts';
import { aContact, aContext, aPerson, NOW } from '../../support/people.ts';
import { plan } from '../../support/settle.ts';
import { exampleNamed, MAPPINGS } from './written.ts';

const DAY = 86_400_000;
const NEW = { createdAt: NOW - 3_600_000 };
const SEEN = { hs_analytics_last_url: null };

describe('the complete example', () => {
  const { policy } = exampleNamed('agreement.complete.yaml');

  test('is valid beside the shipped files, and nothing in it is idle', () => {
    expect(policy.doubts).toBeUndefined();
    expect(policy.agreement.stages.map(({ stage }) => stage)).toEqual(['MQL', 'SAL', 'SQL', 'opportunity', 'customer']);
  });

  test('uses every word that an agreement has', () => {
    const schema = JSON.parse(readFileSync(join(MAPPINGS, 'schema', 'agreement.json'), 'utf8')) as {
      readonly properties: Readonly<Record<string, unknown>>;
    };
    const written = parse(readFileSync(join(MAPPINGS, 'examples', 'agreement.complete.yaml'), 'utf8')) as object;
    expect(Object.keys(written).toSorted()).toEqual(Object.keys(schema.properties).toSorted());
  });

  test('gives the points that it says', () => {
    const activities = [
      ...[1, 2, 3, 4].map((day) => aForm(NOW - day * DAY)),
      aPageView(NOW - DAY, 'https://www.example.co.jp/pricing/plans'),
      aPageView(NOW - 2 * DAY, 'https://www.example.co.jp/recruit'),
    ];
    const person = aPerson([aContact({ ...SEEN, jobtitle: '営業部長' })], { activities });
    const { score } = judgementOf(viewOf(person), aContext({ policy }));
    expect(score).toMatchObject({ behaviour: 45 + 10 - 10, attribute: 20, total: 65 });
  });
});

describe('the minimal example', () => {
  const { policy } = exampleNamed('agreement.minimal.yaml');

  test('is valid, and hands over whoever has downloaded twice', () => {
    const stageOf = (times: number) => {
      const activities = Array.from({ length: times }, (_, nth) => aForm(NOW - (nth + 1) * DAY));
      return plan(aPerson([aContact(SEEN, NEW)], { activities }), { policy }).stages.at(-1)?.stage;
    };
    expect(policy.doubts).toBeUndefined();
    expect([1, 2].map(stageOf)).toEqual(['lead', 'MQL']);
  });
});
