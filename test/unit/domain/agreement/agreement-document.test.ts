import { describe, expect, test } from 'vitest';
import type { Signature } from '../../../../src/domain/agreement/signatures.ts';
import { type AgreementShown, agreementDocument } from '../../../../src/domain/texts/agreement-document.ts';
import { htmlOf } from '../../../../src/domain/texts/document-html.ts';
import { markdownOf } from '../../../../src/domain/texts/document-markdown.ts';
import { tokyo } from '../../../support/people.ts';
import { type Edit, edited, exampleNamed } from '../../config/written.ts';

const NOW = tokyo('2026-11-22 10:00');

function shown(mappings = exampleNamed('agreement.complete.yaml'), more: Partial<AgreementShown> = {}): AgreementShown {
  const version = { ...mappings.agreement, signatures: [], acknowledged: [] };
  return { policy: mappings.policy, version, standing: 'not-in-force', now: NOW, ...more };
}

const markdown = (given: AgreementShown, locale: 'ja' | 'en' = 'ja') => markdownOf(agreementDocument(given, locale));
const shipped = (...edits: readonly Edit[]) => markdown(shown(edited(...edits)));

describe('the table of what two departments agree upon', () => {
  const rows = (text: string) => text.split('\n').filter((line) => line.startsWith('| '));

  test.each([
    '| スコア閾値 | 合計スコアが 80 点以上 | BANT 4 項目のうち 2 項目以上を確認済み |',
    '| 必須行動 | 資料ダウンロードが直近 90 日で 3 回以上<br>「採用ページの閲覧が直近 30 日で 5 回以上」に該当しない | 個別相談の申し込みが 1 回以上、または見積依頼が 1 回以上 |',
    '| 属性条件 | 会社の従業員数が 50 以上、または会社の業種が「製造」「情報通信」のいずれか | 決裁者アクセスあり |',
    '| 引き渡しタイミング | 条件を満たした時点で、インサイドセールスへ引き渡し | 条件を満たした時点で、フィールドセールスへ引き渡し |',
    '| フォロー期限 | 営業への引き渡し: MQL の条件を満たした時点から 24 時間以内に、インサイドセールスへの引き渡し<br>初回接触: インサイドセールスへの引き渡しから 3 営業日以内に、電話、メール、打ち合わせのいずれかで連絡(チームの誰でもよい)<br>受け入れの返答: インサイドセールスへの引き渡しから 1 営業日以内に、受け入れるか差し戻すかの返答(返答がなければ、受け入れたものとみなす)<br>商談化の見極め: 「初回接触」が果たされた時点から 10 営業日以内に、SQL への到達、またはリサイクル(理由を添えて)、または対象外(理由を添えて) | フィールドセールスの引き取り: SQL になった時点から 1 営業日以内に、フィールドセールスへの引き渡し<br>商談の設定: フィールドセールスへの引き渡しから 5 営業日以内に、商談の作成(金額あり、完了予定日あり)、または打ち合わせの予約(フィールドセールス) |',
    '| 見直しサイクル | 四半期ごと(次回 2027年3月15日(月)) | 四半期ごと(次回 2027年3月15日(月)) |',
    '| 責任部門 | マーケティング部門 | 営業部門 |',
  ])('has the row %s', (row) => {
    expect(rows(markdown(shown()))).toContain(row);
  });

  test.each([
    '| score threshold | a total score of at least 80 | at least 2 of the 4 BANT items confirmed |',
    '| follow-up deadline | hand-over to sales: the hand-off to inside sales, within 24 hours of the criteria of MQL being met<br>first contact: contact by call or e-mail or meeting (anybody of the team), within 3 business days of the hand-off to inside sales<br>answer to the hand-off: an answer: accepted or rejected, within 1 business day of the hand-off to inside sales (silence counts as accepted)<br>qualification: the entry into SQL, or recycled (with a reason), or disqualified (with a reason), within 10 business days of the day on which “first contact” is met | acceptance by field sales: the hand-off to field sales, within 1 business day of the entry into SQL<br>setting up the deal: an opportunity (with an amount, with a close date), or a meeting booked by field sales, within 5 business days of the hand-off to field sales |',
    '| review cycle | every quarter, next on Mon 15 Mar 2027 | every quarter, next on Mon 15 Mar 2027 |',
  ])('has in English the row %s', (row) => {
    expect(rows(markdown(shown(), 'en'))).toContain(row);
  });

  test('says of an agreement that is as short as it gets what is not agreed yet', () => {
    const text = markdown(shown(exampleNamed('agreement.minimal.yaml')));
    expect(rows(text)).toContain('| 見直しサイクル | 未設定 | 未設定 |');
    expect(text).toContain('## 共通 KPI の目標\n\nまだ決まっていません。');
  });

  test('names a choice between an action and an attribute in both rows', () => {
    const either =
      'any: [{ field: hubspot.jobtitle, blank: false }, { all: [{ score: behaviour, at-most: 5 }, { deal: lost }] }]';
    const text = shipped(['agreement.yaml', 'when: { score: total, at-least: 80 }', `when: { ${either} }`]);
    const words = '役職が入力済み、または(行動スコアが 5 点以下、かつ失注した商談がある)';
    expect(rows(text)).toContain(`| スコア閾値 | ${words} | 未設定 |`);
    expect(rows(text)).toContain(`| 属性条件 | ${words} | 未設定 |`);
  });
});

