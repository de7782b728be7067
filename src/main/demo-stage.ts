import { explainText } from '../cli/explain.ts';
import { type PassResult, passOnce } from '../cli/once.ts';
import type { Terminal } from '../cli/verb.ts';
import type { DuePolicy } from '../domain/texts/due-text.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { dueReasonText } from '../domain/texts/task.ts';
import type { Stagehand } from './demo-cast.ts';
import type { DemoText } from './demo-text.ts';
import type { WiredWorkshop } from './wire.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const PROGRESS_EVERY_MS = 5_000;

export type Stage = {
  readonly shop: WiredWorkshop;
  readonly hand: Stagehand;
  readonly terminal: Terminal;
  readonly text: DemoText;
  readonly runs: string[];
  /** The folder of the mappings. */
  readonly mappings: string;
  /** Whether one more sale is played. People from files have sales of their own, and nobody adds to those. */
  readonly withSale: boolean;
};

/** Somebody who became an MQL, and whose they are now. */
export type HandedOver = {
  readonly email: string;
  readonly lead: string;
  readonly owner: string;
  readonly ownerName: string;
};

/** Says whom a person was handed to, and until when they are to be called; `null` where no Lead came of it. */
export async function sayHandedOver({ shop, hand, terminal, text }: Stage, email: string): Promise<HandedOver | null> {
  const lead = await hand.leadOf(email);
  if (lead === null) return null;
  const clocks = (await shop.works.ledger.person(email))?.clocks ?? [];
  const clock = clocks.filter(({ state }) => state === 'running').at(-1);
  const due = clock === undefined ? '' : dueReasonText(clock, shop.works.policy());
  terminal.say(text.handedOver(email, lead.ownerName, due));
  return { email, lead: lead.id, owner: lead.owner, ownerName: lead.ownerName };
}

/** Everything that `tasuki explain` has to tell about a person. */
export async function sayWhy(stage: Stage, email: string): Promise<void> {
  const { shop, terminal, text } = stage;
  const person = await shop.works.ledger.person(email);
  if (person === null) return;
  const history = await shop.works.ledger.history(person.id);
  terminal.say(text.explain(email));
  terminal.say(explainText({ person, history, held: [] }, voiceOf(stage)));
}

export function voiceOf({ shop, terminal }: Stage): DuePolicy {
  return { ...shop.works.policy(), locale: terminal.locale };
}

export async function advance({ shop, hand, terminal, text }: Stage, ms: number): Promise<void> {
  await hand.advance(ms);
  await shop.refreshClock();
  if (ms >= HOUR)
    terminal.say(text.later(formatLocal(shop.works.clock.now(), shop.works.policy().calendar, terminal.locale)));
}

export async function pass(stage: Stage): Promise<PassResult> {
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
