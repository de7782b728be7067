import type { NotUndone, UndoLine } from '../domain/people/undo.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { NOT_UNDONE, notUndoneText } from '../domain/texts/undo.ts';
import { inBrackets, plural, quoted } from '../domain/texts/words.ts';
import type { RunCounts } from '../ports/ledger.ts';
import type { RunLine } from '../ports/undo.ts';
import { recordName, type Voice } from './change-text.ts';

/** As many lines as fit a screen or two; `--json` has them all. */
const SHOWN = 40;

export type UndoCounts = {
  /** Fields that are restored. */
  readonly restored: number;
  /** Fields and records that are left as they are, by why. */
  readonly kept: Readonly<Partial<Record<NotUndone, number>>>;
};

/** How many fields an undo restores, and why it leaves the rest. */
export function countsOf(lines: readonly UndoLine[]): UndoCounts {
  const kept: Partial<Record<NotUndone, number>> = {};
  for (const { verdict } of lines)
    if (verdict.kind === 'kept') kept[verdict.because] = (kept[verdict.because] ?? 0) + 1;
  return { restored: lines.filter(({ verdict }) => verdict.kind === 'restored').length, kept };
}

/** What an undo means or did; `acknowledged` and the like are there once it is done. */
export function undoText(
  { run, lines, written, refused }: { readonly run: string; readonly lines: readonly UndoLine[] } & Partial<RunCounts>,
  voice: Voice,
): string {
  const { locale } = voice;
  const { restored, kept } = countsOf(lines);
  const left = lines.length - restored;
  const head =
    locale === 'ja'
      ? `実行 ${run}:元に戻す項目 ${restored} 件、そのままにするもの ${left} 件`
      : `Run ${run}: ${plural(restored, 'field')} to restore, ${left} left as they are`;
  const reasons = (Object.entries(kept) as [NotUndone, number][]).map(
    ([because, times]) => `  ${NOT_UNDONE[because][locale]}: ${times}`,
  );
  return [
    head,
    ...lines.slice(0, SHOWN).map((line) => `  ${lineText(line, voice)}`),
    ...(lines.length > SHOWN
      ? [
          locale === 'ja'
            ? `  …ほか ${lines.length - SHOWN} 件(--json で全件)`
            : `  … and ${lines.length - SHOWN} more (--json shows all)`,
        ]
      : []),
    ...(reasons.length === 0 ? [] : [locale === 'ja' ? 'そのままにした理由' : 'Left as they are', ...reasons]),
    ...(written === undefined ? [] : [doneText(written, refused ?? 0, locale)]),
  ].join('\n');
}

function doneText(written: number, refused: number, locale: Voice['locale']): string {
  const no = refused === 0 ? '' : locale === 'ja' ? `拒否 ${refused} 件` : `${refused} refused`;
  return locale === 'ja'
    ? `${written} 件のレコードに書き込みました${inBrackets('ja', no)}。`
    : `Written to ${plural(written, 'record')}${inBrackets('en', no)}.`;
}

function lineText({ target, field, verdict }: UndoLine, { locale }: Voice): string {
  const what = `${recordName(target, locale)} ${target.id ?? ''}${field === null ? '' : ` ${field}`}`;
  if (verdict.kind === 'restored') return `~ ${what}: ${quoted(verdict.from, locale)} → ${quoted(verdict.to, locale)}`;
  return `= ${what}: ${notUndoneText(verdict, locale)}`;
}

/** The runs that can be named, newest first. */
export function runsText(runs: readonly RunLine[], { locale, calendar }: Voice): string {
  if (runs.length === 0)
    return locale === 'ja' ? '書き込みを計画した実行はまだありません。' : 'No run has meant to write anything yet.';
  return runs
    .map(({ run, kind, from, until, changes, standing }) => {
      const when = [from, until].map((at) => formatLocal(at, calendar, locale));
      const span = when[0] === when[1] ? when[0] : when.join(' – ');
      const count =
        locale === 'ja'
          ? `変更 ${changes} 件、うち有効 ${standing} 件`
          : `${plural(changes, 'change')}, ${standing} standing`;
      return `${run}  ${span}${inBrackets(locale, kind ?? '', count)}`;
    })
    .join('\n');
}
