import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../src/domain/agreement/agreement.ts';
import type { Activity } from '../../../src/domain/people/activity.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import { indexSchemas } from '../../../src/reconcile/context.ts';
import {
  AGREEMENT,
  aCall,
  aContact,
  agreedOtherwise,
  aLead,
  aPerson,
  aStageEntry,
  GO_LIVE,
  NOW,
  tokyo,
} from '../../support/people.ts';
import { edited, isNothing, plan, quiet, settled, writes } from '../../support/settle.ts';
import { aDirectory, PEOPLE_AT_WORK } from '../../support/systems.ts';

const NEW = { createdAt: tokyo('2026-11-10 10:00') } as const;
const MQL = AGREEMENT.stages[0]!;
const withBrief = (rest: Partial<Agreement> = {}) =>
  agreedOtherwise({ stages: [{ ...MQL, handOff: { to: 'inside-sales', brief: true } }], ...rest });
const policy = withBrief();

function did(kind: Activity['kind'], what: string | null, at: string, id = `${kind} ${at}`): Activity {
  return aCall(tokyo(at), {
    source: { system: 'hubspot', object: kind === 'page' ? 'page-views' : 'form-submissions', id },
    kind,
    what,
    about: aContact().record,
    by: null,
    direction: 'in',
    countsAsContact: false,
  });
}

const ACTIVITIES = [
  did('form', 'ホワイトペーパー /dl', '2026-11-12 10:00'),
  did('page', 'https://www.example.co.jp/pricing', '2026-11-18 10:00'),
  did('page', 'https://www.example.co.jp/pricing', '2026-11-19 10:00'),
  did('seminar', '新製品セミナー', '2026-11-17 15:00'),
  did('form', '個別相談 /contact', '2026-11-20 14:05'),
  aCall(tokyo('2026-11-11 11:00')),
];

function anMql(rest: Partial<PersonFacts> = {}, values = {}): PersonFacts {
  return aPerson([aContact({ hubspotscore: 70, hubspot_owner_id: '72', ...values }, NEW)], {
    activities: ACTIVITIES,
    ...rest,
  });
}

function briefIn(made: ReturnType<typeof plan>): string | undefined {
  return writes(made)['salesforce:Lead']?.['Tasuki_Brief__c'] as string | undefined;
}

