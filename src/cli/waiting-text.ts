import type { Hold } from '../domain/people/change.ts';
import type { Locale } from '../domain/policy.ts';
import { objectName, plural, printable, systemName } from '../domain/texts/words.ts';
import type { Value } from '../domain/values/value.ts';
import type { Overtaken, WaitingPlan, WriteGroup } from '../ports/approval.ts';
import { recordName } from './change-text.ts';

type Held = Readonly<Record<Hold, number>>;

/** How many changes wait, for what, and how to go on; nothing where none does. */
export function heldLines(held: Held, locale: Locale, plan?: string): readonly string[] {
  const named = plan === undefined ? '' : ` --plan ${plan}`;
  const lines: readonly (readonly [Hold, string])[] =
    locale === 'ja'
      ? [
          ['first-run', `初回のため、${held['first-run']} 件の変更が承認を待っています。承認: tasuki approve${named}`],
          [
            'breaker',
            `いつもより変更が多いため、${held.breaker} 件が承認を待っています。承認: tasuki approve${named}(取り下げ: tasuki reject)`,
          ],
          ['rollout', `段階的な展開(rollout)の対象外のため、${held.rollout} 件は書き込みません。`],
        ]
      : [
          [
            'first-run',
            `This is the first run: ${plural(held['first-run'], 'change')} for you to approve. To go on: tasuki approve${named}`,
          ],
          [
            'breaker',
            `More than usual, so for you to approve: ${plural(held.breaker, 'change')}. To go on: tasuki approve${named} (or tasuki reject)`,
          ],
          ['rollout', `Not written, because the rollout has not come that far: ${plural(held.rollout, 'change')}.`],
        ];
  return lines.flatMap(([hold, line]) => (held[hold] > 0 ? [line] : []));
}

/** The plan that waits, by system, object and field, the largest groups first. */
export function planLines({ changes, groups, hash }: WaitingPlan, locale: Locale): readonly string[] {
  const title =
    locale === 'ja'
      ? `承認を待つ変更 ${changes} 件(計画 ${hash})`
      : `${plural(changes, 'change')} to approve (plan ${hash})`;
  return [title, ...groups.map((group) => `  ${groupLine(group, locale)}`)];
}

function groupLine({ system, object, field, changes }: WriteGroup, locale: Locale): string {
  const where = `${systemName(system, locale)} ${objectName(object, locale)}`;
  const what = field ?? (locale === 'ja' ? '(新規作成)' : '(new records)');
  return `${String(changes).padStart(7)}  ${where}  ${what}`;
}

/** What was shown and is not so any more, a line each (law R13). */
export function overtakenLines(
  overtaken: { readonly first: readonly Overtaken[]; readonly all: number },
  locale: Locale,
): readonly string[] {
  const lines = overtaken.first.map((one) => `  ${overtakenLine(one, locale)}`);
  const rest = overtaken.all - overtaken.first.length;
  const more = locale === 'ja' ? `  …ほか ${rest} 件` : `  … and ${rest} more`;
  return rest > 0 ? [...lines, more] : lines;
}

function overtakenLine({ system, object, record, field, before, planned, found }: Overtaken, locale: Locale): string {
  const shown = (value: Value) =>
    value === null || value === '' ? (locale === 'ja' ? '(空)' : '(empty)') : printable(value);
  const now = locale === 'ja' ? '現在' : 'now';
  return `${recordName({ system, object }, locale)} ${record}  ${field}: ${shown(before)} → ${shown(planned)}  [${now}: ${shown(found)}]`;
}
