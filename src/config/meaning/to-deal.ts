import type { ConflictDefault, DealMapping, ReasonFields } from '../../domain/people/mapping.ts';
import type { DealFile } from '../grammar/deal-grammar.ts';
import type { Complaints } from './complain.ts';
import { complainOfOrder } from './match-order.ts';
import { settled, toConflictDefault } from './settled.ts';
import { type Reserved, toFields } from './to-field.ts';
import { toPipelines } from './to-pipelines.ts';

const MATCH_ORDER = ['link', 'key', 'native-link'];
const FILE = 'mappings/deal.yaml';

/** What is more than one field, or of another type on each side, has a line of its own above `fields:`. */
const RESERVED: Reserved = [
  [/^(pipeline|dealstage|RecordTypeId|StageName)$/u, 'is the stage, which stands under "pipelines" and "stage"'],
  [/^(amount|deal_currency_code|Amount|CurrencyIsoCode)$/u, 'is the amount, which stands under "amount"'],
  [/^(closedate|CloseDate)$/u, 'is the close date, which stands under "close-date"'],
  [/^(AccountId|ContactId)$/u, "ties the deal to its customer, which follows from the deal's people"],
  [/^(hs_is_closed(_won|_lost)?|IsClosed|IsWon)$/u, 'follows from the stage'],
];

/** Without deal.yaml, as in folders of the version before: deals are read, and none is written. */
export const NO_DEALS: DealMapping = {
  pipelines: [],
  stage: { policy: 'salesforce', conflict: 'salesforce', first: 'salesforce' },
  amount: null,
  closeDate: { policy: 'salesforce', conflict: 'salesforce', first: 'salesforce', at: FILE },
  currency: 'JPY',
  fields: [],
  create: { salesforce: false, hubspot: false },
  reasons: { won: null, lost: null },
};

/** Which deals are kept the same as which opportunities, stage by stage and field by field. */
export function toDeal({ deal }: DealFile, complaints: Complaints): DealMapping {
  complainOfOrder(deal.match, MATCH_ORDER, ['deal', 'match'], complaints);
  const late = toConflictDefault(deal['conflict-default']);
  const stage = settled({ ...deal.stage, late }, ['deal', 'stage'], 'stage', complaints);
  const create = { salesforce: deal.create?.salesforce !== undefined, hubspot: deal.create?.hubspot !== undefined };
  return {
    pipelines: toPipelines(deal.pipelines, { stage, create }, complaints),
    stage,
    amount: toAmount(deal, late, complaints),
    closeDate: {
      ...settled({ ...deal['close-date'], late }, ['deal', 'close-date'], 'close date', complaints),
      at: complaints.lineOf(['deal', 'close-date']),
    },
    currency: deal.amount?.currency ?? NO_DEALS.currency,
    fields: toFields(deal.fields ?? [], {
      path: ['deal', 'fields'],
      objects: ['Opportunity'],
      reserved: RESERVED,
      late,
      complaints,
    }),
    create,
    reasons: { won: reasonOf(deal, 'won'), lost: reasonOf(deal, 'lost') },
  };
}

function toAmount(
  { amount }: DealFile['deal'],
  late: ConflictDefault | undefined,
  complaints: Complaints,
): DealMapping['amount'] {
  if (amount === undefined) return null;
  return {
    ...settled({ ...amount, late }, ['deal', 'amount'], 'amount', complaints),
    clears: amount.clears ?? 'keep',
    at: complaints.lineOf(['deal', 'amount']),
  };
}

function reasonOf({ reasons }: DealFile['deal'], outcome: 'won' | 'lost'): ReasonFields | null {
  return reasons?.[outcome] ?? null;
}