describe('the agreement in words', () => {
  const text = markdown(shown());

  test.each([
    ['an action with its ways', '| 展示会への来場 | 「秋の展示会」への反応<br>フォーム「展示会アンケート」の送信 |'],
    [
      'points with a cap, a period and halving',
      '- セミナー参加: 1 回につき 30 点(上限 60 点、直近 180 日、90 日ごとに半減)',
    ],
    ['points that are taken off', '- 採用ページの閲覧: 1 回につき -10 点(減点は 20 点まで、直近 90 日)'],
    ['points for an attribute', '- 会社の従業員数が 100 以上: 15 点'],
    [
      'a choice among criteria',
      '- 次のいずれかを満たす\n  - 会社の従業員数が 50 以上\n  - 会社の業種が「製造」「情報通信」のいずれか',
    ],
    ['a hand-off', 'この段階に入った人を、インサイドセールスへ引き渡します。'],
    [
      'who receives',
      '| インサイドセールス | 順番に割り当て | taro.suzuki@example.co.jp(ひと回りに 2 回、1 日 20 件まで)<br>aya.ito@example.co.jp(1 日 20 件まで)<br>',
    ],
    ['who receives by what', '| フィールドセールス | 業種による(「製造」: yuki.nakamura@example.co.jp; 「金融」: '],
    ['that a brief comes with it', '受け取る人へのメモを Salesforce に書きます'],
    [
      'what marketing owes',
      '| 営業への引き渡し | マーケティング部門<br>HubSpot の担当者(いなければマーケティング責任者) | MQL の条件を満たした時点 |',
    ],
    [
      'a deadline for a conversion',
      'その人がまだリードだと分かった時点 | リードの取引開始(コンバート) | 2 営業日以内 |',
    ],
    ['where BANT stands', '| 予算(Budget) | Salesforce の「BANT\\_Budget\\_\\_c」 | 「確認済み」 |'],
    ['what has to be filled in', '- SQL までに記入する項目: 役職、会社の業種'],
    ['reasons', '| リサイクル(マーケティングに戻す) | 時期が先<br>予算なし<br>連絡がつかない |'],
    ['a target that is a ceiling', '| 放置率 | 5% 以下 |'],
    ['who reviews it', '担当: マーケティング責任者、営業責任者'],
    ['office hours', '- 営業時間: 月〜金曜 09:00〜18:00'],
    [
      'closures of the coming year, as spans',
      '  - 年末年始休業: 2026年12月29日(火)〜2027年1月3日(日)\n  - 夏季休業: 2027年8月12日(木)〜2027年8月16日(月)\n- タイムゾーン: Asia/Tokyo',
    ],
  ])('tells %s', (_, words) => {
    expect(text).toContain(words);
  });

  test('tells in English what it tells in Japanese, heading by heading', () => {
    const shapeOf = (markdownText: string) => markdownText.match(/^(?:#+|\||-) /gmu);
    expect(shapeOf(markdown(shown(), 'en'))).toEqual(shapeOf(text));
    expect(markdown(shown(), 'en')).not.toMatch(/未設定|以上|営業/u);
  });

  test('tells hours that differ by the day, and an office that never closes for holidays', () => {
    const hours = shipped(
      ['calendar.yaml', 'hours: { mon-fri: "09:00-18:00" }', 'hours: { mon-thu: "09:00-18:00", sat: "10:00-12:30" }'],
      ['calendar.yaml', 'holidays: JP', 'holidays: none'],
    );
    expect(hours).toContain('- 営業時間: 月〜木曜 09:00〜18:00\n- 営業時間: 土曜 10:00〜12:30\n- 会社の休み');
  });
});

describe('the document says what it is', () => {
  const mappings = exampleNamed('agreement.complete.yaml');
  const by = (role: Signature['role'], how: Signature['how']): Signature => {
    return { role, who: `${role}@example.co.jp`, how, user: 'hanako', at: NOW };
  };
  const both = [by('marketing-head', 'command line'), by('sales-head', 'console')];
  const version = (...signatures: readonly Signature[]) => ({ ...mappings.agreement, signatures, acknowledged: [] });

  test.each<[string, Partial<AgreementShown>, string]>([
    [
      'a proposal, and whose signature is missing',
      { version: version(by('sales-head', 'console')) },
      'これは提案です。マーケティング責任者の署名がまだありません',
    ],
    [
      'signed, and from when it holds',
      { version: version(...both) },
      '署名済みです。2027年1月1日(金) 00:00 から有効になります',
    ],
    [
      'in force',
      { version: version(...both), standing: 'in-force' },
      '現在有効な合意です(2027年1月1日(金) 00:00 から)',
    ],
    ['not looked up', { standing: 'unknown', now: null }, '署名の状況は確認していません'],
  ])('%s', (_, more, words) => {
    expect(markdown(shown(mappings, more))).toContain(words);
  });

  test('with who signed, as whom, when and how, and of which text', () => {
    const text = markdown(shown(mappings, { version: version(...both) }));
    expect(text).toContain(
      '| マーケティング責任者 | marketing-head@example.co.jp | 2026年11月22日(日) 10:00<br>コマンドライン、OS のユーザー hanako |',
    );
    expect(text).toContain(`SHA-256: ${mappings.agreement.hash}`);
  });
});

test('what an admin wrote is text and nothing else, whatever it looks like', () => {
  const evil = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) **b** `c` | d\\u202E https://evil.example';
  const mappings = edited(
    ['agreement.yaml', 'version: "2026-11"', 'version: "</title><script>alert(1)</script>"'],
    ['agreement.yaml', 'contains-any: [部長,', `contains-any: ["${evil}",`],
    ['calendar.yaml', 'name: 年末年始休業', `name: "${evil}"`],
    ['owners.yaml', 'queue: IS_Queue', 'queue: "<b>&amp;"'],
  );
  const given = shown(mappings);
  const html = htmlOf(agreementDocument(given, 'ja'), 'ja');
  expect(html).not.toMatch(/<(?:script|img|b|a)\b|\u202e/iu);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;</title>');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(html).toContain('&lt;b&gt;&amp;amp;');
  const text = markdown(given);
  expect(text).toContain(
    '\\<img src=x onerror=alert(1)\\> \\[x\\](javascript:alert(1)) \\*\\*b\\*\\* \\`c\\` \\| d  https\\://evil',
  );
  expect(text.replaceAll('<br>', '')).not.toMatch(/(?<!\\)[<>`*[\]]|\u202e/u);
});
