import { afterEach, beforeEach, expect, test } from 'vitest';
import { type UndoResult, undoOnce } from '../../src/cli/undo.ts';
import { aSale, type Sale } from '../support/sale.ts';

const EMAIL = 'kisaragi@example.co.jp';
let sale: Sale;
let deal: string;
let opportunity: string;

/** A deal that both sides have, and one run that carried marketing's new stage, amount and close date over to sales. */
beforeEach(async () => {
  sale = await aSale();
  const contact = sale.contact(EMAIL);
  sale.customer(EMAIL, {});
  deal = sale.deal({ amount: '1200000', closedate: '2026-12-20' }, [contact]);
  await sale.settle();
  opportunity = String(sale.rows('Opportunity')[0]!['Id']);
  sale.edit('hubspot', 'deals', deal, {
    dealstage: 'presentationscheduled',
    amount: '1500000',
    closedate: '2027-01-15',
  });
  await sale.company.later();
  await sale.company.pass();
  expect(salesSees()).toEqual(['提案', 1_500_000, '2027-01-15']);
});
afterEach(() => sale.close());

test('a run that moved a deal is taken back: stage, amount and close date are as they were, and stay so', async () => {
  const undone = await takeBack();
  expect(verdicts(undone)).toEqual({ Amount: 'restored', CloseDate: 'restored', StageName: 'restored' });
  expect(salesSees()).toEqual(['初回訪問', 1_200_000, '2026-12-20']);
  await sale.settle();
  expect(salesSees()).toEqual(['初回訪問', 1_200_000, '2026-12-20']);
  expect(marketingSees()).toEqual(['presentationscheduled', '1500000']);
  expect(await sale.codes()).toEqual(['WRITE_UNDONE']);
});

test('what sales has typed into the deal since is not run over', async () => {
  sale.edit('salesforce', 'Opportunity', opportunity, { StageName: '交渉', Amount: 1_750_000 });
  const undone = await takeBack();
  expect(verdicts(undone)).toEqual({ Amount: 'edited-since', CloseDate: 'restored', StageName: 'edited-since' });
  expect(salesSees()).toEqual(['交渉', 1_750_000, '2026-12-20']);
});

test('what either side types after the undo travels as ever', async () => {
  await takeBack();
  await sale.settle();
  sale.edit('salesforce', 'Opportunity', opportunity, { StageName: '交渉' });
  sale.edit('hubspot', 'deals', deal, { amount: '900000' });
  await sale.settle();
  expect(salesSees()).toEqual(['交渉', 900_000, '2026-12-20']);
  expect(marketingSees()).toEqual(['contractsent', '900000']);
});

test('a run that made the opportunity does not delete it: it is listed, for a person to decide', async () => {
  const [made] = (await sale.company.shop.works.ledger.runs(20)).toReversed();
  const undone = await takeBack(made!.run);
  expect(undone.lines.filter(({ target }) => target.object === 'Opportunity')).toContainEqual(
    expect.objectContaining({ field: null, verdict: { kind: 'kept', because: 'created' } }),
  );
  expect(sale.rows('Opportunity')).toHaveLength(1);
});

/** Some minutes later somebody thinks better of it. */
async function takeBack(run = sale.company.shop.works.run()): Promise<UndoResult> {
  await sale.company.later();
  return undoOnce({ undo: { run, since: null, who: 'hanako', as: 'undo-1' }, only: null }, sale.company.shop);
}

/** What became of each field that the run wrote to the opportunity. */
const verdicts = ({ lines }: UndoResult) =>
  Object.fromEntries(
    lines
      .filter(({ target, field }) => target.id === opportunity && field !== null)
      .map(({ field, verdict }) => [field, verdict.kind === 'kept' ? verdict.because : verdict.kind]),
  );

function salesSees() {
  const row = sale.rows('Opportunity').find(({ Id }) => Id === opportunity)!;
  return [row['StageName'], row['Amount'], row['CloseDate']];
}

function marketingSees() {
  const { properties } = sale.deals().find(({ id }) => id === deal)!;
  return [properties['dealstage'], properties['amount']];
}
