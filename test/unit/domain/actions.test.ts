import { describe, expect, test } from 'vitest';
import { type ActionSource, isAction } from '../../../src/domain/agreement/action.ts';
import { countOf, deedsOf } from '../../../src/domain/agreement/deeds.ts';
import type { Activity } from '../../../src/domain/people/activity.ts';
import { ACTIONS, aForm, aPageView, aResponse, aSeminar, days } from '../../support/actions.ts';
import { aCall, NOW } from '../../support/people.ts';

const DAY = 86_400_000;
const counts = (source: ActionSource, activity: Activity) => isAction({ name: 'x', from: [source] }, activity);

describe('what counts as an action', () => {
  test.each<[string, ActionSource, Activity, boolean]>([
    ['a form, by its name', { form: ['ホワイトペーパー'] }, aForm(NOW), true],
    ['a form in other width and case', { form: ['ｗｈｉｔｅ Paper'] }, aForm(NOW, 'White paper'), true],
    ['a form, by its id', { form: ['F1A2'] }, aForm(NOW, '新しい名前 /x'), true],
    ['one of several forms', { form: ['導入事例集', 'ホワイトペーパー'] }, aForm(NOW), true],
    ['a form whose name only begins alike', { form: ['ホワイト'] }, aForm(NOW), false],
    [
      'a form that HubSpot no longer has',
      { form: ['ホワイトペーパー'] },
      aForm(NOW, undefined, { deleted: true }),
      false,
    ],
    ['whoever came', { event: 'attended' }, aSeminar(NOW, '新製品セミナー'), true],
    [
      'whoever only registered, where one has to come',
      { event: 'attended' },
      aSeminar(NOW, 'A (REGISTERED)', false),
      false,
    ],
    [
      'whoever only registered, where that will do',
      { event: 'registered' },
      aSeminar(NOW, 'A (REGISTERED)', false),
      true,
    ],
    ['whoever came has registered', { event: 'registered' }, aSeminar(NOW, 'A'), true],
    ['whoever cancelled', { event: 'registered' }, aSeminar(NOW, 'A (CANCELLED)', false, { deleted: true }), false],
    ['a named event', { event: 'registered', named: ['A'] }, aSeminar(NOW, 'A (REGISTERED)', false), true],
    ['another event', { event: 'attended', named: ['A'] }, aSeminar(NOW, 'B'), false],
    ['a page', { page: ['/pricing'] }, aPageView(NOW, 'https://example.co.jp/pricing/'), true],
    ['a page below it', { page: ['/pricing/'] }, aPageView(NOW, 'https://example.co.jp/pricing/plans'), true],
    [
      'a page that only begins alike',
      { page: ['/pricing'] },
      aPageView(NOW, 'https://example.co.jp/pricing-old'),
      false,
    ],
    [
      'a page on another host, without its scheme',
      { page: ['/pricing'] },
      aPageView(NOW, '//lp.example.jp/pricing?a=1'),
      true,
    ],
    ['a page with a Japanese address', { page: ['/料金'] }, aPageView(NOW, 'https://a.jp/%E6%96%99%E9%87%91'), true],
    ['a page with an escape that is none', { page: ['/a'] }, aPageView(NOW, 'https://a.jp/a/%zz'), true],
    ['any page', { page: ['/'] }, aPageView(NOW, 'https://a.jp'), true],
    ['a response to a campaign', { campaign: 'responded' }, aResponse(NOW, '秋の展示会'), true],
    [
      'a response to another campaign',
      { campaign: 'responded', named: ['春の展示会'] },
      aResponse(NOW, '秋の展示会'),
      false,
    ],
    ['a call of ours', { form: ['ホワイトペーパー'] }, aCall(NOW, { what: 'ホワイトペーパー' }), false],
  ])('%s: %j', (_, source, activity, expected) => {
    expect(counts(source, activity)).toBe(expected);
  });

  test('what fits two ways of doing it happened once', () => {
    const action = { name: 'download', from: [{ form: ['ホワイトペーパー'] }, { form: ['f1a2'] }] };
    const { done } = deedsOf([action], { activities: [aForm(NOW)], hidden: new Set(), now: NOW })('download');
    expect(done).toHaveLength(1);
  });
});

describe('how often somebody did it', () => {
  const did = (activities: readonly Activity[], hidden: readonly string[] = []) =>
    deedsOf(ACTIONS, { activities, hidden: new Set(hidden), now: NOW })('download');

  test.each([
    ['ever', undefined, 3],
    ['within a period: what is as old as the period has just left it', days(90), 1],
    ['a moment earlier it was still in it', { amount: 2161, unit: 'hours' } as const, 2],
  ])('%s', (_, within, expected) => {
    const activities = [aForm(NOW - 200 * DAY), aForm(NOW - 90 * DAY), aForm(NOW - DAY)];
    expect(countOf(did(activities), within, NOW)).toBe(expected);
  });

  test('what is dated in the future counts for nothing until then', () => {
    const deeds = did([aForm(NOW), aForm(NOW + 1)]);
    expect(countOf(deeds, undefined, NOW)).toBe(1);
    expect(deeds.ahead.map(({ at }) => at)).toEqual([NOW + 1]);
  });

  test('what our access cannot read may have happened: so often at least', () => {
    expect(countOf(did([aForm(NOW)], ['hubspot:form-submissions']), undefined, NOW)).toEqual({
      least: 1,
      most: Number.POSITIVE_INFINITY,
    });
    expect(countOf(did([aForm(NOW)], ['salesforce:CampaignMember']), undefined, NOW)).toBe(1);
  });
});
