import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import { toLocal } from '../domain/calendar/local-time.ts';
import type { Locale } from '../domain/policy.ts';
import { fieldName, type Naming, teamName } from '../domain/texts/agreement-names.ts';
import type { Table } from '../domain/texts/document.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { deadlineName, printable, stageName } from '../domain/texts/words.ts';
import type { Hits, Listed, Load, Replay, ReplaySide } from '../reconcile/replay/replay.ts';
import { reasonsOf } from './replay-reasons.ts';
import { REPLAY_WORDS } from './replay-words.ts';

export type Section = { readonly heading: string; readonly table?: Table; readonly notes: readonly string[] };

/** What a replay says, whatever it is shown on. Everything that comes from a CRM is in it as it came, but for control characters. */
export type ReplayDocument = {
  readonly title: string;
  readonly lead: readonly string[];
  readonly sections: readonly Section[];
};

type Voice = { readonly locale: Locale; readonly calendar: BusinessCalendar; readonly naming: Naming };

/** Of fewer people a share says nothing. */
const ENOUGH = 20;

export function replayDocument(replay: Replay, voice: Voice): ReplayDocument {
  const t = REPLAY_WORDS[voice.locale];
  const { proposed, inForce, people, recorded } = replay;
  const [from, to] = [replay.from, replay.until - 1].map((at) => toLocal(at, voice.calendar).day);
  const version = printable(proposed.version);
  return {
    title: t.title(version, from!, to!),
    lead: [
      t.people(people, recorded),
      inForce === null ? t.nothingInForce : t.comparedWith(printable(inForce.version)),
      t.writesNothing,
    ],
    sections: [
      monthSection(replay, voice),
      hitSection(replay, voice),
      listSection(
        { heading: t.newly(replay.newly.count), lets: t.proposed, refuses: t.inForce },
        replay.newly,
        [],
        voice,
      ),
      listSection(
        { heading: t.dropped(replay.dropped.count), lets: t.inForce, refuses: t.proposed },
        replay.dropped,
        [t.moved(replay.earlier, replay.later)],
        voice,
      ),
      loadSection(replay, voice),
      deadlineSection(replay, voice),
      gapSection(replay, voice),
    ],
  };
}

function monthSection({ proposed, inForce, happened }: Replay, { locale }: Voice): Section {
  const t = REPLAY_WORDS[locale];
  const columns = [proposed.months, inForce?.months ?? null, happened];
  const names = [t.proposed, t.inForce, t.happened];
  const shown = names.flatMap((name, nth) => (columns[nth] === null ? [] : [{ name, months: columns[nth]! }]));
  const head = [t.month, ...(['MQL', 'SQL'] as const).flatMap((stage) => shown.map(({ name }) => `${stage} ${name}`))];
  const counts = (pick: (months: (typeof shown)[number]['months'], stage: 'MQL' | 'SQL') => number) =>
    (['MQL', 'SQL'] as const).flatMap((stage) => shown.map(({ months }) => String(pick(months, stage))));
  const rows = proposed.months.map(({ month }, nth) => [
    month,
    ...counts((months, stage) => months[nth]?.[stage] ?? 0),
  ]);
  const total = counts((months, stage) => months.reduce((sum, one) => sum + one[stage], 0));
  return { heading: t.months, table: tableOf(head, [...rows, [t.total, ...total]]), notes: [t.happenedMeans] };
}

function hitSection({ proposed, inForce }: Replay, { locale }: Voice): Section {
  const t = REPLAY_WORDS[locale];
  const row = (name: string, { mqls, won, openOrWon }: Hits) => [
    name,
    String(mqls),
    ...[won, openOrWon].map((count) => `${count}${mqls < ENOUGH ? '' : ` (${Math.round((count / mqls) * 100)}%)`}`),
  ];
  const sides = sidesOf(proposed, inForce, locale);
  const isFew = sides.some(({ side }) => side.hits.mqls < ENOUGH);
  return {
    heading: t.hits,
    table: tableOf(
      ['', t.mqls, t.won, t.openOrWon],
      sides.map(({ name, side }) => row(name, side.hits)),
    ),
    notes: isFew ? [t.few(ENOUGH)] : [],
  };
}

