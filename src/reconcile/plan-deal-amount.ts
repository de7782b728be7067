import type { Finding } from '../domain/people/person.ts';
import { type FieldSchema, recordName, type System } from '../domain/people/record.ts';
import { canonicalMoney, rounded } from '../domain/values/money.ts';
import type { Value, Values } from '../domain/values/value.ts';
import { baseOf } from './base-of.ts';
import { NOTHING, type PairView, type Part, type PlanContext } from './context.ts';
import { DEAL_BASE, DEAL_FIELDS } from './deal-fields.ts';
import { type Carrying, type Compound, carriedPart, mergeCompound } from './merge-pair.ts';

const OBJECT = { hubspot: 'deals', salesforce: 'Opportunity' } as const;

/**
 * Keeps amount and currency the same on both sides, as one value: 1,200,000 is nothing until somebody says of what.
 *
 * Once an opportunity has products, Salesforce works its Amount out from them and ignores what is written there without a word
 * (`HasOpportunityLineItem`): then Salesforce's amount stands, and an edit of it in HubSpot is set back and said.
 */
export function planAmount(view: PairView, context: PlanContext): Part {
  const rule = context.policy.deal.amount;
  const { hubspot, salesforce } = view;
  if (rule === null || hubspot === null || salesforce === null) return NOTHING;
  const inHubSpot = moneyIn(hubspot.values, 'hubspot', context);
  const inSalesforce = moneyIn(salesforce.values, 'salesforce', context);
  if (inHubSpot === undefined || inSalesforce === undefined) return NOTHING;
  const held = { hubspot: inHubSpot, salesforce: inSalesforce };
  const fromProducts = salesforce.values[DEAL_FIELDS.salesforce.hasProducts] === true;
  const policy = fromProducts
    ? ({ policy: 'salesforce', conflict: 'salesforce', first: 'salesforce', clears: 'keep' } as const)
    : rule;
  const compound: Compound = {
    name: DEAL_BASE.amount,
    hubspot: canonicalMoney(held.hubspot.amount, held.hubspot.currency),
    salesforce: canonicalMoney(held.salesforce.amount, held.salesforce.currency),
    rule: policy,
  };
  const both = { hubspot, salesforce };
  const { at } = rule;
  const said = { field: 'amount', hubspot: compound.hubspot, salesforce: compound.salesforce };
  const carry: Carrying['carry'] = (from, to, why) => {
    const write = moneyFor(to, held[from], both[to].values, context);
    if ('unknown' in write) return { ...NOTHING, open: [currencyFinding(write.unknown, to, view)] };
    const detail = { from, lost: why === 'conflict-settled' ? compound[to] : null, rule: at };
    const part = carriedPart(compound, to, compound[from], write.writes, { code: why, detail }, context);
    return { ...part, open: fromProducts ? setBack(compound, view, context) : [] };
  };
  return mergeCompound(compound, view, both, { said, at, carry }, context);
}

type Money = { readonly amount: Value; readonly currency: string };

/** `undefined` when the amount was never read. No currency means the one that the mapping names. */
export function moneyIn(values: Values, system: System, { policy }: PlanContext): Money | undefined {
  const { amount: field, currency: currencyField } = DEAL_FIELDS[system];
  const amount = values[field];
  if (amount === undefined) return undefined;
  const currency = values[currencyField];
  return { amount, currency: typeof currency === 'string' && currency !== '' ? currency : policy.deal.currency };
}

type Write = { readonly field: string; readonly before: Value; readonly after: Value };

/** The fields that hold this money on that side, or the currency that the side does not know. */
export function moneyFor(
  to: System,
  { amount, currency }: Money,
  held: Values,
  { schemas, policy }: PlanContext,
): { readonly writes: readonly Write[] } | { readonly unknown: string } {
  const { amount: field, currency: currencyField } = DEAL_FIELDS[to];
  const number = amount === null || amount === '' ? null : Number(amount);
  const after = number === null || !Number.isFinite(number) ? amount : rounded(number, currency);
  const writes: Write[] = [{ field, before: held[field] ?? null, after }];
  const schema = schemas.get(`${to}:${OBJECT[to]}`)?.get(currencyField);
  const standing = held[currencyField] ?? null;
  if (standing === currency) return { writes };
  if (schema === undefined || !accepts(schema, currency)) {
    // An organisation with one currency has no field for it, and means that one.
    return standing === null && currency === policy.deal.currency ? { writes } : { unknown: currency };
  }
  return { writes: [...writes, { field: currencyField, before: standing, after: currency }] };
}

/** A currency without a rate is not active there, and is refused. */
function accepts({ options, writable }: FieldSchema, currency: string): boolean {
  if (!writable) return false;
  return (
    options === undefined || options.length === 0 || options.some(({ value, active }) => active && value === currency)
  );
}

export function currencyFinding(currency: string, system: System, { facts }: PairView): Finding {
  return {
    code: 'CURRENCY_NOT_KNOWN',
    subject: `${facts.id} ${currency}`,
    entity: facts.id,
    detail: { system, currency },
  };
}

/** Only an edit is set back; that HubSpot lags behind a new product is nobody's doing. */
function setBack({ hubspot, salesforce }: Compound, view: PairView, context: PlanContext): readonly Finding[] {
  const base = baseOf(view, DEAL_BASE.amount, context);
  if (base === undefined || base.hubspot === hubspot || view.hubspot === null) return [];
  const detail = { found: hubspot, restored: salesforce };
  return [{ code: 'AMOUNT_FROM_PRODUCTS', subject: recordName(view.hubspot.record), entity: view.facts.id, detail }];
}
