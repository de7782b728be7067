import { changeLines, summaryLine, type Voice } from '../cli/change-text.ts';
import { explainText } from '../cli/explain.ts';
import { type PassResult, passOnce } from '../cli/once.ts';
import { rehearse } from '../cli/plan.ts';
import type { Terminal } from '../cli/verb.ts';
import { dueReasonText } from '../domain/texts/task.ts';
import { setUp } from '../steps/set-up.ts';
import type { Stagehand } from './demo-cast.ts';
import type { DemoText } from './demo-text.ts';
import type { WiredWorkshop } from './wire.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Over the week-end and the longest run of Japanese holidays, three business days are past. */
const PAST_THE_DEADLINE = 12 * DAY;
const PROGRESS_EVERY_MS = 5_000;

export type DemoResult = {
  readonly people: number;
  readonly deals: number;
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

export type Stage = {
  readonly shop: WiredWorkshop;
  readonly hand: Stagehand;
  readonly terminal: Terminal;
  readonly text: DemoText;
  readonly runs: string[];
};

/** What came of the story, and how many people it handed over: where nobody was near enough an MQL, there is no Task to promise. */
export type Told = { readonly result: DemoResult; readonly handedOver: number };

/** Plays the whole story, and counts what came of it. Throws what made a lane give up. */
export async function tellStory(stage: Stage, started: number): Promise<Told> {
  await openingAct(stage);
  const cast = await handOver(stage);
  await neglect(stage, cast);
  const second = await pass(stage);
  stage.terminal.say(stage.text.secondPass(second.planned));
  return { result: await summary(stage, second, started), handedOver: cast.length };
}

/** Set-up, the first plan, and its execution. */
async function openingAct(stage: Stage): Promise<void> {
  const { shop, terminal, text } = stage;
  const made = await setUp(shop.works);
  terminal.say(text.setUp(made.length));
  const { changes } = await rehearse(shop.works);
  const sample = changes.find(({ kind }) => kind === 'create') ?? changes[0];
  terminal.say(text.firstPlan(summaryLine(changes, terminal.locale)));
  if (sample !== undefined) for (const line of changeLines(sample, voiceOf(stage))) terminal.say(`  ${line}`);
  terminal.say(text.wrote(await pass(stage)));
}

type Cast = readonly {
  readonly email: string;
  readonly lead: string;
  readonly owner: string;
  readonly ownerName: string;
}[];

/** Marketing's work bears fruit: three people become MQLs and are handed over. */
async function handOver(stage: Stage): Promise<Cast> {
  const { shop, hand, terminal, text } = stage;
  const chosen = await hand.promising(3);
  for (const { id } of chosen) await hand.raiseScore(id, 95);
  await advance(stage, 5 * MINUTE); // the search index takes its time
  await pass(stage);
  const cast: { email: string; lead: string; owner: string; ownerName: string }[] = [];
  for (const { email } of chosen) {
    const lead = await hand.leadOf(email);
    const person = await shop.works.ledger.person(email);
    const clock = person?.clocks[0];
    if (lead === null) continue;
    cast.push({ email, lead: lead.id, owner: lead.owner, ownerName: lead.ownerName });
    terminal.say(
      text.handedOver(email, lead.ownerName, clock === undefined ? '' : dueReasonText(clock, shop.works.policy())),
    );
  }
  return cast;
}

/** Everybody is called but the last one; the deadline lapses, a Task appears, and it closes by itself once there is a call. */
async function neglect(stage: Stage, cast: Cast): Promise<void> {
  const { shop, hand, terminal, text } = stage;
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
  const person = await shop.works.ledger.person(forgotten.email);
  if (person !== null) {
    const history = await shop.works.ledger.history(person.id);
    terminal.say(text.explain(forgotten.email));
    terminal.say(explainText({ person, history, held: [] }, voiceOf(stage)));
  }
  await hand.logCall(forgotten.lead, forgotten.owner);
  await advance(stage, HOUR);
  await pass(stage);
  const after = await hand.taskOf(forgotten.lead);
  if (after !== null) terminal.say(text.closed(forgotten.ownerName, after.status));
  await advance(stage, HOUR);
}

function voiceOf({ shop, terminal }: Stage): Voice {
  return { locale: terminal.locale, calendar: shop.works.policy().calendar };
}

async function advance({ shop, hand, terminal, text }: Stage, ms: number): Promise<void> {
  await hand.advance(ms);
  await shop.refreshClock();
  if (ms >= HOUR) terminal.say(text.later(shop.works.clock.now()));
}

async function pass(stage: Stage): Promise<PassResult> {
  stage.runs.push(stage.shop.newRun());
  const progress = setInterval(() => void sayWhatWaits(stage).catch(() => undefined), PROGRESS_EVERY_MS); // only words
  progress.unref(); // a story that is left in the middle must not keep the process
  try {
    return await passOnce(stage.shop);
  } finally {
    clearInterval(progress);
  }
}

/** Eight thousand people take a while; whoever waits sees that something moves. */
async function sayWhatWaits({ shop, terminal, text }: Stage): Promise<void> {
  const { unmatched, dirty, approved, unconfirmed } = await shop.works.ledger.waiting();
  const toSend = approved.hubspot + approved.salesforce;
  terminal.say(text.waits(unmatched + dirty, toSend, unconfirmed.hubspot + unconfirmed.salesforce));
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
    deals: 0, // people only, so far
    pulled,
    changes,
    stages: counts.stages,
    tasks: counts.tasks,
    secondPass: { planned: second.planned },
    ms: Math.round(performance.now() - started),
  };
}
