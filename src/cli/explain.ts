import type { AnyFacts, Clock, Finding, PersonFacts } from '../domain/people/person.ts';
import { calendarOfClock, type DuePolicy, dueText } from '../domain/texts/due-text.ts';
import { findingText } from '../domain/texts/findings.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { olderDeadlineText } from '../domain/texts/older-deadline.ts';
import { CLOCK_STATE, CLOSED_BECAUSE, EVIDENCE_GRADE, STAGE_CAUSE, TASK_STATE } from '../domain/texts/states.ts';
import { deadlineName, inBrackets, objectName, stageName } from '../domain/texts/words.ts';
import type { HistoryLine } from '../ports/ledger.ts';
import { LIKENESS_CODES } from '../reconcile/match.ts';
import { contextNow } from '../steps/context-now.ts';
import type { Voice } from './change-text.ts';
import { entityNamed, nobodyText } from './entity-named.ts';
import { briefLines, briefTold } from './explain-brief.ts';
import { dealLines, entityText } from './explain-deal.ts';
import { explainField } from './explain-field.ts';
import { historyLines, linkLine, scopeText } from './explain-history.ts';
import { type Standing, standingLines, standingOf } from './explain-judgement.ts';
import { ladderLines } from './explain-ladder.ts';
import { answerText, nameOf } from './person-line.ts';
import type { Terminal, Verb } from './verb.ts';

export const explainVerb: Verb = {
  name: 'explain',
  argument: '<who> [field]',
  summary:
    'Tell why a value, stage, owner or deadline is what it is, by e-mail, record id, or our own id; of one field also why it is not written.',
  examples: [
    'tasuki explain taro@example.co.jp',
    'tasuki explain 00Q5g00000AbCdEEAV',
    'tasuki explain hubspot-1234 --json',
    'tasuki explain 0065g00000AbCdEEAV',
    'tasuki explain taro@example.co.jp jobtitle',
    'tasuki explain 00Q5g00000AbCdEEAV 役職',
  ],

  async run({ terminal, openLedger }, { argument = '', more = [] }) {
    const desk = await openLedger();
    const { ledger, policy, close } = desk;
    const [field] = more;
    try {
      const entity = await entityNamed(argument, ledger);
      if (entity !== null && field !== undefined) return await explainField(field, entity, desk, terminal);
      const held = (await ledger.findings()).filter((finding) => isAbout(finding, argument, entity));
      if (entity === null) return explainNobody(argument, held, terminal);
      const history = await ledger.history(entity.id);
      const inForce = await policy();
      const voice = { ...inForce, locale: terminal.locale };
      if (entity.kind === 'person') {
        const standing = standingOf(entity, await contextNow(ledger, inForce, desk.clock.now()));
        const brief = briefTold(entity, history);
        const told = { person: entity, standing, brief, history, held };
        terminal.result(told, explainText(told, voice));
      } else {
        terminal.result({ [entity.kind]: entity, history }, entityText(entity, history, voice));
      }
      return 0;
    } finally {
      await close();
    }
  },
};

/** A record that could not be told apart is nobody's, and the finding about it is all there is to say. */
function explainNobody(argument: string, held: readonly Finding[], terminal: Terminal): number {
  const { locale } = terminal;
  if (held.length === 0) terminal.say(nobodyText(argument, locale));
  for (const finding of held) terminal.say(`⚠ ${findingText(finding, locale)}`);
  if (terminal.json) terminal.result(null, '');
  return 1;
}

/** Records that could not be told apart belong to nobody yet, so what is said of them is found by the records it names. */
function isAbout({ code, detail }: Finding, argument: string, entity: AnyFacts | null): boolean {
  if (!LIKENESS_CODES.includes(code)) return false;
  const records = entity === null ? [] : [...entity.links.map(({ record }) => record), ...entity.rivals];
  const ids = new Set([argument, ...records.map(({ id }) => id)]);
  return String(detail['records'] ?? '')
    .split(' ')
    .some((name) => ids.has(name.split(':').at(-1) ?? ''));
}

/** Everything there is to tell about one person. `held`: findings about records that may or may not be this person. */
type Told = {
  readonly person: PersonFacts;
  /** Left out where only what happened is told. */
  readonly standing?: Standing;
  readonly history: readonly HistoryLine[];
  readonly held: readonly Finding[];
};