function listSection(
  { heading, lets, refuses }: { readonly heading: string; readonly lets: string; readonly refuses: string },
  { count, people }: Listed,
  notes: readonly string[],
  voice: Voice,
): Section {
  const { locale, calendar, naming } = voice;
  const t = REPLAY_WORDS[locale];
  const more = count > people.length ? [t.more(count - people.length)] : [];
  if (people.length === 0) return { heading, notes };
  const rows = people.map((one) => [
    [formatLocal(one.at, calendar, locale)],
    [stageName(one.stage, locale)],
    [printable(one.name ?? one.person)],
    [printable(one.company ?? '')],
    reasonsOf(one, { locale, naming, lets, refuses }),
  ]);
  const head = [t.when, t.stage, t.name, t.company, t.why];
  return { heading, table: { head, rows, columns: 'by-content' }, notes: [...more, ...notes] };
}

function loadSection({ proposed, inForce }: Replay, { locale }: Voice): Section {
  const t = REPLAY_WORDS[locale];
  const rows = proposed.load.flatMap((load) => {
    const beside = inForce?.load.find(({ team }) => team === load.team);
    return load.weeks.map(({ week, received }) => [
      teamName(load.team, locale),
      week,
      perMember(received, load),
      ...(inForce === null ? [] : [perMember(receivedIn(week, beside), beside ?? load)]),
    ]);
  });
  const head = [t.team, t.week, t.proposed, ...(inForce === null ? [] : [t.inForce])];
  return { heading: t.load, table: tableOf(head, rows), notes: [t.loadMeans] };
}

function receivedIn(week: string, load: Load | undefined): number {
  return load?.weeks.find((one) => one.week === week)?.received ?? 0;
}

function perMember(received: number, { members }: Load): string {
  return members === 0 ? String(received) : `${received} (${(received / members).toFixed(1)})`;
}

function deadlineSection({ proposed, inForce }: Replay, { locale }: Voice): Section {
  const t = REPLAY_WORDS[locale];
  const rows = sidesOf(proposed, inForce, locale).flatMap(({ name, side }) =>
    side.deadlines.map(({ deadline, kept, lapsed, open, unread }) => [
      printable(deadlineName(deadline, locale)),
      name,
      ...[kept, lapsed, open, unread].map(String),
    ]),
  );
  const head = [t.deadline, '', t.kept, t.lapsed, t.open, t.unread];
  return {
    heading: t.deadlines,
    ...(rows.length === 0 ? {} : { table: tableOf(head, rows) }),
    notes: [t.deadlinesMean],
  };
}

function gapSection({ gaps, people, proposed }: Replay, { locale, naming }: Voice): Section {
  const t = REPLAY_WORDS[locale];
  const unknown = proposed.unknown === 0 ? [] : [t.unknown(proposed.unknown)];
  if (gaps.people === 0) return { heading: t.gaps, notes: [t.noGaps, ...unknown] };
  const rows = gaps.fields.map(({ field, people: count }) => [fieldName(field, naming, locale), String(count)]);
  return {
    heading: t.gaps,
    table: tableOf([t.field, t.affected], rows),
    notes: [t.gapsMean(gaps.people, people), ...unknown],
  };
}

/** A table with one line in each cell. */
function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): Table {
  return { head, rows: rows.map((row) => row.map((cell) => [cell])) };
}

function sidesOf(proposed: ReplaySide, inForce: ReplaySide | null, locale: Locale) {
  const t = REPLAY_WORDS[locale];
  const first = { name: t.proposed, side: proposed };
  return inForce === null ? [first] : [first, { name: t.inForce, side: inForce }];
}
