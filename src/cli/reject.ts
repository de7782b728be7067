import { plural } from '../domain/texts/words.ts';
import { DECISION_OPTIONS, type Deed, decideWaiting } from './decide.ts';
import type { Verb } from './verb.ts';

const REJECT: Deed = {
  name: 'reject',
  question: { ja: 'この計画を取り下げますか?', en: 'Reject this plan?' },
  done: {
    ja: (changes) => `${changes} 件の変更を取り下げました。値が変わるまで、同じ変更は計画しません。`,
    en: (changes) => `Rejected: ${plural(changes, 'change')}. The same is not planned again until a value differs.`,
  },
};

export const rejectVerb: Verb = {
  name: 'reject',
  summary: 'Show the plan that waits, ask, and take it back; the same is not planned again until a value differs.',
  examples: ['tasuki reject --why "対応表の誤り"', 'tasuki reject --plan 3f9a0c12be77'],
  options: DECISION_OPTIONS,
  run: (context, { flags }) => decideWaiting(REJECT, context, flags),
};
