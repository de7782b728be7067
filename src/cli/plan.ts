import { SYSTEMS } from '../domain/people/record.ts';
import type { Locale } from '../domain/policy.ts';
import { findingText } from '../domain/texts/findings.ts';
import { plural } from '../domain/texts/words.ts';
import { type NotAsked, pullWithinBudget } from '../steps/pull-within-budget.ts';
import type { Works } from '../steps/works.ts';
import { adoptedIn, adoptedLines } from './adopted-text.ts';
import { type AgreementNow, agreementNow, mappingsIfSound } from './agreement-now.ts';
import { inForceLine, proposalLines } from './agreement-text.ts';
import { changeLines, summaryLine, type Voice } from './change-text.ts';
import { type Look, look } from './look.ts';
import { notAskedLine } from './not-asked-text.ts';
import type { Proposal, Verb } from './verb.ts';
import { heldLines } from './waiting-text.ts';

/** `notAsked`: whom a run would not ask now either. */
export type Rehearsal = Look & { readonly notAsked: readonly NotAsked[] };

/**
 * Everything that a run would write now, by the code that would write it: the same pulls, the same matching, the same planner, on a
 * ledger that forgets it all afterwards. What a run writes is a subset of this, less what the world changes meanwhile (law R13). Where the
 * day's calls do not suffice, it asks nobody, as a run would not, and says until when was read.
 */
export async function rehearse(works: Works, proposal: Proposal | null = null): Promise<Rehearsal> {
  const notAsked: NotAsked[] = [];
  for (const system of SYSTEMS) {
    const pull = await pullWithinBudget(system, works);
    if (pull.notAsked !== null) notAsked.push(pull.notAsked);
  }
  const seen = await look(works, proposal);
  await works.ledger.rememberShown(seen.plan.hash, seen.toApprove, works.clock.now());
  return { ...seen, notAsked };
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

  async run({ terminal, options, open }, { flags }) {
    const { works, proposal, close } = await open('inline', 'look');
    try {
      const rehearsal = await rehearse(works, proposal);
      const voice = { locale: terminal.locale, calendar: works.policy().calendar };
      const adopted = adoptedLines(rehearsal.changes, works.policy().agreement, terminal.locale);
      const text = rehearsalText(rehearsal, Number(flags['limit'] ?? 20), voice, adopted);
      const edited = proposal === null ? null : { unread: proposal.unread };
      const agreement = await agreementNow(works.ledger, mappingsIfSound(options), {
        now: works.clock.now(),
        calendar: voice.calendar,
      });
      const heads = [...agreementHead(agreement, voice), ...editHead(proposal, terminal.locale)];
      const { inForce } = agreement.standing;
      terminal.result(
        {
          ...rehearsal,
          adopted: adoptedIn(rehearsal.changes),
          edited,
          agreement: inForce === null ? null : inForce.version.version,
        },
        [...heads, text].join('\n'),
      );
      return 0;
    } finally {
      await close();
    }
  },
};

/** Whoever misses the stages in a plan, or an edit of the agreement, finds here why; nothing where the folder's is in force. */
function agreementHead(agreement: AgreementNow, voice: Voice): readonly string[] {
  const proposed = proposalLines(agreement, voice.locale);
  if (agreement.standing.inForce !== null && proposed.length === 0) return [];
  return [inForceLine(agreement, voice), ...proposed, ''];
}

/** The plan of an edit is no plan of what runs now, and what nobody has read yet is not in it. */
function editHead(proposal: Proposal | null, locale: Locale): readonly string[] {
  if (proposal === null) return [];
  const { unread } = proposal;
  return [PROPOSED[locale], ...(unread.length === 0 ? [] : [NOT_READ_YET[locale](unread.join(', '))]), ''];
}

const PROPOSED = {
  ja: '対応表に、または署名された合意に、まだ有効になっていない変更があります。以下は、その変更を有効にした場合の計画です(start または once で有効になります)。',
  en: 'The mappings have been edited, or an agreement was signed, and that is not in force yet. This is the plan with it in force ("start" or "once" does that).',
};
const NOT_READ_YET = {
  ja: (fields: string) => `新しく使う次の項目は、有効になってから読み取るため、この計画には出ません: ${fields}`,
  en: (fields: string) =>
    `These fields are read only once it is in force, so what they hold is not in this plan: ${fields}`,
};

function rehearsalText(
  { changes, findings, waiting, held, plan, notAsked }: Rehearsal,
  limit: number,
  voice: Voice,
  adopted: readonly string[],
): string {
  const { locale } = voice;
  const shown = changes.slice(0, limit).flatMap((change) => [...changeLines(change, voice), '']);
  const rest = changes.length - Math.min(limit, changes.length);
  const more = locale === 'ja' ? `…ほか ${rest} 件(--limit で増やせます)` : `… and ${rest} more (see --limit)`;
  const waits =
    locale === 'ja'
      ? `このほかに、送信を待っている変更が ${waiting} 件あります。`
      : `Waiting to be sent besides: ${plural(waiting, 'change')}.`;
  return [
    ...notAsked.map((one) => notAskedLine(one, voice)),
    ...shown,
    ...(rest > 0 ? [more, ''] : []),
    ...(waiting > 0 ? [waits] : []),
    summaryLine(changes, locale),
    ...adopted,
    ...heldLines(held, locale, plan.hash),
    ...[...new Set(findings.map((finding) => `⚠ ${findingText(finding, locale)}`))].slice(0, limit),
  ].join('\n');
}
