import { runLane } from '../../jobs/index.ts';
import type { Options } from '../config/options.ts';
import { SYSTEMS } from '../domain/people/record.ts';
import type { Locale } from '../domain/policy.ts';
import { findingText } from '../domain/texts/findings.ts';
import { RateLimited, RemoteUnavailable } from '../errors/errors.ts';
import type { RunLane } from '../ports/bell.ts';
import { prepare } from '../steps/prepare.ts';
import { serveHealth } from './health-socket.ts';
import { openHeart } from './pulse.ts';
import type { Verb, Workshop } from './verb.ts';
import { heldLines } from './waiting-text.ts';

/** Sweeps are cheap; a bell that was lost is rung again within this time. */
const SWEEP_EVERY_MS = 60_000;

/** Asserts the repeating jobs and begins to answer them; `listen` may put an ear to each answer. */
export async function startWorking(
  { works, worksNow, queue, alone }: Workshop,
  pullEveryMs: number,
  listen: (answer: RunLane) => RunLane = (answer) => answer,
): Promise<void> {
  await works.ledger.startRun(works.run(), 'worker', works.clock.now());
  await works.ledger.expireLeases(works.clock.now(), alone);
  await queue.start(
    listen(async (lane) => runLane(lane, await worksNow())),
    [
      { lane: { job: 'pull-changes', system: 'hubspot' }, everyMs: pullEveryMs },
      { lane: { job: 'pull-changes', system: 'salesforce' }, everyMs: pullEveryMs },
      { lane: { job: 'sweep-stragglers' }, everyMs: SWEEP_EVERY_MS },
    ],
  );
}

/**
 * Knocks at both CRMs before the first job, so that a wrong token or a field that is missing ends `start` in words, while somebody is
 * looking. A CRM that is merely away does not: its lanes try again.
 */
async function knock({ works }: Workshop): Promise<void> {
  for (const system of SYSTEMS) {
    try {
      await prepare(system, works);
    } catch (error) {
      if (!(error instanceof RemoteUnavailable || error instanceof RateLimited)) throw error;
      works.log.warn({ system, cause: error.message }, 'this CRM is away; the worker starts and tries again');
    }
  }
}

/** Somebody is looking just now: what waits for them, that nobody has signed, and that nothing is written before they have approved a first run. */
async function waitingLines({ works }: Workshop, { firstRun }: Options, locale: Locale): Promise<readonly string[]> {
  const { held } = await works.ledger.waiting();
  const unsigned = { code: 'AGREEMENT_UNSIGNED', subject: 'agreement', detail: {} } as const;
  const agreement = works.policy().agreedSince === null ? [findingText(unsigned, locale)] : [];
  const asks = firstRun === 'ask' && (await works.ledger.goLive()) === null && held['first-run'] === 0;
  return [...agreement, ...(asks ? [ASKS_FIRST[locale]] : heldLines(held, locale))];
}

const ASKS_FIRST = {
  ja: '初回の実行です。読み取りと計画だけを行い、承認(tasuki approve)されるまで何も書き込みません。',
  en: 'This is the first run: it reads and plans, and writes nothing before you have approved (tasuki approve).',
};

export const startVerb: Verb = {
  name: 'start',
  summary: 'Work until told to stop: pull on a schedule, plan, write, confirm, watch deadlines.',
  unattended: true,
  examples: ['tasuki start', 'DATABASE_URL=postgres://… REDIS_URL=redis://… tasuki start'],

  async run({ terminal, options, open, stopAsked }) {
    const asked = stopAsked();
    const workshop = await open('queue');
    const heart = openHeart();
    const closeHealth = await serveHealth(options.folder, heart.read, workshop.works.log);
    try {
      await knock(workshop);
      await startWorking(workshop, options.pullEverySeconds * 1000, heart.listen);
      for (const line of await waitingLines(workshop, options, terminal.locale)) terminal.say(line);
      terminal.say(
        terminal.locale === 'ja'
          ? '稼働を始めました。停止は Ctrl+C(SIGTERM)です。'
          : 'Working. Stop with Ctrl+C (SIGTERM).',
      );
      const signal = await asked;
      terminal.say(
        terminal.locale === 'ja'
          ? `${signal} を受け取りました。実行中の処理を終えてから止まります。`
          : `${signal}: finishing what runs, then stopping.`,
      );
    } finally {
      await workshop.close();
      closeHealth();
    }
    terminal.result({ stopped: await asked }, terminal.locale === 'ja' ? '止まりました。' : 'Stopped.');
    return 0;
  },
};
