import type { Clock, PersonFacts } from '../domain/people/person.ts';
import type { Locale, Policy } from '../domain/policy.ts';
import { findingText } from '../domain/texts/findings.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import type { Instant } from '../domain/values/value.ts';
import type { HistoryLine } from '../ports/ledger.ts';
import { changeLines, printable } from './change-text.ts';
import type { Verb } from './verb.ts';

export const explainVerb: Verb = {
  name: 'explain',
  argument: '<who>',
  summary: 'Tell why a value, stage, owner or deadline is what it is: by e-mail, record id, or person id.',
  examples: [
    'tasuki explain taro@example.co.jp',
    'tasuki explain 00Q5g00000AbCdEEAV',
    'tasuki explain hubspot-1234 --json',
  ],

  async run({ terminal, openLedger }, { argument = '' }) {
    const { ledger, policy, close } = await openLedger();
    try {
      const person = await ledger.person(argument);
      if (person === null) {
        terminal.say(
          terminal.locale === 'ja'
            ? `「${argument}」に当たる人は台帳にいません。`
            : `Nobody in the ledger answers to "${argument}".`,
        );
        if (terminal.json) terminal.result(null, '');
        return 1;
      }
      const history = await ledger.history(person.id);
      terminal.result({ person, history }, explainText(person, history, await policy(), terminal.locale));
      return 0;
    } finally {
      await close();
    }
  },
};

/** The person's story, oldest first, in the words of the people it concerns. */
export function explainText(
  person: PersonFacts,
  history: readonly HistoryLine[],
  policy: Policy,
  locale: Locale,
): string {
  const at = (instant: Instant) => formatLocal(instant, policy.calendar, locale);
  const heads = locale === 'ja' ? HEADS.ja : HEADS.en;
  return [
    `${person.id}${nameOf(person)}`,
    heads.records,
    ...person.links.map(
      ({ record, role, evidence }) => `  ${record.system} ${record.object} ${record.id}  (${role}, ${evidence})`,
    ),
    heads.stages,
    ...person.stages.map(
      (entry) =>
        `  ${at(entry.at)}  ${entry.stage}  (${entry.by}, ${heads.agreement} ${entry.agreementVersion}${entry.evidence['total'] == null ? '' : `, ${heads.score} ${String(entry.evidence['total'])}`}${entry.handedOffAt === undefined ? '' : `, ${heads.handedOff} ${at(entry.handedOffAt)}`})`,
    ),
    ...(person.clocks.length === 0
      ? []
      : [heads.deadlines, ...person.clocks.flatMap((clock) => clockLines(clock, at, heads))]),
    heads.history,
    ...history.filter(({ kind }) => kind !== 'stage').flatMap((line) => historyLines(line, at, locale)),
    ...person.findings.map((finding) => `⚠ ${findingText(finding, locale)}`),
  ].join('\n');
}

const HEADS = {
  ja: {
    records: 'レコード',
    stages: 'ステージ',
    agreement: '合意',
    score: 'スコア',
    handedOff: '引き渡し',
    deadlines: 'フォロー期限',
    due: '期限',
    history: '経緯',
  },
  en: {
    records: 'Records',
    stages: 'Stages',
    agreement: 'agreement',
    score: 'score',
    handedOff: 'handed off',
    deadlines: 'Deadlines',
    due: 'due',
    history: 'History',
  },
} as const;
type Heads = (typeof HEADS)[Locale];

function nameOf({ sightings }: PersonFacts): string {
  const values = sightings[0]?.values ?? {};
  const parts = [values['lastname'] ?? values['LastName'], values['firstname'] ?? values['FirstName']].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  return parts.length === 0 ? '' : `  ${printable(parts.join(' '))}`;
}

function clockLines(clock: Clock, at: (instant: Instant) => string, heads: Heads): readonly string[] {
  return [
    `  ${clock.kind}: ${clock.state}  ${at(clock.startedAt)} → ${heads.due} ${at(clock.dueAt)}${clock.task?.id == null ? '' : `  ToDo ${clock.task.id} (${clock.task.state})`}`,
    ...clock.arithmetic.map(({ day, counts, because }) => `    ${counts ? '●' : '○'} ${day}  ${because}`),
  ];
}

function historyLines(line: HistoryLine, at: (instant: Instant) => string, locale: Locale): readonly string[] {
  if (line.kind === 'change') {
    const [title, ...fields] = changeLines(line.change, locale);
    return [`  ${at(line.at)}  ${title}  ${line.change.state}`, ...fields];
  }
  if (line.kind === 'activity')
    return [`  ${at(line.at)}  ${line.activity.kind} ${line.activity.source.object} ${line.activity.source.id}`];
  return [];
}
