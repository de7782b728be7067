import { changeLines, summaryLine } from '../cli/change-text.ts';
import type { PassResult } from '../cli/once.ts';
import { rehearse } from '../cli/plan.ts';
import { matchNewRecords, planEveryone } from '../steps/plan.ts';
import { setUp } from '../steps/set-up.ts';
import { playSale } from './demo-sale.ts';
import { signAsBothHeads } from './demo-sign.ts';
import {
  advance,
  DAY,
  type HandedOver,
  HOUR,
  MINUTE,
  pass,
  type Stage,
  sayHandedOver,
  sayWhy,
  voiceOf,
} from './demo-stage.ts';

/** Over the week-end and the longest run of Japanese holidays, three business days are past. */
const PAST_THE_DEADLINE = 12 * DAY;

export type DemoResult = {
  readonly people: number;
  /** Deals linked on both sides. */
  readonly deals: number;
  /** Companies known, on either side. */
  readonly companies: number;
  readonly pulled: number;
  readonly changes: {
    readonly planned: number;
    readonly acknowledged: number;
    readonly written: number;
    readonly confirmed: number;
    readonly refused: number;
  };
  readonly stages: Readonly<Record<string, number>>;
  readonly tasks: { readonly opened: number; readonly closed: number };
  readonly secondPass: { readonly planned: number };
  readonly ms: number;
};

/**
 * What came of the story, how many people it handed over (where nobody was near enough an MQL, there is no Task to promise), and
 * whether the sale came out in HubSpot as it was made; `null` where none was played.
 */
export type Told = {
  readonly result: DemoResult;
  readonly handedOver: number;
  readonly saleHeld: boolean | null;
  /** Writes of which nobody knows yet whether they stand. One that people overtook in the middle of the story is settled. */
  readonly unsettled: number;
};

/** Plays the whole story, and counts what came of it. Throws what made a lane give up. */
export async function tellStory(stage: Stage, started: number): Promise<Told> {
  await openingAct(stage);
  const cast = await handOver(stage);
  await neglect(stage, cast);
  const saleHeld = stage.withSale ? await playSale(stage) : null;
  const second = await pass(stage);
  stage.terminal.say(stage.text.secondPass(second.planned));
  const { changes } = await stage.shop.works.ledger.counts();
  const unsettled = (changes['acknowledged'] ?? 0) + (changes['unsure'] ?? 0) + (changes['sending'] ?? 0);
  return { result: await summary(stage, second, started), handedOver: cast.length, saleHeld, unsettled };
}

/** Set-up, both signatures, the first plan, and its execution. */
async function openingAct(stage: Stage): Promise<void> {
  const { shop, terminal, text } = stage;
  const made = await setUp(shop.works);
  terminal.say(text.setUp(made.length));
  await signTogether(stage);
  const { changes, plan } = await rehearse(shop.works);
  const sample = changes.find(({ kind }) => kind === 'create') ?? changes[0];
  terminal.say(text.firstPlan(summaryLine(changes, terminal.locale)));
  if (sample !== undefined) for (const line of changeLines(sample, voiceOf(stage))) terminal.say(`  ${line}`);
  await approveFirstRun(stage, plan.hash);
  terminal.say(text.wrote(await pass(stage)));
}

/** As `tasuki agreement sign` does it, once as each head: without that nobody is handed over, and no deadline runs. */
async function signTogether({ shop, mappings, terminal, text }: Stage): Promise<void> {
  for (const signature of await signAsBothHeads(shop, mappings, 'demo')) terminal.say(text.signed(signature));
  const { agreement, agreedSince } = shop.works.policy();
  if (agreedSince !== null) terminal.say(text.inForce(agreement.version));
}

/** As `tasuki approve` does it: plan in earnest, let go what was shown. The numbers are on the screen, so the demo says yes. */
async function approveFirstRun({ shop, runs, terminal, text }: Stage, plan: string): Promise<void> {
  const { works } = shop;
  runs.push(shop.newRun());
  await works.ledger.startRun(works.run(), 'approve', works.clock.now());
  await matchNewRecords(works);
  await planEveryone(works);
  const decided = await works.ledger.approve({ plan, by: 'demo', why: '', at: works.clock.now() });
  if (decided.kind === 'done') terminal.say(text.approved(decided.changes, plan));
}

type Cast = readonly HandedOver[];

/** Marketing's work bears fruit: three people become MQLs and are handed over. */
async function handOver(stage: Stage): Promise<Cast> {
  const { hand } = stage;
  const chosen = await hand.promising(3);
  for (const { id } of chosen) await hand.raiseScore(id, 95);
  await advance(stage, 5 * MINUTE); // the search index takes its time
  await pass(stage);
  const cast: HandedOver[] = [];
  for (const { email } of chosen) {
    const handed = await sayHandedOver(stage, email);
    if (handed !== null) cast.push(handed);
  }
  return cast;
}

/** Everybody is called but the last one; the deadline lapses, a Task appears, and it closes by itself once there is a call. */
async function neglect(stage: Stage, cast: Cast): Promise<void> {
  const { hand, terminal, text } = stage;
  const forgotten = cast.at(-1);
  if (forgotten === undefined) return terminal.say(text.nobodyPromising);
  await advance(stage, DAY);
  for (const { lead, owner, ownerName } of cast.slice(0, -1)) {
    await hand.logCall(lead, owner);
    terminal.say(text.called(ownerName, lead));
  }
  await advance(stage, HOUR);
  await pass(stage);
  await advance(stage, PAST_THE_DEADLINE);
  await pass(stage);
  const task = await hand.taskOf(forgotten.lead);
  if (task !== null) terminal.say(text.lapsed(forgotten.ownerName, task.subject, task.description));
  await sayWhy(stage, forgotten.email);
  await hand.logCall(forgotten.lead, forgotten.owner);
  await advance(stage, HOUR);
  await pass(stage);
  const after = await hand.taskOf(forgotten.lead);
  if (after !== null) terminal.say(text.closed(forgotten.ownerName, after.status));
  await advance(stage, HOUR);
}

/** Counted at the end, since a write of one pass may be confirmed by the pull of a later one. */
async function summary({ shop, runs }: Stage, second: PassResult, started: number): Promise<DemoResult> {
  const { ledger } = shop.works;
  const counts = await ledger.counts();
  const total = { pulled: 0, planned: 0, acknowledged: 0, written: 0, confirmed: 0, refused: 0 };
  for (const run of runs) {
    const counted = await ledger.runCounts(run);
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += counted[name];
  }
  const { pulled, ...changes } = total;
  return {
    people: counts.people,
    deals: counts.deals.both,
    companies: counts.companies.both + counts.companies.hubspot + counts.companies.salesforce,
    pulled,
    changes,
    stages: counts.stages,
    tasks: counts.tasks,
    secondPass: { planned: second.planned },
    ms: Math.round(performance.now() - started),
  };
}
