import { writeFileSync } from 'node:fs';
import { loadMappings, loadProposed } from '../config/load.ts';
import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import { fromLocal } from '../domain/calendar/local-time.ts';
import type { Locale } from '../domain/policy.ts';
import { epochDay, localDate } from '../domain/values/instant.ts';
import type { LocalDate } from '../domain/values/value.ts';
import { type ConfigFault, ConfigInvalid } from '../errors/errors.ts';
import type { Period } from '../reconcile/replay/judge-past.ts';
import { replay } from '../steps/replay.ts';
import { replayDocument } from './replay-document.ts';
import { replayHtml } from './replay-html.ts';
import { replayText } from './replay-terminal.ts';
import type { Flags, Terminal, Verb } from './verb.ts';
import { textOf } from './whoever.ts';

export const replayVerb: Verb = {
  name: 'replay',
  summary:
    'Judge what is on record by a proposed agreement: who would newly qualify or drop, how many, how much work. Writes nothing.',
  examples: [
    'tasuki replay --from 2026-08-01 --to 2026-10-31',
    'tasuki replay --agreement ./proposed.yaml --from 2026-08-01 --to 2026-10-31 --html --out replay.html',
    'tasuki replay --from 2026-08-01 --to 2026-10-31 --json | jq .newly.count',
  ],
  options: [
    { flags: '--agreement <file>', help: 'the proposed agreement (default: agreement.yaml of the mappings)' },
    { flags: '--from <day>', help: 'the first day: 2026-08-01' },
    { flags: '--to <day>', help: 'the last day, which is included: 2026-10-31' },
    { flags: '--html', help: 'as one page that needs nothing else' },
    { flags: '--out <file>', help: 'into this file' },
  ],

  async run({ terminal, options, openLedger }, { flags }) {
    const { locale } = terminal;
    const file = textOf(flags['agreement']);
    const { policy: proposed } =
      file === undefined ? loadMappings(options.mappings, locale) : loadProposed(options.mappings, file, locale);
    const period = periodIn(flags, proposed.calendar, locale);
    const desk = await openLedger();
    try {
      const known = await desk.policy();
      const inForce = known.agreedSince === null ? null : known;
      const told = await replay(desk.ledger, { proposed, inForce, period, now: desk.clock.now() });
      const because = told.people === 0 ? 'ledger-empty' : told.recorded === 0 ? 'no-history' : null;
      if (because !== null) {
        terminal.result({ replay: null, because }, NOTHING[because][locale]);
        return 1;
      }
      const document = replayDocument(told, { locale, calendar: proposed.calendar, naming: proposed });
      const text = flags['html'] === true ? replayHtml(document, locale) : replayText(document);
      put(textOf(flags['out']), terminal, told, text);
      return 0;
    } finally {
      await desk.close();
    }
  },
};

/** On standard output, or into a file; with `--json` what a program reads. */
function put(out: string | undefined, terminal: Terminal, told: object, text: string): void {
  if (out === undefined) return terminal.result(told, text);
  const whole = terminal.json ? JSON.stringify(told) : text;
  try {
    writeFileSync(out, whole.endsWith('\n') ? whole : `${whole}\n`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigInvalid([{ at: '--out', message: FAULTS[terminal.locale].out(why) }]);
  }
  terminal.say(WROTE[terminal.locale](out));
}

/** Whole days of the office, both included. Throws `ConfigInvalid` with everything that is wrong with them. */
function periodIn(flags: Flags, calendar: BusinessCalendar, locale: Locale): Period {
  const [from, to] = [textOf(flags['from']), textOf(flags['to'])];
  const faults = [...dayFault('--from', from, locale), ...dayFault('--to', to, locale)];
  if (faults.length > 0 || from === undefined || to === undefined) throw new ConfigInvalid(faults);
  if (from > to) throw new ConfigInvalid([{ at: '--from', message: FAULTS[locale].after(from, to) }]);
  return { from: fromLocal(from, 0, calendar), until: fromLocal(dayAfter(to), 0, calendar) };
}

function dayFault(at: '--from' | '--to', typed: string | undefined, locale: Locale): readonly ConfigFault[] {
  if (typed === undefined) return [{ at, message: FAULTS[locale].noDay(at) }];
  return epochDay(typed) === null ? [{ at, message: FAULTS[locale].day(typed) }] : [];
}

function dayAfter(day: LocalDate): LocalDate {
  return localDate((epochDay(day) ?? 0) + 1);
}

const NOTHING: Readonly<Record<'ledger-empty' | 'no-history', Readonly<Record<Locale, string>>>> = {
  'ledger-empty': {
    ja: '台帳にはまだ誰もいません。先に tasuki plan か tasuki once で読み込んでください。',
    en: 'Nobody is in the ledger yet. Read both systems first, with tasuki plan or tasuki once.',
  },
  'no-history': {
    ja: 'この期間の記録が台帳にありません。--from と --to を見直してください。',
    en: 'Nothing of this period is on record. Choose another --from and --to.',
  },
};

const WROTE: Readonly<Record<Locale, (file: string) => string>> = {
  ja: (file) => `${file} に書き出しました。`,
  en: (file) => `Written to ${file}.`,
};

type Faults = {
  readonly noDay: (at: '--from' | '--to') => string;
  readonly day: (typed: string) => string;
  readonly after: (from: string, to: string) => string;
  readonly out: (why: string) => string;
};

const FAULTS: Readonly<Record<Locale, Faults>> = {
  ja: {
    noDay: (at) => `期間の${at === '--from' ? '初日' : '最終日'}を書いてください: ${at} 2026-08-01`,
    day: (typed) => `「${typed}」は日付として読めません。実在する日を 2026-08-01 のように書いてください。`,
    after: (from, to) => `初日(${from})が最終日(${to})より後です。入れ替えてください。`,
    out: (why) => `ファイルに書き出せません(${why})。書き込める場所を指定してください。`,
  },
  en: {
    noDay: (at) => `is missing. Write the ${at === '--from' ? 'first' : 'last'} day: ${at} 2026-08-01`,
    day: (typed) => `"${typed}" is no day. Write one that exists, such as 2026-08-01.`,
    after: (from, to) => `The first day (${from}) is after the last one (${to}). Exchange them.`,
    out: (why) => `The file cannot be written (${why}). Name a place where it can.`,
  },
};
