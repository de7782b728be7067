import { SYSTEMS, type System } from '../../../src/domain/people/record.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { type Purses, SHARE_PERCENT } from '../driver/purses.ts';

const QUARTER = 15 * 60_000;
const DAY = 24 * 3_600_000;
/** The simulated portal is in Tokyo, where the offset is one all year. */
const TOKYO = 9 * 3_600_000;
/**
 * What was begun is finished: a batch, a page, or what a process that starts anew has to look up, some fifteen calls, each of which is
 * made four times where nobody answers.
 */
const BEGUN = 60;

/** Law R16, looked at with every booking: of a small account's day, Tasuki books no more than its share. */
export function watchShare(ledger: Ledger, { limit }: Pick<Purses, 'limit'>) {
  const broken: string[] = [];
  /** What was booked already when the account became small, and until the system has said that it is: the day may begin with more than the share. */
  const begun = new Map<System, number>();
  const bookedAt = async (system: System, at: number) => {
    const { booked, told } = await ledger.spending(system, dayOf(system, at));
    return { booked: booked.reduce((sum, { calls }) => sum + calls, 0), limit: told?.limit };
  };
  const spend: Ledger['spend'] = async (system, bill, at) => {
    await ledger.spend(system, bill, at);
    const calls = limit(system);
    if (calls === undefined || broken.length > 0) return;
    const { booked, limit: known } = await bookedAt(system, at);
    if (known !== calls) begun.set(system, booked); // one that does not answer cannot have said it
    const most = Math.max((calls * SHARE_PERCENT) / 100, begun.get(system) ?? 0) + BEGUN;
    if (booked > most) broken.push(`R16: ${booked} calls to ${system} in a day of which ${most} are ours`);
  };
  return {
    spend,
    /** The people's days begin. */
    async begin(at: number): Promise<void> {
      for (const system of SYSTEMS) begun.set(system, (await bookedAt(system, at)).booked);
    },
    broken: (): readonly string[] => broken,
  };
}

/** When the day began that this instant is counted in: HubSpot's at midnight, Salesforce's a day ago. */
function dayOf(system: System, at: number): number {
  if (system === 'hubspot') return Math.floor((at + TOKYO) / DAY) * DAY - TOKYO;
  return Math.floor((at - DAY) / QUARTER) * QUARTER;
}
