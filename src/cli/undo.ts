import { randomUUID } from 'node:crypto';
import type { UndoLine } from '../domain/people/undo.ts';
import type { Locale } from '../domain/policy.ts';
import { plural } from '../domain/texts/words.ts';
import type { RunCounts } from '../ports/ledger.ts';
import type { EntityUndo } from '../reconcile/plan-undo.ts';
import { readAgain, type UndoAsked, undoRun } from '../steps/undo.ts';
import { entityNamed, nobodyText } from './entity-named.ts';
import { countsOf, runsText, undoText } from './undo-text.ts';
import { EX_USAGE, type Flags, type Terminal, type Verb, type VerbContext, type Workshop } from './verb.ts';
import { textOf, whoever } from './whoever.ts';

/** The list of runs is for finding last night's, not for reading. */
const LISTED = 15;

/** What an undo did: what it meant, and what became of its writes by the end. */
export type UndoResult = RunCounts & { readonly run: string; readonly as: string; readonly lines: readonly UndoLine[] };

/** What an undo would do now, on a ledger that forgets it afterwards. */
export async function rehearseUndo(asked: UndoAsked, { works }: Pick<Workshop, 'works'>): Promise<readonly UndoLine[]> {
  await readAgain(asked, works);
  return works.ledger.rehearse(async (ledger) => collect(undoRun(asked, { ...works, ledger })));
}

/** Takes a run back: reads its records once more, plans, writes and reads back, until nothing more follows. */
export async function undoOnce(asked: UndoAsked, { works, queue, gaveUp }: Workshop): Promise<UndoResult> {
  const { ledger, clock } = works;
  const { run, as, who, since } = asked.undo;
  await ledger.startRun(as, 'undo', clock.now());
  await readAgain(asked, works);
  const lines = await collect(undoRun(asked, works));
  const detail = { run, as, only: asked.only, since, restored: countsOf(lines).restored };
  await ledger.audit({ at: clock.now(), who, deed: 'undo', detail });
  await queue.ring({ job: 'write-batch', system: 'hubspot' });
  await queue.ring({ job: 'write-batch', system: 'salesforce' });
  await queue.quiet();
  const failure = gaveUp();
  if (failure !== null) throw failure;
  const counts = await ledger.runCounts(as);
  await ledger.finishRun(as, counts, clock.now());
  return { ...counts, run, as, lines };
}

async function collect(batches: AsyncIterable<readonly EntityUndo[]>): Promise<readonly UndoLine[]> {
  const lines: UndoLine[] = [];
  for await (const batch of batches) for (const undone of batch) lines.push(...undone.lines);
  return lines;
}

export const undoVerb: Verb = {
  name: 'undo',
  argument: '[run]',
  summary: 'Take a run back wherever its values still stand, and say where not and why. Without a run: list the runs.',
  examples: [
    'tasuki undo',
    'tasuki undo run-6f0c… --dry-run',
    'tasuki undo run-6f0c… --record taro@example.co.jp --yes',
    'tasuki undo run-6f0c… --since 2026-11-02T09:00:00+09:00 --yes --json',
  ],
  options: [
    { flags: '--record <who>', help: 'only what it did to this person, deal or company (id, record id or e-mail)' },
    {
      flags: '--since <instant>',
      help: 'of a worker, whose run lasts as long as it works: only what was planned since',
    },
    { flags: '--dry-run', help: 'show what would be restored, and what not and why; touch nothing' },
    { flags: '--yes', help: 'do not ask' },
    { flags: '--by <name>', help: 'who takes it back (default: the login name)' },
  ],

  async run({ terminal, open, openLedger }, { argument, flags }) {
    if (argument === undefined) return listRuns(terminal, openLedger);
    const since = textOf(flags['since']);
    if (since !== undefined && Number.isNaN(Date.parse(since))) {
      terminal.say(terminal.locale === 'ja' ? '--since には日時を指定してください。' : '--since wants an instant.');
      return EX_USAGE;
    }
    const workshop = await open('inline', 'in-force');
    try {
      const { ledger } = workshop.works;
      const handle = textOf(flags['record']);
      const only = handle === undefined ? null : await entityNamed(handle, ledger);
      if (handle !== undefined && only === null) return nothingFound(handle, terminal);
      if ((await ledger.touchedBy(argument, null, 1)).length === 0) return nothingFound(argument, terminal);
      const undo = {
        run: argument,
        since: since === undefined ? null : Date.parse(since),
        who: whoever(flags),
        as: `undo-${randomUUID()}`,
      };
      return await undoAsked({ undo, only: only?.id ?? null }, workshop, terminal, flags);
    } finally {
      await workshop.close();
    }
  },
};

async function undoAsked(asked: UndoAsked, workshop: Workshop, terminal: Terminal, flags: Flags): Promise<number> {
  const voice = { locale: terminal.locale, calendar: workshop.works.policy().calendar };
  const { run } = asked.undo;
  if (flags['dryRun'] === true || flags['yes'] !== true) {
    const lines = await rehearseUndo(asked, workshop);
    const { restored } = countsOf(lines);
    const text = undoText({ run, lines }, voice);
    if (flags['dryRun'] === true || restored === 0) {
      terminal.result({ run, ...countsOf(lines), lines }, text);
      return 0;
    }
    terminal.say(text);
    const answer = await terminal.asks(question(restored, voice.locale));
    if (answer === null) terminal.say(NOBODY_THERE[voice.locale]);
    if (answer !== true) return answer === null ? EX_USAGE : 0;
  }
  const result = await undoOnce(asked, workshop);
  terminal.result({ ...result, ...countsOf(result.lines) }, undoText(result, voice));
  return result.refused > 0 ? 1 : 0;
}

const NOBODY_THERE = { ja: '実行するには --yes を付けてください。', en: 'To do it, add --yes.' } as const;

function question(restored: number, locale: Locale): string {
  return locale === 'ja' ? `${restored} 項目を元に戻しますか?` : `Restore ${plural(restored, 'field')}?`;
}

async function listRuns(terminal: Terminal, openLedger: VerbContext['openLedger']): Promise<number> {
  const { ledger, policy, close } = await openLedger();
  try {
    const runs = await ledger.runs(LISTED);
    terminal.result({ runs }, runsText(runs, { locale: terminal.locale, calendar: (await policy()).calendar }));
    return 0;
  } finally {
    await close();
  }
}

function nothingFound(what: string, terminal: Terminal): number {
  const hint =
    terminal.locale === 'ja' ? '実行の一覧は tasuki undo で確認できます。' : ' To list the runs: tasuki undo';
  terminal.say(`${nobodyText(what, terminal.locale)}${hint}`);
  if (terminal.json) terminal.result(null, '');
  return 1;
}
