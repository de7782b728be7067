import type { Agreement } from '../domain/agreement/agreement.ts';
import type { Change } from '../domain/people/change.ts';
import type { Locale } from '../domain/policy.ts';
import { durationText } from '../domain/texts/words.ts';

/** How many people these changes take in from before the go-live line (`adopt`). */
export function adoptedIn(changes: readonly Change[]): number {
  const adopting = changes.filter(({ steps }) =>
    steps.flat().some(({ reason }) => reason.code === 'stage-derived' && reason.detail['by'] === 'adopted'),
  );
  return new Set(adopting.map(({ entity }) => entity)).size;
}

/** The number before anybody approves it; nothing where the agreement takes nobody in. */
export function adoptedLines(
  changes: readonly Change[],
  { adopt }: Pick<Agreement, 'adopt'>,
  locale: Locale,
): readonly string[] {
  if (adopt === undefined) return [];
  return [TAKEN_IN[locale](adoptedIn(changes), durationText(adopt.openSince, locale))];
}

const TAKEN_IN = {
  ja: (people: number, within: string) =>
    `引き取る人: ${people}(運用開始前 ${within}以内にそのステージに入り、進行中で接触のない人)`,
  en: (people: number, within: string) =>
    `People taken in: ${people} (in their stage since ${within} before the go-live line at most, open, not contacted since)`,
};