describe('the brief for whoever receives an MQL', () => {
  test('tells why, what they asked, did and spoke of with us, what to begin with, and until when', () => {
    expect(briefIn(plan(anMql(), { policy }))?.split('\n')).toEqual([
      '【引き渡しメモ】MQL 2026年11月24日(火)',
      '引き渡し: マーケティング部門(佐藤 花子)から(11/24(火))',
      '期限: 初回接触は 11/27(金)18:00 まで(11/24(火)に引き渡した場合。3 営業日以内)',
      '■ 最初の話題',
      '・「個別相談」を送信(11/20(金))。この件から。',
      '■ MQL になった理由',
      '・合計スコアが 80 点以上(90)',
      '■ スコア 90 点の内訳',
      '・合計 90 点 = 行動 70 点 + 属性 20 点',
      '・HubSpot の「hubspotscore」 70 点',
      '・役職に「部長」「課長」のいずれかを含む 20 点',
      '■ 問い合わせ・申し込み(新しい順)',
      '・11/20(金) 個別相談',
      '・11/12(木) ホワイトペーパー',
      '■ 見たもの・参加したもの(新しい順)',
      '・11/19(木) ページ /pricing(2 回)',
      '・11/17(火) セミナー 新製品セミナー',
      '■ これまでの接触',
      '・11/11(水) 電話(森 葵)',
      '根拠: 合意(定義書)2026-10。この欄は Tasuki が引き渡しのときに書きます。',
    ]);
  });

  test('goes in with the write that makes the Lead and hands it over, and says how much there was to tell', () => {
    const [lead] = plan(anMql(), { policy }).changes;
    expect(lead).toMatchObject({ kind: 'create', readBack: true, marks: { handOff: { team: 'inside-sales' } } });
    const brief = lead?.steps.flat().find(({ field }) => field === 'Tasuki_Brief__c');
    expect(brief?.reason).toEqual({
      code: 'brief-written',
      detail: { stage: 'MQL', team: 'inside-sales', filled: 6, sections: 7, lacking: 'past' },
    });
  });

  test('goes in with the write that shows the stage on a Lead that is there', () => {
    const facts = aPerson([aContact({ hubspotscore: 70 }, NEW), aLead({}, NEW)], { activities: ACTIVITIES });
    const made = plan(facts, { policy });
    const lead = made.changes.find(({ target }) => target.object === 'Lead');
    expect(lead?.steps.flat().map(({ field }) => field)).toEqual(
      expect.arrayContaining(['Tasuki_Stage__c', 'Tasuki_Brief__c']),
    );
    expect(lead?.marks).toHaveProperty('handOff');
  });

  test('is in the language of whoever receives them', () => {
    const english = aDirectory(PEOPLE_AT_WORK.map((entry) => ({ ...entry, language: 'en_US' })));
    expect(briefIn(plan(anMql(), { policy, directory: english }))?.split('\n')[0]).toBe(
      'Hand-off brief: MQL, Tue 24 Nov 2026',
    );
  });

  test('is quoted on the Task of the promise that lapses, as it stands on the record by then', () => {
    const stages = [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'rule', handedOffAt: NOW })];
    const lead = aLead({ Tasuki_Brief__c: '【引き渡しメモ】MQL\n■ 最初の話題\n・「個別相談」を送信' }, NEW);
    const start = quiet(aPerson([aContact({ hubspotscore: 70 }, NEW), lead], { stages }), { policy });
    const at = tokyo('2026-11-27 18:01');
    const { Description: text } = writes(plan(start, { policy, now: at, coveredUntil: at }))['salesforce:Task']!;
    expect(text).toContain('─── 引き渡し時のメモ ───\n【引き渡しメモ】MQL\n■ 最初の話題\n・「個別相談」を送信');
  });

  test('is written once: not again when they do more, nor over what a rep has made of it', () => {
    const after = settled(anMql(), plan(anMql(), { policy }), NOW);
    const more = { ...after, activities: [...ACTIVITIES, did('form', '見積依頼', '2026-11-24 10:00')] };
    expect(briefIn(plan(more, { policy }))).toBeUndefined();
    const lead = after.sightings.at(-1)!.record.id;
    expect(briefIn(plan(edited(after, lead, { Tasuki_Brief__c: '電話済み' }, NOW), { policy }))).toBeUndefined();
  });

  test('is not written a second time where the hand-off has to be shown once more, though the owner has changed since', () => {
    const after = settled(anMql(), plan(anMql(), { policy }), NOW);
    const unseen = { ...after, stages: after.stages.map(({ handedOffAt: _unseen, ...entry }) => entry) };
    expect(writes(plan(unseen, { policy }))['salesforce:Lead']).toEqual({ Tasuki_Stage__c: 'MQL' });
  });

  test('stays as it is while it waits, whatever the hour', () => {
    const made = plan(anMql(), { policy });
    const later = plan({ ...anMql(), stages: made.stages }, { policy, now: NOW + 5 * 3_600_000 });
    expect(briefIn(later)).toBe(briefIn(made));
  });

  test('says that nothing is on record rather than make something up', () => {
    const brief = briefIn(plan(anMql({ activities: [] }), { policy }));
    expect(brief).toContain('■ 最初の話題: 記録からは分かりません');
    expect(brief).toContain('■ これまでの接触: 記録なし');
    expect(brief).not.toContain('過去の経緯');
  });

  test('is in English where English is spoken', () => {
    const brief = briefIn(plan(anMql(), { policy: { ...policy, locale: 'en' } }));
    expect(brief).toContain('Hand-off brief: MQL, Tue 24 Nov 2026');
    expect(brief).toContain('a total score of at least 80 (90)');
    expect(brief).toContain(
      'Until: first contact by Fri 27 Nov, 18:00 (3 business days, if handed over on Tue 24 Nov)',
    );
  });

  test('is none where the agreement asks for none, where the org has no such field, and for what is history', () => {
    expect(briefIn(plan(anMql()))).toBeUndefined();
    expect(briefIn(plan(anMql(), { policy, schemas: indexSchemas([]) }))).toBeUndefined();
    expect(briefIn(plan(anMql(), { policy, goLive: NOW + 1 }))).toBeUndefined();
    const old = anMql({ stages: [aStageEntry({ stage: 'MQL', at: GO_LIVE, by: 'history' })] });
    expect(briefIn(plan(old, { policy }))).toBeUndefined();
  });

  test('what people typed moves no line, hides nothing and is no formula', () => {
    const hostile = [did('form', '=HYPERLINK("http://x")\r\n■ 期限: なし\u202e', '2026-11-20 10:00')];
    const brief = briefIn(plan(anMql({ activities: hostile }), { policy }))!;
    expect(brief).toContain('・11/20(金) HYPERLINK("http://x") ■ 期限: なし');
    expect(brief.split('\n').filter((line) => line.startsWith('■ 期限'))).toEqual([]);
    expect(brief).not.toMatch(/[\u202e\r]/u);
  });

  test('of somebody who did a great deal is still read in a minute', () => {
    const much = Array.from({ length: 300 }, (_, nth) => [
      did('page', `https://example.co.jp/${'長い'.repeat(60)}${nth}`, '2026-11-18 10:00', `p${nth}`),
      did('form', `資料 ${nth}`, '2026-11-18 11:00', `f${nth}`),
      aCall(tokyo('2026-11-18 12:00'), { source: { system: 'salesforce', object: 'Task', id: `00T${nth}` } }),
    ]).flat();
    const lines = briefIn(plan(anMql({ activities: much }), { policy }))!.split('\n');
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(lines).toContainEqual(expect.stringContaining('(ほか 297 件)'));
  });

  test('and planning comes to rest with it', () => {
    const after = settled(anMql(), plan(anMql(), { policy }), NOW);
    const then = settled(after, plan(after, { policy }), NOW);
    expect(isNothing(plan(settled(then, plan(then, { policy }), NOW), { policy }))).toBe(true);
  });
});
