import { type Mappings, underAgreement } from '../config/load.ts';
import { type AgreementDifference, agreementDifferences } from '../domain/agreement/agreement-differences.ts';
import type { AgreementText } from '../domain/agreement/signatures.ts';
import type { Locale } from '../domain/policy.ts';
import { type ChangeInWords, changesInWords } from '../domain/texts/agreement-changes.ts';
import { keptDeadlineLines } from '../domain/texts/older-deadline.ts';
import { printable } from '../domain/texts/words.ts';
import { ConfigInvalid } from '../errors/errors.ts';
import { type DeedGiven, readWritten } from './agreement-deed.ts';
import { agreementNow } from './agreement-now.ts';
import { versionName } from './agreement-text.ts';
import { textOf } from './whoever.ts';

/** What an agreement says otherwise than an earlier one; all of it, where there is none. */
function differencesTo(
  before: Pick<AgreementText, 'text'> | null,
  { text }: Pick<AgreementText, 'text'>,
): readonly AgreementDifference[] {
  return agreementDifferences(before === null ? {} : JSON.parse(before.text), JSON.parse(text));
}

/**
 * What the folder's agreement changes, for people: the passages that read otherwise, in words, each with its places below it, and every
 * other place by itself: `stages.MQL.when.at-least: 80 → 70`. Where the earlier text no longer fits the other files, places alone.
 */
export function differenceLines(before: AgreementText | null, mappings: Mappings, locale: Locale): readonly string[] {
  const inWords = before === null ? [] : changesFrom(before, mappings, locale);
  const differences = differencesTo(before, mappings.agreement);
  const passageOf = ({ at }: AgreementDifference) => inWords.find((change) => isWithin(at, change.at))?.at;
  const others = differences.filter((difference) => passageOf(difference) === undefined);
  const passages = [...new Set(inWords.map(({ at }) => at))].flatMap((passage) => [
    ...inWords.filter(({ at }) => at === passage).map(({ text }) => `  ${printable(text)}`),
    ...placeLines(differences.filter((difference) => passageOf(difference) === passage)).map((line) => `  ${line}`),
  ]);
  return [...passages, ...placeLines(others)];
}

function isWithin(at: string, passage: string): boolean {
  return at === passage || at.startsWith(`${passage}.`) || at.startsWith(`${passage}[`);
}

function changesFrom(before: AgreementText, mappings: Mappings, locale: Locale): readonly ChangeInWords[] {
  const { policy } = mappings;
  try {
    const { agreement } = underAgreement(mappings, { version: before, since: 0 }, locale).policy;
    return changesInWords(agreement, policy.agreement, policy, locale);
  } catch (error) {
    if (error instanceof ConfigInvalid) return [];
    throw error;
  }
}

/** What becomes of the deadlines that are open: a new version changes none that has begun. */
export async function keptLines(
  { ledger, policy }: Pick<DeedGiven['desk'], 'ledger' | 'policy'>,
  { policy: { agreement: proposed } }: Mappings,
  locale: Locale,
): Promise<readonly string[]> {
  const lines = keptDeadlineLines(await ledger.openDeadlines(), await policy(), proposed, locale);
  return lines.length === 0 ? [] : [KEPT[locale], ...lines.map((line) => `  ${line}`)];
}

function placeLines(differences: readonly AgreementDifference[]): readonly string[] {
  return differences.map(({ at, before, after }) => {
    if (before === undefined) return `  + ${printable(at)}: ${printable(after ?? '')}`;
    if (after === undefined) return `  - ${printable(at)}: ${printable(before)}`;
    return `  ~ ${printable(at)}: ${printable(before)} → ${printable(after)}`;
  });
}

/** What the folder's agreement changes: of the one in force, or of another one that was signed. */
export async function diffDeed({ desk, terminal, options, flags }: DeedGiven): Promise<number> {
  const { locale } = terminal;
  const mappings = readWritten(options);
  const { agreement } = mappings;
  const { calendar } = await desk.policy();
  const { standing, signed } = await agreementNow(desk.ledger, mappings, { now: desk.clock.now(), calendar });
  const from = textOf(flags['from']);
  const before =
    from === undefined ? (standing.inForce?.version ?? null) : signed.find(({ version }) => version === from);
  if (before === undefined) {
    const known = signed.map(({ version }) => printable(version)).join(', ');
    terminal.result({ differences: null, because: 'no-such-version' }, NO_SUCH[locale](printable(from ?? ''), known));
    return 1;
  }
  const differences = differencesTo(before, agreement);
  const kept = await keptLines(desk, mappings, locale);
  const heading =
    before === null
      ? FROM_NOTHING[locale](versionName(agreement))
      : FROM[locale](versionName(before), versionName(agreement));
  terminal.result(
    { from: before === null ? null : { version: before.version, hash: before.hash }, to: agreement.hash, differences },
    differences.length === 0
      ? SAME[locale]
      : [heading, ...differenceLines(before, mappings, locale), ...kept].join('\n'),
  );
  return 0;
}

const FROM = {
  ja: (before: string, after: string) => `${before} → ${after}(+ 追加、- 削除、~ 変更)`,
  en: (before: string, after: string) => `${before} → ${after} (+ added, - removed, ~ changed)`,
};
const FROM_NOTHING = {
  ja: (after: string) => `有効な合意がないため、${after} のすべてを示します。`,
  en: (after: string) => `No agreement is in force, so this is all of ${after}.`,
};
const SAME = {
  ja: '違いはありません(順序、コメント、引用符の違いは数えません)。',
  en: 'They say the same (order, comments and quoting do not count).',
};
const KEPT = { ja: '進行中の期限:', en: 'Deadlines that are open:' };
const NO_SUCH = {
  ja: (from: string, known: string) => `${from} という署名済みの版はありません。署名済みの版: ${known || 'なし'}`,
  en: (from: string, known: string) => `No version ${from} was ever signed. Signed ones: ${known || 'none'}`,
};
