import { plural } from '../domain/texts/words.ts';
import { DECISION_OPTIONS, type Deed, decideWaiting } from './decide.ts';
import type { Verb } from './verb.ts';

const APPROVE: Deed = {
  name: 'approve',
  question: { ja: 'この計画を承認しますか?', en: 'Approve this plan?' },
  done: {
    ja: (changes) => `${changes} 件の変更を承認しました。次の実行(稼働中なら 1 分以内)で書き込みます。`,
    en: (changes) =>
      `Approved: ${plural(changes, 'change')}, to be written by the next pass (within a minute of a running worker).`,
  },
};

export const approveVerb: Verb = {
  name: 'approve',
  summary: 'Show the plan that waits (first run, or more changes than usual), ask, and let it go.',
  examples: [
    'tasuki approve',
    'tasuki approve --dry-run',
    'tasuki approve --plan 3f9a0c12be77 --why "初回"',
    'tasuki approve --yes --json',
  ],
  options: DECISION_OPTIONS,
  run: (context, { flags }) => decideWaiting(APPROVE, context, flags),
};
