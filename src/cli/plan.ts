import { findingText } from '../domain/texts/findings.ts';
import { plural } from '../domain/texts/words.ts';
import { pullChanges } from '../steps/pull.ts';
import type { Works } from '../steps/works.ts';
import { changeLines, summaryLine, type Voice } from './change-text.ts';
import { type Look, look } from './look.ts';
import type { Verb } from './verb.ts';
import { heldLines } from './waiting-text.ts';

/**
 * Everything that a run would write now, by the code that would write it: the same pulls, the same matching, the same planner, on a
 * ledger that forgets it all afterwards. What a run writes is a subset of this, less what the world changes meanwhile (law R13).
 */
export async function rehearse(works: Works): Promise<Look> {
  await pullChanges('hubspot', works);
  await pullChanges('salesforce', works);
  const seen = await look(works);
  await works.ledger.rememberShown(seen.plan.hash, seen.toApprove, works.clock.now());
  return seen;
}

export const planVerb: Verb = {
  name: 'plan',
  summary: 'Show every write a run would make now, per record, before → after, with its reason; touch nothing.',
  examples: ['tasuki plan', 'tasuki plan --limit 50', 'tasuki plan --json | jq ".changes | length"'],
  options: [
    {
      flags: '--limit <n>',
      help: 'show at most this many records as text (default 20); --json always shows all',
      whole: true,
    },
  ],

  async run({ terminal, open }, { flags }) {
    const { works, close } = await open('inline');
    try {
      const rehearsal = await rehearse(works);
      const voice = { locale: terminal.locale, calendar: works.policy().calendar };
      terminal.result(rehearsal, rehearsalText(rehearsal, Number(flags['limit'] ?? 20), voice));
      return 0;
    } finally {
      await close();
    }
  },
};

function rehearsalText({ changes, findings, waiting, held, plan }: Look, limit: number, voice: Voice): string {
  const { locale } = voice;
  const shown = changes.slice(0, limit).flatMap((change) => [...changeLines(change, voice), '']);
  const rest = changes.length - Math.min(limit, changes.length);
  const more = locale === 'ja' ? `…ほか ${rest} 件(--limit で増やせます)` : `… and ${rest} more (see --limit)`;
  const waits =
    locale === 'ja'
      ? `このほかに、送信を待っている変更が ${waiting} 件あります。`
      : `Waiting to be sent besides: ${plural(waiting, 'change')}.`;
  return [
    ...shown,
    ...(rest > 0 ? [more, ''] : []),
    ...(waiting > 0 ? [waits] : []),
    summaryLine(changes, locale),
    ...heldLines(held, locale, plan.hash),
    ...[...new Set(findings.map((finding) => `⚠ ${findingText(finding, locale)}`))].slice(0, limit),
  ].join('\n');
}
