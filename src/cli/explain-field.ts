import type { AgreementFacts, AnyFacts, PersonFacts } from '../domain/people/person.ts';
import { calendarOfClock, type DuePolicy, dueText } from '../domain/texts/due-text.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { reasonText } from '../domain/texts/reasons.ts';
import { CHANGE_STATE, CLOCK_STATE, STAGE_CAUSE } from '../domain/texts/states.ts';
import { whyNotText } from '../domain/texts/why-not.ts';
import { deadlineName, type InBoth, inBrackets, quoted, stageName } from '../domain/texts/words.ts';
import type { Side } from '../reconcile/field-sides.ts';
import { type Derived, findField } from '../reconcile/find-field.ts';
import { type FieldStory, storyOf } from '../reconcile/why-field.ts';
import { contextNow } from '../steps/context-now.ts';
import { recordName, type Voice } from './change-text.ts';
import type { LedgerDesk, Terminal } from './verb.ts';

/** One field of one person, deal or company: what it is, what decides it, who wrote it last, and why it is not written now. */
export async function explainField(
  word: string,
  facts: Exclude<AnyFacts, AgreementFacts>,
  { ledger, clock, policy }: Pick<LedgerDesk, 'ledger' | 'clock' | 'policy'>,
  terminal: Terminal,
): Promise<number> {
  const context = await contextNow(ledger, await policy(), clock.now());
  const found = findField(word, facts.kind, context);
  if (found.kind === 'unknown') {
    const near = found.near.join(', ');
    terminal.say(
      terminal.locale === 'ja'
        ? `「${word}」という項目はありません。近い名前: ${near}`
        : `There is no field "${word}". Near it: ${near}`,
    );
    if (terminal.json) terminal.result(null, '');
    return 1;
  }
  const lines = await ledger.history(facts.id);
  const changes = lines.flatMap((line) => (line.kind === 'change' ? [line.change] : []));
  const story = storyOf(found.field, facts, changes, context);
  const voice = { ...context.policy, locale: terminal.locale };
  terminal.result({ entity: facts.id, ...story }, fieldText(story, facts, voice));
  return 0;
}

const HEADS = {
  ja: {
    rule: '決まり',
    base: 'ベース値',
    last: '最後の書き込み',
    none: 'なし',
    planned: '計画',
    sent: '送信',
    confirmed: '確認',
    agreement: '合意',
    now: '現在',
    absent: '(レコードまたは項目なし)',
    unread: '(未読)',
  },
  en: {
    rule: 'Rule',
    base: 'Base',
    last: 'Last write',
    none: 'none',
    planned: 'planned',
    sent: 'sent',
    confirmed: 'confirmed',
    agreement: 'agreement',
    now: 'Now',
    absent: '(no record, or no such field)',
    unread: '(not read)',
  },
} as const;

/** The story of one field, in five lines or so. */
export function fieldText(story: FieldStory, facts: AnyFacts, voice: DuePolicy): string {
  const { locale } = voice;
  const heads = HEADS[locale];
  const { base, field } = story;
  return [
    `${facts.id}  ${field.name}`,
    ...[story.hubspot, story.salesforce].map((side) => `  ${sideText(side, voice)}`),
    `  ${heads.base}: ${base === null ? heads.none : `HubSpot ${quoted(base.hubspot, locale)} / Salesforce ${quoted(base.salesforce, locale)}${inBrackets(locale, formatLocal(base.since, voice.calendar, locale))}`}`,
    `  ${heads.rule}: ${ruleText(story, locale)}`,
    ...derivedLines(story, facts, voice).map((line) => `    ${line}`),
    `  ${heads.last}: ${lastText(story, voice)}`,
    `  ${heads.now}: ${whyNotText(story.whyNot, locale)}`,
  ].join('\n');
}

function sideText({ record, field, value }: Side, { locale }: Voice): string {
  if (record === null || field === null) return HEADS[locale].absent;
  const shown = value === undefined ? HEADS[locale].unread : quoted(value, locale);
  return `${recordName(record, locale)} ${record.id} ${field} = ${shown}`;
}

