import { roleName } from '../cli/agreement-text.ts';
import type { PassResult } from '../cli/once.ts';
import type { Locale } from '../domain/policy.ts';
import type { BuyerDeal } from './demo-buyer.ts';
import type { Signed } from './demo-sign.ts';
import type { DemoResult } from './demo-story.ts';

/** The demo's own ledger is in use while it runs, so whoever looks on takes another. */
const BESIDE = '.tasuki-beside-demo';

export type DemoText = {
  readonly starting: string;
  readonly nobodyPromising: string;
  setUp(made: number): string;
  signed(signature: Signed): string;
  inForce(version: string): string;
  waits(people: number, toSend: number, toConfirm: number): string;
  firstPlan(line: string): string;
  approved(changes: number, plan: string): string;
  wrote(pass: PassResult): string;
  handedOver(email: string, owner: string, due: string): string;
  called(owner: string, lead: string): string;
  later(now: string): string;
  lapsed(owner: string, subject: string, description: string): string;
  explain(email: string): string;
  closed(owner: string, status: string): string;
  interested(email: string, form: string, seminar: string): string;
  readonly dealName: string;
  converted(owner: string, opportunity: string): string;
  dealMade(deal: BuyerDeal): string;
  won(owner: string): string;
  outcome(deal: BuyerDeal, shown: { readonly outcome: string | null; readonly lifecycleStage: string | null }): string;
  secondPass(planned: number): string;
  result(result: DemoResult): string;
  readonly failed: string;
  /** `environment`: one `NAME=value` per line, to point another Tasuki at the same CRMs. */
  kept(environment: readonly string[]): string;
};

const indent = (text: string) => text.replace(/^/gmu, '    ');
/** What people see on HubSpot's screen for the values of this story. */
const JA: Readonly<Record<string, string>> = {
  appointmentscheduled: 'アポイント設定済み',
  closedwon: '成約',
  customer: '顧客',
  won: '受注',
};
const EN: Readonly<Record<string, string>> = {
  appointmentscheduled: 'Appointment scheduled',
  closedwon: 'Closed won',
  customer: 'Customer',
  won: 'won',
};
const named = (names: Readonly<Record<string, string>>, value: string | null) =>
  value === null ? '—' : (names[value] ?? value);
const yen = (amount: number, locale: string) =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: 'JPY' }).format(amount);
const stagesText = ({ stages }: DemoResult) =>
  Object.entries(stages)
    .map(([stage, count]) => `${stage} ${count}`)
    .join(', ');

const ja: DemoText = {
  starting: '▶ 2 つの CRM(サンドボックス)と Tasuki を起動しています…',
  nobodyPromising: '(あと少しで MQL になる人がいないため、引き渡しの場面は省きます)',
  setUp: (made) => `▶ セットアップ: Tasuki が使う項目を ${made} 件作成しました。`,
  signed: ({ role, who, version }) => `▶ ${roleName(role, 'ja')} ${who} が、合意(定義書)${version} に署名しました。`,
  inForce: (version) =>
    `▶ 両部門の署名がそろい、合意 ${version} が有効になりました(署名がそろうまでは、対応表の項目だけを書き込みます)。`,
  waits: (people, toSend, toConfirm) => `  … 計画待ち ${people} 人、送信待ち ${toSend} 件、確認待ち ${toConfirm} 件`,
  firstPlan: (line) => `▶ 最初の計画(まだ何も書き込んでいません)\n  ${line}\n  たとえば:`,
  approved: (changes, plan) =>
    `▶ 初回の計画は、承認されるまで書き込みません。${changes} 件を承認しました(tasuki approve --plan ${plan})。`,
  wrote: ({ written, confirmed, refused }) =>
    `▶ 計画どおり ${written} 件を書き込み、読み戻して ${confirmed} 件を確認しました(拒否 ${refused} 件)。`,
  handedOver: (email, owner, due) => `▶ ${email} が MQL になり、${owner} に引き渡しました。\n    ${due}`,
  called: (owner, lead) => `▶ ${owner} がリード ${lead} に電話し、記録しました。`,
  later: (now) => `  … ${now}`,
  lapsed: (owner, subject, description) =>
    `▶ フォロー期限が過ぎました。${owner} に ToDo を 1 件だけ作成しました。\n  件名: ${subject}\n${indent(description)}`,
  explain: (email) => `▶ なぜそうなったのか(tasuki explain ${email})`,
  closed: (owner, status) => `▶ ${owner} が電話すると、ToDo は自動で「${status}」になりました。`,
  interested: (email, form, seminar) => `▶ ${email} がフォーム「${form}」を送信し、${seminar}に参加しました。`,
  dealName: '新規導入',
  converted: (owner, opportunity) =>
    `▶ ${owner} が取引を開始しました。取引先、取引先責任者、商談「${opportunity}」ができました。`,
  dealMade: ({ id, stage, amount }) =>
    `▶ Tasuki が HubSpot に取引 ${id} を作成し、コンタクトに関連付けました(ステージ「${named(JA, stage)}」、${yen(amount, 'ja-JP')})。`,
  won: (owner) => `▶ ${owner} が商談を受注しました。`,
  outcome: ({ id, stage }, { outcome, lifecycleStage }) =>
    `▶ HubSpot でも取引 ${id} が「${named(JA, stage)}」になりました。コンタクトには商談の結果「${named(JA, outcome)}」とライフサイクルステージ「${named(JA, lifecycleStage)}」が入っています。`,
  secondPass: (planned) => `▶ もう一度実行しました。計画された変更は ${planned} 件です。`,
  result: (result) =>
    [
      `人 ${result.people} 人(${stagesText(result)})`,
      `会社 ${result.companies} 社、両システムでつながった商談 ${result.deals} 件`,
      `変更: 計画 ${result.changes.planned}、書き込み ${result.changes.written}、確認済み ${result.changes.confirmed}、拒否 ${result.changes.refused}`,
      `ToDo: 作成 ${result.tasks.opened}、完了 ${result.tasks.closed}。2 回目の計画: ${result.secondPass.planned} 件。所要 ${(result.ms / 1000).toFixed(1)} 秒`,
    ].join('\n'),
  failed: '✗ 話のとおりになりませんでした。上の数字とメッセージを確かめてください。',
  kept: (environment) =>
    [
      '▶ サンドボックスとワーカーを動かしたままにします。停止は Ctrl+C。',
      '  別の端末から同じ CRM を見るには、次を環境変数にして tasuki plan などを実行してください(台帳は別のフォルダになります)。',
      ...environment.map((line) => `    export ${line}`),
      `    export TASUKI_FOLDER=${BESIDE}`,
    ].join('\n'),
};

