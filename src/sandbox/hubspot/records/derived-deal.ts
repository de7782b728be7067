import type { Stage } from '../pipelines/pipelines.ts';
import type { DerivedFrom } from './derived.ts';
import type { Snapshot } from './record.ts';

const DAY = 86_400_000;

/** What HubSpot works out from a deal's stage, amount and dates. */
export function dealDerivations({
  pipelines,
  exchangeRates,
}: Pick<DerivedFrom, 'pipelines' | 'exchangeRates'>): Readonly<Record<string, (deal: Snapshot) => string | undefined>> {
  const stageOf = ({ values }: Snapshot) =>
    pipelines.stage(values.get('pipeline') ?? '', values.get('dealstage') ?? '');
  const flag = (test: (stage: Stage) => boolean) => (deal: Snapshot) => {
    const stage = stageOf(deal);
    return stage === undefined ? 'false' : String(test(stage));
  };
  const atHome = ({ values }: Snapshot) => {
    const amount = values.get('amount') ?? '';
    const rate = exchangeRates.get(values.get('deal_currency_code') || 'JPY');
    return amount === '' || rate === undefined ? undefined : { amount, rate };
  };
  return {
    hs_is_closed: flag((stage) => stage.isClosed),
    hs_is_closed_won: flag(isWon),
    hs_is_closed_lost: flag((stage) => stage.isClosed && !isWon(stage)),
    hs_deal_stage_probability: (deal) => {
      const stage = stageOf(deal);
      return stage === undefined ? undefined : exactDecimal(stage.probability);
    },
    // An amount in the currency of home is the amount, zeros and all.
    amount_in_home_currency: (deal) => {
      const known = atHome(deal);
      return known?.rate === 1 ? known.amount : known && String(Number(known.amount) * known.rate);
    },
    hs_projected_amount: (deal) => {
      const stage = stageOf(deal);
      const amount = deal.values.get('amount') ?? '';
      return stage === undefined || amount === '' ? undefined : exactDecimal(Number(amount) * stage.probability);
    },
    hs_closed_amount: (deal) => {
      const stage = stageOf(deal);
      return stage !== undefined && isWon(stage) ? deal.values.get('amount') || '0' : '0';
    },
    days_to_close: ({ values, createdAt }) => {
      const closing = Date.parse(values.get('closedate') ?? '');
      return Number.isNaN(closing) ? undefined : String(Math.max(0, Math.floor((closing - createdAt) / DAY)));
    },
  };
}

/** A stage is won when it is closed with certainty. */
export function isWon({ isClosed, probability }: Stage): boolean {
  return isClosed && probability === 1;
}

/**
 * Every digit of a binary fraction, as HubSpot's own arithmetic shows it.
 *
 *     exactDecimal(0.4)   // => '0.40000000000000002220446049250313080847263336181640625'
 */
function exactDecimal(number: number): string {
  return number.toFixed(100).replace(/\.?0+$/, '');
}
