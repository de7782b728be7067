import type { Options } from '../config/options.ts';
import { escalates } from '../domain/agreement/deadline.ts';
import { endsSoon } from '../domain/calendar/covered.ts';
import { toLocal } from '../domain/calendar/local-time.ts';
import { checkPolicyAgainst } from '../domain/check-policy.ts';
import { calendarsOf } from '../domain/clocks/office-time.ts';
import { OBJECTS, type ObjectSchema, SYSTEMS, type System } from '../domain/people/record.ts';
import type { Locale } from '../domain/policy.ts';
import { findingText } from '../domain/texts/findings.ts';
import { printable } from '../domain/texts/words.ts';
import { type ConfigFault, CredentialsRejected, RateLimited, RemoteUnavailable } from '../errors/errors.ts';
import { indexDirectory } from '../reconcile/context.ts';
import { userOrQueue } from '../reconcile/owner.ts';
import { missingFields } from '../steps/set-up.ts';
import type { Works } from '../steps/works.ts';
import { agreementNow, mappingsIfSound } from './agreement-now.ts';
import { inForceLine, proposalLines } from './agreement-text.ts';
import { callChecks, type Schedule } from './call-checks.ts';
import type { Check } from './check.ts';
import { clockChecks } from './clock-check.ts';
import { credentialsRemedy } from './error-text.ts';
import type { Verb } from './verb.ts';
import { heldLines } from './waiting-text.ts';

type Folder = Pick<Options, 'mappings' | 'locale'>;

/**
 * Looks at everything a pass depends on, changes nothing, and says what to do. A CRM that does not let us in is one more thing to
 * mend, not the end of the examination. What takes both to judge is then left out.
 */
async function examine(works: Works, options: Schedule & Folder, locale: Locale): Promise<readonly Check[]> {
  const t = locale === 'ja' ? JA : EN;
  const checks: Check[] = [];
  const schemas: ObjectSchema[] = [];
  const reached: System[] = [];
  for (const system of SYSTEMS) {
    const name = t.connection(system);
    try {
      const identity = await works.crm[system].identity();
      for (const object of OBJECTS[system]) {
        const schema = await works.crm[system].describe(object);
        if (schema !== null) schemas.push(schema);
      }
      reached.push(system);
      checks.push({ name, ok: true, says: `${identity.name} (${identity.account})` });
      checks.push(...clockChecks(system, works, locale));
    } catch (error) {
      checks.push({ name, ok: false, ...unreached(error, locale, t) });
    }
  }
  return [
    ...checks,
    ...(reached.length < SYSTEMS.length
      ? []
      : [...policyChecks(works, schemas, locale, t), ownFieldsCheck(works, schemas, t)]),
    ...closedStatusCheck(schemas, t),
    ...(await peopleChecks(works, reached, t)),
    calendarCheck(works, t),
    await agreementCheck(works, options, locale),
    ...messageCheck(works, t),
    ...(await callChecks(works, options, locale)),
    ...(await ledgerChecks(works, locale, t)),
  ];
}

/** What a CRM that cannot be reached says, and what to do; anything else is our bug and is thrown. */
function unreached(error: unknown, locale: Locale, t: Words): Pick<Check, 'says' | 'remedy'> {
  if (error instanceof CredentialsRejected) return { says: error.message, remedy: credentialsRemedy(error, locale) };
  if (error instanceof RemoteUnavailable || error instanceof RateLimited)
    return { says: error.message, remedy: t.later };
  throw error;
}

function policyChecks({ policy }: Works, schemas: readonly ObjectSchema[], locale: Locale, t: Words): readonly Check[] {
  const faults = checkPolicyAgainst(policy(), schemas);
  const told = (found: readonly ConfigFault[], ok: boolean) =>
    found.map(({ at, message }) => ({ name: t.mappings, ok, says: `${at}: ${message}` }));
  const doubts = (policy().doubts ?? []).map(({ at, message }) => ({ at, message: message[locale] }));
  if (faults.length > 0) return [...told(faults, false), ...told(doubts, true)];
  return [{ name: t.mappings, ok: true, says: t.mappingsFit }, ...told(doubts, true)];
}

function ownFieldsCheck({ policy }: Works, schemas: readonly ObjectSchema[], t: Words): Check {
  const missing = missingFields(schemas, policy());
  if (missing.length === 0) return { name: t.fields, ok: true, says: t.fieldsThere };
  return { name: t.fields, ok: false, says: missing.join(', '), remedy: 'tasuki setup' };
}

