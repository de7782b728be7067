import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import { withRevenue } from './opportunity.ts';
import { liveChildren, rewrite } from './rewrite.ts';
import type { Rule, Saving } from './saving.ts';

export const priceRule: Rule = {
  derive: ({ state, row }) => ({
    ...row,
    Name: state.tables.row(row['Product2Id'] as string)?.['Name'] ?? null,
  }),
};

export const lineItemRule: Rule = {
  derive: deriveLine,
  after: ({ state, row, actor }) => addUp(state, row, actor.userId),
  removed: (state, row, actor) => addUp(state, row, actor.userId),
};

function deriveLine({ state, row, before, changed }: Saving): Row {
  const opportunity = state.tables.row(row['OpportunityId'] as string) as Row;
  const entry = state.tables.row(row['PricebookEntryId'] as string) as Row;
  const product = state.tables.row(entry['Product2Id'] as string);
  const book = opportunity['Pricebook2Id'] ?? null;
  if (book !== null && book !== entry['Pricebook2Id']) {
    throw new RowFault('FIELD_INTEGRITY_EXCEPTION', '価格表エントリが商談の価格表と異なります: 価格表エントリ ID', [
      'PricebookEntryId',
    ]);
  }
  return {
    ...row,
    ...pricesOf(row, before, changed),
    ListPrice: entry['UnitPrice'] ?? null,
    Product2Id: entry['Product2Id'] ?? null,
    Name: `${String(opportunity['Name'])} ${String(product?.['Name'] ?? '')}`.trim(),
    ...('CurrencyIsoCode' in opportunity ? { CurrencyIsoCode: opportunity['CurrencyIsoCode'] ?? null } : {}),
  };
}

/** One of the two prices follows from the other; a changed quantity keeps the price of one piece. */
function pricesOf(row: Row, before: Row | undefined, changed: readonly string[]): Row {
  const given = (column: string): boolean => changed.includes(column) && typeof row[column] === 'number';
  if (given('UnitPrice') && given('TotalPrice')) {
    throw new RowFault('FIELD_INTEGRITY_EXCEPTION', 'UnitPrice と TotalPrice を同時に指定することはできません', [
      'TotalPrice',
    ]);
  }
  if (before === undefined && !given('UnitPrice') && !given('TotalPrice')) {
    throw new RowFault('REQUIRED_FIELD_MISSING', 'Required fields are missing: [UnitPrice]', ['UnitPrice']);
  }
  const pieces = Number(row['Quantity']) * (1 - Number(row['Discount'] ?? 0) / 100);
  if (given('TotalPrice')) {
    return { UnitPrice: pieces === 0 ? 0 : Number(row['TotalPrice']) / pieces, TotalPrice: row['TotalPrice'] ?? null };
  }
  return { UnitPrice: row['UnitPrice'] ?? null, TotalPrice: Number(row['UnitPrice']) * pieces };
}

/** The opportunity's amount is the sum of its lines. It keeps the last sum when the last line goes. */
function addUp(state: OrgState, line: Row, by: string): void {
  const opportunity = state.tables.row(line['OpportunityId'] as string);
  if (opportunity === undefined || opportunity['IsDeleted'] === true) return;
  const lines = liveChildren(state, 'OpportunityLineItem', 'OpportunityId', opportunity['Id'] as string);
  if (lines.length === 0) {
    rewrite(state, opportunity, { HasOpportunityLineItem: false, TotalOpportunityQuantity: null }, by);
    return;
  }
  const total = (column: string): number => lines.reduce((sum, each) => sum + Number(each[column] ?? 0), 0);
  const entry = state.tables.row(line['PricebookEntryId'] as string);
  const changes = {
    HasOpportunityLineItem: true,
    Amount: total('TotalPrice'),
    TotalOpportunityQuantity: total('Quantity'),
    Pricebook2Id: opportunity['Pricebook2Id'] ?? entry?.['Pricebook2Id'] ?? null,
  };
  const { ExpectedRevenue = null } = withRevenue({ ...opportunity, ...changes });
  rewrite(state, opportunity, { ...changes, ExpectedRevenue }, by);
}