const en: DemoText = {
  starting: '▶ Starting two emulated CRMs and Tasuki …',
  nobodyPromising: '(Nobody is just short of an MQL, so the hand-off scene is left out.)',
  setUp: (made) => `▶ Set-up: made the ${made} fields that Tasuki needs.`,
  signed: ({ role, who, version }) => `▶ ${who} signed agreement ${version} as ${roleName(role, 'en')}.`,
  inForce: (version) =>
    `▶ Both heads have signed, so agreement ${version} is in force. Until then only mapped fields would be written.`,
  waits: (people, toSend, toConfirm) =>
    `  … ${people} people to plan, ${toSend} changes to send, ${toConfirm} to confirm`,
  firstPlan: (line) => `▶ The first plan (nothing is written yet)\n  ${line}\n  For example:`,
  approved: (changes, plan) =>
    `▶ A first plan is not written before somebody approves it. Approved ${changes} changes (tasuki approve --plan ${plan}).`,
  wrote: ({ written, confirmed, refused }) =>
    `▶ Wrote ${written} changes as planned, read back and confirmed ${confirmed} (${refused} refused).`,
  handedOver: (email, owner, due) => `▶ ${email} became an MQL and was handed to ${owner}.\n    ${due}`,
  called: (owner, lead) => `▶ ${owner} called lead ${lead} and logged it.`,
  later: (now) => `  … ${now}`,
  lapsed: (owner, subject, description) =>
    `▶ The deadline lapsed. ${owner} got one Task, and only one.\n  Subject: ${subject}\n${indent(description)}`,
  explain: (email) => `▶ Why is that? (tasuki explain ${email})`,
  closed: (owner, status) => `▶ ${owner} called, and the Task closed by itself ("${status}").`,
  interested: (email, form, seminar) => `▶ ${email} sent the form "${form}" and came to ${seminar}.`,
  dealName: 'First order',
  converted: (owner, opportunity) =>
    `▶ ${owner} converted the lead: there are an account, a contact and the opportunity "${opportunity}" now.`,
  dealMade: ({ id, stage, amount }) =>
    `▶ Tasuki made deal ${id} in HubSpot and tied it to the contact (stage “${named(EN, stage)}”, ${yen(amount, 'en-GB')}).`,
  won: (owner) => `▶ ${owner} won the opportunity.`,
  outcome: ({ id, stage }, { outcome, lifecycleStage }) =>
    `▶ In HubSpot, deal ${id} is “${named(EN, stage)}” now; the contact shows the outcome “${named(EN, outcome)}” and the lifecycle stage “${named(EN, lifecycleStage)}”.`,
  secondPass: (planned) => `▶ Ran once more. Changes planned: ${planned}.`,
  result: (result) =>
    [
      `${result.people} people (${stagesText(result)})`,
      `${result.companies} companies, ${result.deals} deals linked in both systems`,
      `Changes: ${result.changes.planned} planned, ${result.changes.written} written, ${result.changes.confirmed} confirmed, ${result.changes.refused} refused`,
      `Tasks: ${result.tasks.opened} opened, ${result.tasks.closed} closed. Second pass planned ${result.secondPass.planned}. Took ${(result.ms / 1000).toFixed(1)} s`,
    ].join('\n'),
  failed: '✗ The story did not come true. See the figures and messages above.',
  kept: (environment) =>
    [
      '▶ Sandbox and worker are left running. Stop with Ctrl+C.',
      '  To look at the same CRMs from another terminal, set these and run tasuki plan (its ledger is a folder of its own):',
      ...environment.map((line) => `    export ${line}`),
      `    export TASUKI_FOLDER=${BESIDE}`,
    ].join('\n'),
};

export const demoText: Readonly<Record<Locale, DemoText>> = { ja, en };
