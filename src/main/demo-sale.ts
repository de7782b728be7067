import type { BuyerDeal } from './demo-buyer.ts';
import { advance, DAY, HOUR, MINUTE, pass, type Stage, sayHandedOver, sayWhy } from './demo-stage.ts';

const AMOUNT = 1_800_000;
const LOOKS = 3;
/** HubSpot's stage of a won deal in the pipeline that every account begins with. */
const WON_STAGE = 'closedwon';

/**
 * One person's whole way: form, seminar, MQL, call, conversion, opportunity, won; and what HubSpot shows of it in the end.
 * Returns whether HubSpot shows a won deal and its outcome on the contact; `null` where nobody was near enough an MQL.
 */
export async function playSale(stage: Stage): Promise<boolean | null> {
  const { hand, terminal, text } = stage;
  const [buyer] = await hand.promising(1);
  if (buyer === undefined) return null;
  const { form, seminar } = await hand.showInterest(buyer.id, buyer.email);
  terminal.say(text.interested(buyer.email, form, seminar));
  await hand.raiseScore(buyer.id, 95);
  await advance(stage, 5 * MINUTE);
  await pass(stage);
  const handed = await sayHandedOver(stage, buyer.email);
  if (handed === null) return false;
  const { lead, owner, ownerName } = handed;
  await advance(stage, HOUR);
  await hand.logCall(lead, owner);
  terminal.say(text.called(ownerName, lead));
  await pass(stage);
  await advance(stage, 5 * MINUTE);
  await pass(stage); // what the call has changed is confirmed before the Lead can be written no more
  await advance(stage, DAY);
  const name = text.dealName;
  const opportunity = await hand.convert(lead, owner, { name, amount: AMOUNT });
  terminal.say(text.converted(ownerName, name));
  const opened = await untilADeal(stage, buyer.id);
  if (opened !== undefined) terminal.say(text.dealMade(opened));
  await advance(stage, 4 * DAY);
  await hand.win(opportunity, owner);
  terminal.say(text.won(ownerName));
  await advance(stage, HOUR);
  await pass(stage);
  const [closed] = await hand.dealsOf(buyer.id);
  const shown = await hand.shownOn(buyer.id);
  if (closed !== undefined) terminal.say(text.outcome(closed, shown));
  await sayWhy(stage, buyer.email);
  await advance(stage, HOUR);
  return opened !== undefined && closed?.stage === WON_STAGE && shown.outcome === 'won';
}

/** The conversion shows first, then the deal of whoever was converted: as a worker does, we look every few minutes. */
async function untilADeal(stage: Stage, contact: string): Promise<BuyerDeal | undefined> {
  for (let look = 0; look < LOOKS; look += 1) {
    await advance(stage, 5 * MINUTE);
    await pass(stage);
    const [deal] = await stage.hand.dealsOf(contact);
    if (deal !== undefined) return deal;
  }
  return undefined;
}