function closedStatusCheck(schemas: readonly ObjectSchema[], t: Words): readonly Check[] {
  const task = schemas.find(({ object }) => object === 'Task');
  if (task === undefined) return [];
  const options = task.fields.find(({ name }) => name === 'Status')?.options ?? [];
  const closed = options.filter((option) => option.closed && option.active).map(({ value }) => value);
  return [{ name: t.closedStatus, ok: closed.length > 0, says: closed.join(', ') || t.none }];
}

async function peopleChecks(
  { ledger, crm, policy, clock }: Works,
  reached: readonly System[],
  t: Words,
): Promise<readonly Check[]> {
  if (!reached.includes('salesforce')) return []; // teams and queues are Salesforce's
  const read = await Promise.all(reached.map((system) => crm[system].directory()));
  const directory = indexDirectory([...(await ledger.directory()), ...read.flat()]);
  const { teams, unmatched, absences } = policy().owners;
  const today = toLocal(clock.now(), policy().calendar).day;
  const unknown = Object.values(teams)
    .flatMap(({ members, queue, manager }) => [...members, queue, manager])
    .concat(unmatched)
    .concat(Object.values(policy().owners.ladder ?? {}).flat())
    .concat(absences.filter(({ to }) => to >= today).map(({ deputy }) => deputy))
    .filter((name): name is string => name !== null && userOrQueue(name, directory) === null);
  if (unknown.length === 0) return [{ name: t.people, ok: true, says: t.peopleKnown }];
  return [...new Set(unknown)].map((name) => ({ name: t.people, ok: false, says: name, remedy: t.peopleRemedy }));
}

/** Only where the agreement has anybody told: then that nothing is sent is worth knowing, and nothing that can be mended today. */
function messageCheck({ policy }: Works, t: Words): readonly Check[] {
  const { agreement } = policy();
  const isTold = escalates(agreement) || agreement.deadlines.some(({ remind }) => remind !== undefined);
  return isTold ? [{ name: t.messages, ok: true, says: t.noChannel }] : [];
}

/** Of all offices, the table that ends first. */
function calendarCheck({ policy, clock }: Works, t: Words): Check {
  const calendars = calendarsOf(policy());
  const to = calendars.map(({ covers }) => covers.to).reduce((one, other) => (other < one ? other : one));
  const isLong = calendars.every((calendar) => !endsSoon(calendar, clock.now()));
  return { name: t.calendar, ok: isLong, says: t.calendarTo(to) };
}

/** A proposal is nothing to mend; that nothing is in force is. */
async function agreementCheck({ ledger, clock, policy }: Works, folder: Folder, locale: Locale): Promise<Check> {
  const { calendar } = policy();
  const now = await agreementNow(ledger, mappingsIfSound(folder), { now: clock.now(), calendar });
  const ok = now.standing.inForce !== null;
  const says = [inForceLine(now, { locale, calendar }), ...proposalLines(now, locale)].join(' ');
  const name = locale === 'ja' ? '合意(定義書)' : 'Agreement';
  return { name, ok, says, ...(ok ? {} : { remedy: 'tasuki agreement sign' }) };
}

async function ledgerChecks({ ledger }: Works, locale: Locale, t: Words): Promise<readonly Check[]> {
  const waiting = await ledger.waiting();
  const paused = await ledger.paused();
  const findings = await ledger.findings();
  const rejected = findings.filter(({ code }) => code === 'PLAN_REJECTED').length;
  const asks = heldLines({ ...waiting.held, rollout: 0 }, locale);
  const isFirstRun = (await ledger.goLive()) === null;
  const approved = waiting.approved.hubspot + waiting.approved.salesforce;
  return [
    {
      name: t.writing,
      ok: paused === null,
      says: paused === null ? t.notPaused : t.paused(paused.by, paused.why),
      ...(paused === null ? {} : { remedy: 'tasuki resume' }),
    },
    {
      name: t.approval,
      ok: asks.length === 0,
      says: asks.join(' ') || (isFirstRun ? t.firstRun : t.approved),
    },
    ...heldLines({ ...waiting.held, 'first-run': 0, breaker: 0 }, locale).map((says) => ({
      name: t.rollout,
      ok: true,
      says,
    })),
    { name: t.waiting, ok: true, says: t.waits(waiting.dirty, approved, waiting.parked) },
    ...findings
      .filter(({ code }) => code !== 'PLAN_REJECTED' && code !== 'AGREEMENT_UNSIGNED') // said with the agreement
      .map((finding) => ({ name: t.finding, ok: false, says: findingText(finding, locale) })),
    ...(rejected === 0 ? [] : [{ name: t.approval, ok: true, says: t.rejected(rejected) }]),
  ];
}

