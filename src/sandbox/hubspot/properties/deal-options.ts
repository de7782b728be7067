import type { NewPipeline } from '../pipelines/pipelines.ts';
import { stageDates } from './property-lists.ts';
import type { PropertyRegistry } from './property-registry.ts';

/** The dates that a deal keeps for the stages of a pipeline. */
export function defineStageDates(deals: PropertyRegistry, { stages }: NewPipeline, at: number): void {
  for (const { id, label } of stages) {
    for (const date of stageDates('dealstages', id, label)) deals.define(date, at);
  }
}

/** Lets deals be in one more currency. */
export function addCurrencyOption(deals: PropertyRegistry, value: string, label: string): void {
  const currency = deals.get('deal_currency_code');
  if (currency === undefined) throw new Error('Deals have no currency');
  const displayOrder = currency.options.length;
  deals.put({ ...currency, options: [...currency.options, { label, value, displayOrder, hidden: false }] });
}
