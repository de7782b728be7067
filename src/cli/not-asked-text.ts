import { formatLocal } from '../domain/texts/format-local.ts';
import type { NotAsked } from '../steps/pull-within-budget.ts';
import type { Voice } from './change-text.ts';

/** Whom a plan was made without asking, since the day's calls run short: one that is older than its reader thinks is worse than none. */
export function notAskedLine({ system, readUntil }: NotAsked, { locale, calendar }: Voice): string {
  const name = system === 'hubspot' ? 'HubSpot' : 'Salesforce';
  const until = readUntil === null ? null : formatLocal(readUntil, calendar, locale);
  if (locale === 'ja') {
    const read = until === null ? 'まだ一度も読み取っていません' : `以下は ${until} までに読み取った内容による計画です`;
    return `⚠ 本日使える API 呼び出しの残りが少ないため、${name} には問い合わせていません。${read}(くわしくは tasuki doctor)。`;
  }
  const read = until === null ? 'It has never been read.' : `This is planned on what was read until ${until}.`;
  return `⚠ ${name} was not asked what changed: too few of the day's API calls are left. ${read} See tasuki doctor.`;
}
