import { randomUUID } from 'node:crypto';
import type { Locale } from '../domain/policy.ts';
import { findingText } from '../domain/texts/findings.ts';
import type { Decided } from '../ports/approval.ts';
import { bothRead, matchNewRecords, planEveryone } from '../steps/plan.ts';
import { adoptedLines } from './adopted-text.ts';
import { changeLines } from './change-text.ts';
import { gateRules } from './gate.ts';
import { type Look, look, type PlanningWorks } from './look.ts';
import type { Flags, LedgerDesk, Terminal, VerbContext, VerbOption } from './verb.ts';
import { heldLines, overtakenLines, planLines } from './waiting-text.ts';
import { textOf, whoever } from './whoever.ts';

/** What a person may do with the plan that waits. */
export type Deed = {
  readonly name: 'approve' | 'reject';
  readonly question: Readonly<Record<Locale, string>>;
  readonly done: Readonly<Record<Locale, (changes: number) => string>>;
};

export const DECISION_OPTIONS: readonly VerbOption[] = [
  {
    flags: '--plan <hash>',
    help: 'only if exactly the plan of this hash waits, as `tasuki plan` printed it; asks nothing',
  },
  { flags: '--yes', help: 'ask nothing' },
  { flags: '--dry-run', help: 'show what waits, and decide nothing' },
  { flags: '--why <text>', help: 'the reason, for the audit' },
  { flags: '--by <name>', help: 'who decides (default: the login name)' },
];

/** A few changes in full, so that the groups above them can be pictured. */
const SAMPLES = 3;

/**
 * Shows the plan that waits, asks, and decides about exactly what was shown. Planning comes first, so that nothing is missing from what
 * is shown; it needs no CRM, for it plans from what was read.
 */
export async function decideWaiting(
  deed: Deed,
  { terminal, options, openLedger }: VerbContext,
  flags: Flags,
): Promise<number> {
  const desk = await openLedger();
  const { locale } = terminal;
  try {
    if (!(await bothRead(desk.ledger))) {
      terminal.result({ decided: false, because: 'not-read' }, NOT_READ[locale]);
      return 1;
    }
    const works = await planningWorks(desk, gateRules(options));
    let plan = textOf(flags['plan']);
    if (plan === undefined) {
      const seen = await look(works);
      const answer = await showAndAsk(deed, seen, { desk, terminal, flags });
      if (answer !== true) {
        const { hash, changes, groups } = seen.plan;
        terminal.result(
          { decided: false, plan: hash, changes, groups, held: seen.held },
          answer === null ? SAY_YES[locale] : LEFT[locale],
        );
        return answer === null ? 1 : 0;
      }
      plan = seen.plan.hash;
    }
    await planInEarnest(works, deed.name);
    const decided = await desk.ledger[deed.name]({
      plan,
      by: whoever(flags),
      why: textOf(flags['why']) ?? '',
      at: desk.clock.now(),
    });
    terminal.result({ decided: decided.kind === 'done', ...decided }, decidedText(deed, decided, locale));
    return decided.kind === 'done' ? 0 : 1;
  } finally {
    await desk.close();
  }
}

/** Yes, no, or `null` where nobody is there to say. An approval of nothing is still one: it ends the first run. */
async function showAndAsk(
  { name, question }: Deed,
  seen: Look,
  { desk, terminal, flags }: { readonly desk: LedgerDesk; readonly terminal: Terminal; readonly flags: Flags },
): Promise<boolean | null> {
  const { ledger, clock } = desk;
  const { plan, toApprove } = seen;
  await ledger.rememberShown(plan.hash, toApprove, clock.now());
  for (const line of await lookLines(seen, desk, terminal.locale)) terminal.say(line);
  const endsFirstRun = name === 'approve' && (await ledger.goLive()) === null;
  if (flags['dryRun'] === true || (plan.changes === 0 && !endsFirstRun)) return false;
  return flags['yes'] === true || terminal.asks(question[terminal.locale]);
}

async function planningWorks(
  { ledger, clock, policy }: LedgerDesk,
  gate: PlanningWorks['gate'],
): Promise<PlanningWorks> {
  const inForce = await policy();
  const run = `run-${randomUUID()}`;
  return { ledger, clock, gate, policy: () => inForce, run: () => run };
}

/** As a pass does it: what is decided about has to be in the ledger. */
async function planInEarnest(works: PlanningWorks, kind: string): Promise<void> {
  await works.ledger.startRun(works.run(), kind, works.clock.now());
  await works.ledger.wakeClocks(works.clock.now());
  await matchNewRecords(works);
  await planEveryone(works);
}

async function lookLines(seen: Look, desk: LedgerDesk, locale: Locale): Promise<readonly string[]> {
  const { calendar, agreement } = await desk.policy();
  const voice = { locale, calendar };
  const tripped = seen.findings.filter(({ code }) => code === 'BREAKER_TRIPPED');
  return [
    ...planLines(seen.plan, locale),
    ...adoptedLines(seen.toApprove, agreement, locale),
    ...tripped.map((finding) => `⚠ ${findingText(finding, locale)}`),
    ...heldLines({ 'first-run': 0, breaker: 0, rollout: seen.held.rollout }, locale),
    ...seen.toApprove.slice(0, SAMPLES).flatMap((change) => changeLines(change, voice)),
  ];
}

function decidedText({ done }: Deed, decided: Decided, locale: Locale): string {
  if (decided.kind === 'done') return done[locale](decided.changes);
  const { overtaken, plan } = decided;
  const listed = overtaken === null ? [] : overtakenLines(overtaken, locale);
  return [MOVED[locale], ...listed, ...planLines(plan, locale)].join('\n');
}

const NOT_READ = {
  ja: 'まだ両方のシステムを読み終えていないため、計画がありません。先に tasuki plan を実行してください。',
  en: 'Both systems have not been read yet, so there is no plan. Run "tasuki plan" first.',
};
const LEFT = { ja: '何も変えていません。', en: 'Nothing was changed.' };
const SAY_YES = {
  ja: '確認に答える人がいないため、何も変えていません。--yes を付けるか、--plan で計画を指定してください。',
  en: 'Nobody is here to answer, so nothing was changed. Add --yes, or name the plan with --plan.',
};
const MOVED = {
  ja: '示された計画とは内容が変わっているため、何も変えていません。あてはまらなくなった変更(変更前 → 計画した値):',
  en: 'What waits is not the plan that was shown, so nothing was changed. No longer so (before → planned):',
};