type Words = typeof JA;
const JA = {
  connection: (system: System) => `接続 ${system === 'hubspot' ? 'HubSpot' : 'Salesforce'}`,
  mappings: 'マッピング',
  mappingsFit: '両方のシステムの項目と合っています',
  fields: 'Tasuki の項目',
  fieldsThere: 'すべてあり、書き込めます',
  closedStatus: 'ToDo の完了状況',
  none: '見つかりません',
  people: '担当者とキュー',
  peopleKnown: 'すべて有効です',
  peopleRemedy: 'mappings/owners.yaml と Salesforce のユーザー、キューを見比べてください',
  later: '時間をおいて、もう一度実行してください',
  calendar: '営業日カレンダー',
  calendarTo: (day: string) => `祝日の表は ${day} まであります`,
  writing: '書き込み',
  notPaused: '停止していません',
  paused: (by: string, why: string) => `${by} が停止しました${why === '' ? '' : `(理由: ${why})`}`,
  waiting: '待ち',
  waits: (dirty: number, approved: number, parked: number) =>
    `計画待ち ${dirty} 件、送信待ち ${approved} 件、停止による待機 ${parked} 件`,
  finding: '要確認',
  approval: '承認',
  approved: '承認を待つ変更はありません',
  firstRun: '初回の実行は、書き込む前に承認(tasuki approve)を待ちます',
  rejected: (records: number) => `取り下げられた変更が ${records} レコードにあります。値が変わるまで計画しません`,
  rollout: '段階的な展開',
  messages: 'メッセージ',
  noChannel: '送信手段は設定されていません。予告とエスカレーションの文面は tasuki messages で見られます',
};
const EN: Words = {
  connection: (system) => `Connection ${system === 'hubspot' ? 'HubSpot' : 'Salesforce'}`,
  mappings: 'Mappings',
  mappingsFit: 'fit the fields of both systems',
  fields: 'Fields of ours',
  fieldsThere: 'are all there and writable',
  closedStatus: 'Task status for "done"',
  none: 'none found',
  people: 'People and queues',
  peopleKnown: 'are all known and active',
  peopleRemedy: 'Compare mappings/owners.yaml with the users and queues in Salesforce.',
  later: 'Run it again later.',
  calendar: 'Business calendar',
  calendarTo: (day) => `public holidays are known until ${day}`,
  writing: 'Writing',
  notPaused: 'is not paused',
  paused: (by, why) => `was paused by ${by}${why === '' ? '' : ` (why: ${why})`}`,
  waiting: 'Waiting',
  waits: (dirty, approved, parked) =>
    `${dirty} people, deals or companies to plan, ${approved} changes to send, ${parked} that a pause holds`,
  finding: 'Finding',
  approval: 'Approval',
  approved: 'nothing waits for it',
  firstRun: 'the first run waits for it before it writes: tasuki approve',
  rejected: (records) => `changes of ${records} records were rejected; they are not planned until a value differs`,
  rollout: 'Rollout',
  messages: 'Messages',
  noChannel: 'no channel is configured; reminders and escalations are kept: tasuki messages',
};

export const doctorVerb: Verb = {
  name: 'doctor',
  summary: 'Look at everything a run depends on, change nothing, and say what to do.',
  examples: ['tasuki doctor', 'tasuki doctor --json | jq ".[] | select(.ok | not)"'],

  async run({ terminal, options, open }) {
    const { works, close } = await open('inline', 'look');
    try {
      const checks = await examine(works, options, terminal.locale);
      const line = ({ ok, name, says, remedy }: Check) =>
        `${ok ? '✓' : '✗'} ${name}: ${printable(says)}${remedy === undefined ? '' : `  → ${remedy}`}`;
      terminal.result(checks, checks.map(line).join('\n'));
      return checks.every(({ ok }) => ok) ? 0 : 1;
    } finally {
      await close();
    }
  },
};