/** What decides a derived field, where a mapped one shows its line of the mapping. */
const ABOUT: Readonly<Record<Derived, InBoth>> = {
  stage: {
    ja: '合意(定義書)で決まるステージ(手で変更しても元に戻る)',
    en: 'the stage that the agreement gives; nobody else’s edit of it stands',
  },
  lifecycle: { ja: 'ステージの表示(前進のみ)', en: 'shows the stage, forward only' },
  owner: {
    ja: 'Salesforce の所有者を表示(mappings/owners.yaml)',
    en: 'shows Salesforce’s owner (mappings/owners.yaml)',
  },
  deadline: { ja: '進行中のいちばん近いフォロー期限', en: 'the next deadline that runs' },
  brief: {
    ja: '引き渡しのときに受け手へ書くメモ(その後の手での変更は、次の引き渡しまで残る)',
    en: 'written for the receiver at the hand-off; what a person changes in it stays until the next one',
  },
  key: { ja: '両方のレコードを結ぶキー', en: 'the key that ties both records to each other' },
  'sales-state': { ja: 'Salesforce 側のレコードの有無', en: 'whether sales has a record' },
  'lead-status': { ja: 'リードの状況(ステージの写し)', en: 'the status of the lead, which may show the stage' },
  answer: { ja: '営業の返答', en: 'what sales answered' },
  'deal-outcome': { ja: '最後の商談の結果', en: 'how the last deal stands' },
  'deal-stage': {
    ja: 'パイプラインとステージの対応(mappings/deal.yaml)',
    en: 'the map of pipelines and stages (mappings/deal.yaml)',
  },
  amount: { ja: '金額と通貨(mappings/deal.yaml)', en: 'amount with currency (mappings/deal.yaml)' },
  'close-date': { ja: '完了予定日(mappings/deal.yaml)', en: 'the close date (mappings/deal.yaml)' },
};

function ruleText({ field: { rule } }: FieldStory, locale: Voice['locale']): string {
  if (rule.kind === 'none') return HEADS[locale].none;
  if (rule.kind === 'derived') return ABOUT[rule.about][locale];
  const { at, policy, conflict, clears, first } = rule.mapping;
  return `${at}  policy: ${policy}, conflict: ${conflict}, clears: ${clears}, first: ${first}`;
}

/** Of a stage the entry with its evidence, of a deadline its clock. */
function derivedLines({ field: { rule } }: FieldStory, facts: AnyFacts, voice: DuePolicy): readonly string[] {
  if (rule.kind !== 'derived' || facts.kind !== 'person') return [];
  if (rule.about === 'stage' || rule.about === 'lifecycle' || rule.about === 'answer') return stageLines(facts, voice);
  return rule.about === 'deadline' ? clockLines(facts, voice) : [];
}

function stageLines({ stages }: PersonFacts, { calendar, locale }: Voice): readonly string[] {
  const entry = stages.at(-1);
  if (entry === undefined) return [];
  const evidence = Object.entries(entry.evidence).map(([name, value]) => `${name}=${value ?? ''}`);
  const how = [STAGE_CAUSE[entry.by][locale], `${HEADS[locale].agreement} ${entry.agreementVersion}`, ...evidence];
  return [`${formatLocal(entry.at, calendar, locale)}  ${stageName(entry.stage, locale)}${inBrackets(locale, ...how)}`];
}

function clockLines({ clocks }: PersonFacts, voice: DuePolicy): readonly string[] {
  const next = clocks.filter(({ state }) => state === 'running').toSorted((one, other) => one.dueAt - other.dueAt)[0];
  if (next === undefined) return [];
  const { locale } = voice;
  const calendar = calendarOfClock(next, voice);
  const { kind, state, startedAt, dueAt } = next;
  const [from, to] = [startedAt, dueAt].map((at) => formatLocal(at, calendar, locale));
  return [`${deadlineName(kind, locale)}: ${CLOCK_STATE[state][locale]}  ${from} → ${to}`, dueText(next, voice)];
}

function lastText({ last }: FieldStory, { calendar, locale }: Voice): string {
  const heads = HEADS[locale];
  if (last === null) return heads.none;
  const { change, write } = last;
  const when = (
    [
      ['planned', change.plannedAt],
      ['sent', change.sentAt],
      ['confirmed', change.confirmedAt],
    ] as const
  ).flatMap(([what, at]) => (at === undefined ? [] : [`${heads[what]} ${formatLocal(at, calendar, locale)}`]));
  const was = write.before === undefined ? '' : `${quoted(write.before, locale)} → `;
  const told = [
    CHANGE_STATE[change.state][locale],
    change.run,
    `${heads.agreement} ${change.agreementVersion}`,
    ...when,
  ];
  return `${was}${quoted(write.after, locale)}  ${reasonText(write.reason, locale)}${inBrackets(locale, ...told)}`;
}
