import type { NotUndone, UndoLine } from '../people/undo.ts';
import type { Locale } from '../policy.ts';
import { type InBoth, quoted, shown } from './words.ts';

/** Why something that a run wrote is left as it is. */
export const NOT_UNDONE: Readonly<Record<NotUndone, InBoth>> = {
  'edited-since': { ja: 'その後、人またはほかの連携が変更した', en: 'edited since' },
  'later-run': { ja: '後の実行がもう一度書き込んだ', en: 'written anew by a later run' },
  'record-gone': { ja: 'レコードが削除またはマージされている', en: 'the record is deleted or merged' },
  converted: { ja: 'リードが取引を開始済みで変更できない', en: 'the lead is converted and read-only' },
  created: { ja: 'Tasuki が作成したレコード(削除はしない)', en: 'a record that Tasuki made; it is never deleted' },
  tie: { ja: '関連付け(外すことはしない)', en: 'an association; none is ever removed' },
  key: { ja: '両方のレコードを結ぶキー', en: 'the key that ties both records to each other' },
  'opt-out': { ja: '配信停止・電話不可の意思は取り消さない', en: 'an opt-out is not lifted' },
  'no-image': { ja: '前の値が記録されていない', en: 'the value before it is not known' },
  'not-read': { ja: '項目を読み取れない', en: 'the field cannot be read' },
  'not-settled': { ja: '書き込みの結果がまだ確定していない', en: 'not written yet, or its outcome is not known yet' },
  'already-undone': { ja: '取り消し済み', en: 'undone already' },
  'task-done': { ja: 'ToDo は完了または削除済み', en: 'the task is completed or deleted' },
};

/** Why this is left as it is, with what was found there, or the run that came later. */
export function notUndoneText(
  { because, found, run }: Extract<UndoLine['verdict'], { readonly kind: 'kept' }>,
  locale: Locale,
): string {
  const why = NOT_UNDONE[because][locale];
  if (because === 'edited-since')
    return locale === 'ja' ? `${why}(現在${quoted(found, locale)})` : `${why}: now ${quoted(found, locale)}`;
  if (because === 'later-run')
    return locale === 'ja' ? `${why}(${shown(run, locale)})` : `${why} (${shown(run, locale)})`;
  return why;
}