/** The person's story, oldest first, in the words of the people it concerns. */
export function explainText({ person, standing, history, held }: Told, voice: DuePolicy): string {
  const { locale } = voice;
  const heads = HEADS[locale];
  return [
    [person.id, nameOf(person)].filter((part) => part !== '').join('  '),
    ...scopeLines(person, voice),
    heads.records,
    ...person.links.map((link) => linkLine(link, locale)),
    heads.stages,
    ...person.stages.map((entry) => stageLine(entry, voice)),
    ...(standing === undefined ? [] : standingLines(standing, voice)),
    ...(person.clocks.length === 0
      ? []
      : [heads.deadlines, ...person.clocks.flatMap((clock) => clockLines(clock, voice))]),
    ...dealLines(person.deals, voice),
    ...briefLines(briefTold(person, history), locale),
    heads.history,
    ...history.flatMap((line) => historyLines(line, voice)),
    ...[...held, ...person.findings].map((finding) => `⚠ ${findingText(finding, locale)}`),
  ].join('\n');
}

const HEADS = {
  ja: {
    records: 'レコード',
    stages: 'ステージ',
    agreement: '合意',
    pass: (nth: number) => `${nth} 周目`,
    score: (total: string) => `スコア ${total} 点`,
    handedOff: '引き渡し',
    deadlines: 'フォロー期限',
    due: '期限',
    history: '経緯',
    outside:
      '対象外のあいだは何も書き込まず、期限も数えません。対象の条件は mappings/contact.yaml の scope にあります。',
  },
  en: {
    records: 'Records',
    stages: 'Stages',
    agreement: 'agreement',
    pass: (nth: number) => `pass ${nth}`,
    score: (total: string) => `score ${total}`,
    handedOff: 'handed off',
    deadlines: 'Deadlines',
    due: 'due',
    history: 'History',
    outside: 'Nothing is written and no deadline runs meanwhile. The rule is "scope" in mappings/contact.yaml.',
  },
} as const;

/** Whoever is out of scope is left alone: that comes first, for it answers every other question. */
function scopeLines({ scope }: PersonFacts, voice: Voice): readonly string[] {
  if (scope === undefined || scope.within) return [];
  return [
    `⚠ ${formatLocal(scope.at, voice.calendar, voice.locale)}  ${scopeText(scope, voice)}`,
    `  ${HEADS[voice.locale].outside}`,
  ];
}

function stageLine(entry: PersonFacts['stages'][number], { calendar, locale }: Voice): string {
  const heads = HEADS[locale];
  const total = entry.evidence['total'] ?? entry.evidence['score'] ?? null;
  const how = inBrackets(
    locale,
    entry.pass === 1 ? '' : heads.pass(entry.pass),
    STAGE_CAUSE[entry.by][locale],
    entry.by === 'history' && entry.grade !== undefined ? EVIDENCE_GRADE[entry.grade][locale] : '',
    answerText(entry, locale),
    `${heads.agreement} ${entry.agreementVersion}`,
    total === null ? '' : heads.score(String(total)),
    entry.handedOffAt === undefined ? '' : `${heads.handedOff} ${formatLocal(entry.handedOffAt, calendar, locale)}`,
  );
  return `  ${formatLocal(entry.at, calendar, locale)}  ${stageName(entry.stage, locale)}${how}`;
}

function isOpen({ state }: Clock): boolean {
  return state === 'running' || state === 'lapsed';
}

/** Why nothing is owed any more, where nobody did what was owed. */
function closedText({ closedBecause }: Clock, locale: Voice['locale']): string {
  return CLOSED_BECAUSE[closedBecause ?? '']?.[locale] ?? '';
}

function clockLines(clock: Clock, voice: DuePolicy): readonly string[] {
  const { kind, state, startedAt, dueAt, task } = clock;
  const { locale } = voice;
  const calendar = calendarOfClock(clock, voice);
  const [started, due] = [startedAt, dueAt].map((instant) => formatLocal(instant, calendar, locale));
  const older = isOpen(clock) ? olderDeadlineText(clock, voice, locale) : null;
  const ours =
    task?.id == null
      ? ''
      : `  ${objectName('Task', locale)} ${task.id}${inBrackets(locale, TASK_STATE[task.state][locale])}`;
  return [
    `  ${deadlineName(kind, locale)}: ${CLOCK_STATE[state][locale]}${inBrackets(locale, closedText(clock, locale))}  ${started} → ${HEADS[locale].due} ${due}${ours}`,
    `    ${dueText(clock, voice)}`,
    ...(older === null ? [] : [`    ${older}`]),
    ...ladderLines(clock, voice).map((line) => `    ${line}`),
  ];
}
