import type { FindingCode } from '../people/person.ts';
import { teamName } from './agreement-names.ts';
import { type Sentence, shown } from './words.ts';

/** What comes up when people are handed over. */
export const HAND_OFF_FINDINGS = {
  TEAM_FULL: {
    ja: (d) =>
      `${teamName(String(d['team'] ?? ''), 'ja')}の全員が ${shown(d['day'], 'ja')} の受け取り上限に達しました。以降の引き渡しは、チームのキュー(なければ受け皿)に入れています。フォロー期限は通常どおり数えます。キューの管理者が割り当ててください。よくあるなら、owners.yaml の capacity かメンバーを見直します。`,
    en: (d) =>
      `Everybody in ${teamName(String(d['team'] ?? ''), 'en')} has received as many as a day gives them (${shown(d['day'], 'en')}). Whoever is handed over since is in the team's queue, or in the place for what nobody can own; their deadlines run as usual. Let the queue's manager assign them. If this happens often, see to "capacity" or the members in owners.yaml.`,
  },
} as const satisfies Partial<Readonly<Record<FindingCode, Sentence>>>;
