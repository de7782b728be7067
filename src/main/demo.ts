import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorking } from '../cli/start.ts';
import type { Verb, VerbContext } from '../cli/verb.ts';
import { OPTIONS } from '../config/option-table.ts';
import type { Options } from '../config/options.ts';
import { ConfigInvalid } from '../errors/errors.ts';
import { stagehand } from './demo-cast.ts';
import { type Told, tellStory } from './demo-story.ts';
import { demoText } from './demo-text.ts';
import { environmentLines, SANDBOX_OPTIONS, sandboxArguments } from './sandbox.ts';
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts';
import { openWorkshop, type WiredWorkshop } from './wire.ts';

/** A Thursday before a long week-end: Monday, 23 November 2026 is 勤労感謝の日, so the count of business days has something to show. */
const THURSDAY_MORNING = '2026-11-19T10:00:00+09:00';
const PULL_EVERY_MS = 10_000;

export const demoVerb: Verb = {
  name: 'demo',
  summary:
    'Both CRMs emulated, a worker, and a short story: first plan, hand-offs, a lapsed deadline, one Task, one sale.',
  examples: [
    'tasuki demo',
    'tasuki demo --people 1000 --json',
    'tasuki demo --load ./export --with ./load.yaml',
    'tasuki demo --keep',
  ],
  options: [
    ...SANDBOX_OPTIONS,
    { flags: '--keep', help: 'leave both sandboxes and the worker running, and print their addresses' },
  ],

  async run(context, { flags }) {
    const started = performance.now();
    refuseRealAccounts(context.options);
    const asked = context.stopAsked();
    const folder = await mkdtemp(join(tmpdir(), 'tasuki-demo-'));
    context.terminal.say(demoText[context.terminal.locale].starting);
    const world = flags['load'] === undefined ? { people: 300, start: THURSDAY_MORNING } : {};
    try {
      const sandbox = await startSandboxProcess(sandboxArguments({ ...world, ...flags }));
      try {
        const shop = await openWorkshop(demoOptions(context.options, sandbox, folder), 'queue');
        try {
          return await perform({
            shop,
            sandbox,
            context,
            asked,
            keep: flags['keep'] === true,
            withSale: flags['load'] === undefined,
            started,
          });
        } finally {
          await shop.close();
        }
      } finally {
        await sandbox.stop();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

type Performance = {
  readonly shop: WiredWorkshop;
  readonly sandbox: SandboxProcess;
  readonly context: VerbContext;
  /** The signal to stop, once there is one. */
  readonly asked: Promise<string>;
  readonly keep: boolean;
  readonly withSale: boolean;
  readonly started: number;
};

/** The story, unless somebody leaves in the middle of it: then everything is let go of in order, as after the last act. */
async function perform({ shop, sandbox, context, asked, keep, withSale, started }: Performance): Promise<number> {
  const { terminal } = context;
  const text = demoText[terminal.locale];
  const story = tellStory(
    { shop, hand: stagehand(sandbox.urls), terminal, text, runs: [], mappings: context.options.mappings, withSale },
    started,
  );
  story.catch(() => undefined); // of a story that was left nobody wants to hear the end
  const told = await Promise.race([story, asked]);
  if (typeof told === 'string') return exitOf(told);
  terminal.result(told.result, text.result(told.result));
  const held = storyHeld(told);
  if (!held) terminal.say(text.failed);
  if (keep) {
    await startWorking(shop, PULL_EVERY_MS);
    terminal.say(text.kept(environmentLines(sandbox.urls)));
    await Promise.race([asked, sandbox.gone]);
  }
  return held ? 0 : 1;
}

/** As a shell has it: 128 and the signal's number. */
function exitOf(signal: string): number {
  return 128 + (constants.signals[signal as NodeJS.Signals] ?? 0);
}

/** Did what the demo promises come true? */
function storyHeld({ result: { changes, tasks, secondPass }, handedOver, saleHeld, unsettled }: Told): boolean {
  const taskHeld = handedOver === 0 || (tasks.opened === 1 && tasks.closed === 1);
  const isInStep = secondPass.planned === 0 && unsettled === 0 && changes.refused === 0;
  return isInStep && taskHeld && saleHeld !== false;
}

/** The demo writes to whatever it is given; it is never given anything but this machine. */
function refuseRealAccounts(options: Options): void {
  const faults = (['hubspotBaseUrl', 'salesforceLoginUrl'] as const).flatMap((name) => {
    const url = options[name];
    if (url === OPTIONS[name].default || isLoopback(url)) return [];
    const message = `${url} is not on this machine. The demo brings its own CRMs; unset it, or use "tasuki once".`;
    return [{ at: OPTIONS[name].env, message }];
  });
  if (faults.length > 0) throw new ConfigInvalid(faults);
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/u.test(hostname);
}

function demoOptions(options: Options, { urls }: SandboxProcess, folder: string): Options {
  return {
    ...options,
    folder,
    firstRun: 'ask', // the story approves it
    breakerPercent: 100, // three people are much of a small town
    databaseUrl: null,
    redisUrl: null,
    hubspotBaseUrl: urls.hubspot,
    hubspotAccessToken: 'pat-na1-sandbox',
    hubspotCallsPerTenSeconds: 180,
    salesforceLoginUrl: urls.salesforce,
    salesforceClientId: 'tasuki-sandbox',
    salesforceClientSecret: 'sandbox-secret',
    salesforceJwtKeyFile: null,
    clockUrl: urls.control,
  };
}
