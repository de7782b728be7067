import type { ChangeState, Hold } from '../domain/people/change.ts';
import type { Locale } from '../domain/policy.ts';
import { plural } from '../domain/texts/words.ts';
import type { RunCounts } from '../ports/ledger.ts';
import type { Verb, Workshop } from './verb.ts';
import { heldLines } from './waiting-text.ts';

export type PassResult = RunCounts & {
  readonly findings: number;
  readonly parked: number;
  /** Planned and not sent, by what holds them. */
  readonly held: Readonly<Record<Hold, number>>;
};

/**
 * One whole pass: pull both sides, plan, write, confirm, until nothing more follows. The jobs are the worker's own; only the bell is
 * answered here, in order, instead of by a queue.
 *
 * Throws what made a lane give up; what was written until then is in the ledger, and the next pass goes on from there.
 */
export async function passOnce({ works, queue, alone, gaveUp }: Workshop): Promise<PassResult> {
  const { ledger, clock } = works;
  const run = works.run();
  const before = (await ledger.counts()).changes;
  await ledger.startRun(run, 'once', clock.now());
  await ledger.expireLeases(clock.now(), alone);
  await queue.ring({ job: 'pull-changes', system: 'hubspot' });
  await queue.ring({ job: 'pull-changes', system: 'salesforce' });
  await queue.ring({ job: 'sweep-stragglers' });
  await queue.quiet();
  const failure = gaveUp();
  if (failure !== null) throw failure;
  const { pulled, planned } = await ledger.runCounts(run);
  const after = (await ledger.counts()).changes;
  const gained = (...states: readonly ChangeState[]) =>
    states.reduce((sum, state) => sum + (after[state] ?? 0) - (before[state] ?? 0), 0);
  const written = gained('acknowledged', 'confirmed');
  // What this pass wrote may have been planned by an earlier one: before a pause, before a crash.
  const counts = {
    pulled,
    planned,
    acknowledged: written,
    written,
    confirmed: gained('confirmed'),
    refused: gained('refused'),
  };
  await ledger.finishRun(run, counts, clock.now());
  const { parked, held } = await ledger.waiting();
  return { ...counts, findings: (await ledger.findings()).length, parked, held };
}

export const onceVerb: Verb = {
  name: 'once',
  summary: 'Run one whole pass: pull, plan, write, confirm; then stop.',
  examples: ['tasuki once', 'tasuki once --json | jq .planned'],

  async run({ terminal, open }) {
    const workshop = await open('inline');
    try {
      const result = await passOnce(workshop);
      terminal.result(result, passText(result, terminal.locale));
      return 0;
    } finally {
      await workshop.close();
    }
  },
};

function passText(result: PassResult, locale: Locale): string {
  const { pulled, planned, written, confirmed, refused, findings, parked, held } = result;
  if (locale === 'en') {
    return [
      `Read ${pulled} records. Planned ${planned} changes: ${written} written, ${confirmed} confirmed, ${refused} refused.`,
      ...heldLines(held, locale),
      ...(parked > 0 ? [`${parked} changes wait, because Tasuki is paused.`] : []),
      ...(findings > 0 ? [`${plural(findings, 'finding')} for a person to look at: tasuki doctor`] : []),
    ].join('\n');
  }
  return [
    `${pulled} 件を読み取り、${planned} 件の変更を計画しました(書き込み ${written} 件、確認済み ${confirmed} 件、拒否 ${refused} 件)。`,
    ...heldLines(held, locale),
    ...(parked > 0 ? [`一時停止中のため、${parked} 件の変更が待機しています。`] : []),
    ...(findings > 0 ? [`要確認が ${findings} 件あります。tasuki doctor で確認できます。`] : []),
  ].join('\n');
}
