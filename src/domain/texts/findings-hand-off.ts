import type { FindingCode } from '../people/person.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';
import { teamName } from './agreement-names.ts';
import { deadlineName, type InBoth, type Sentence, shown } from './words.ts';

/** What comes up when people are handed over. */
export const HAND_OFF_FINDINGS = {
  HAND_OVER_LATE: {
    ja: (d) =>
      `条件を満たした人が、「${deadlineName(d['deadline'], 'ja')}」の期限を過ぎても営業に引き渡されていません(担当: ${shown(d['who'], 'ja')})。${hindrance(d['because'], 'ja')}`,
    en: (d) =>
      `Somebody who met the criteria has not been handed over in time (${deadlineName(d['deadline'], 'en')}; ${shown(d['who'], 'en')}). ${hindrance(d['because'], 'en')}`,
  },
  TEAM_FULL: {
    ja: (d) =>
      `${teamName(String(d['team'] ?? ''), 'ja')}の全員が ${shown(d['day'], 'ja')} の受け取り上限に達しました。以降の引き渡しは、チームのキュー(なければ受け皿)に入れています。フォロー期限は通常どおり数えます。キューの管理者が割り当ててください。よくあるなら、owners.yaml の capacity かメンバーを見直します。`,
    en: (d) =>
      `Everybody in ${teamName(String(d['team'] ?? ''), 'en')} has received as many as a day gives them (${shown(d['day'], 'en')}). Whoever is handed over since is in the team's queue, or in the place for what nobody can own; their deadlines run as usual. Let the queue's manager assign them. If this happens often, see to "capacity" or the members in owners.yaml.`,
  },
} as const satisfies Partial<Readonly<Record<FindingCode, Sentence>>>;

/** What keeps a hand-off from happening, and what to do about it. */
const HINDRANCES: Readonly<Record<string, InBoth>> = {
  'look-alikes': {
    ja: 'Salesforce に同じ人らしいレコードが複数あり、決められません。重複をマージしてください。',
    en: 'Salesforce has several records that may be theirs. Merge the duplicates.',
  },
  refused: {
    ja: 'Salesforce が書き込みを受け付けていません。同じ人の WRITE_REFUSED を解消してください。',
    en: 'Salesforce refuses the write. See to the WRITE_REFUSED of the same person.',
  },
  rejected: {
    ja: '計画が却下されています(tasuki reject)。引き渡すなら tasuki retry で戻してください。',
    en: 'The plan was rejected (tasuki reject). To hand them over after all: tasuki retry.',
  },
  'waits-approval': {
    ja: '書き込みが承認待ちです。tasuki plan で確認し、tasuki approve で承認してください。',
    en: 'The write waits for approval. See tasuki plan, then tasuki approve.',
  },
  'on-its-way': {
    ja: '書き込みの途中です。一時停止中なら tasuki resume を、それ以外は tasuki doctor を確認してください。',
    en: 'The write is on its way. If writing is paused: tasuki resume; else see tasuki doctor.',
  },
};

const LOOK: InBoth = {
  ja: 'tasuki explain で、何が引き渡しを止めているかを確認してください。',
  en: 'See tasuki explain for what keeps the hand-off from happening.',
};

function hindrance(because: Value | undefined, locale: Locale): string {
  return HINDRANCES[String(because)]?.[locale] ?? LOOK[locale];
}
