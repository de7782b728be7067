import type { Cell, Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import type { Rule, Saving } from './saving.ts';

/** The API names of the five categories, which differ from what people read. */
export const FORECAST_API: Readonly<Record<string, string>> = {
  Omitted: 'Omitted',
  Pipeline: 'Pipeline',
  'Best Case': 'BestCase',
  Commit: 'Forecast',
  Closed: 'Closed',
};

export const opportunityRule: Rule = { derive: deriveOpportunity, after: addFirstContact };

/** The stage brings its chance and its forecast along, unless the caller names others in the same save. */
function deriveOpportunity({ state, row, before, changed }: Saving): Row {
  const moved = before?.['StageName'] !== row['StageName'];
  const stage = stageOf(state, row['StageName']);
  const brought = (column: string, offered: Cell): Cell =>
    moved && !changed.includes(column) ? offered : (row[column] ?? null);
  const forecast = brought('ForecastCategoryName', stage?.['ForecastCategoryName'] ?? 'Pipeline');
  return withRevenue({
    ...row,
    // Line items own the amount: what the caller writes is dropped without a word.
    Amount: before?.['HasOpportunityLineItem'] === true ? (before['Amount'] ?? null) : (row['Amount'] ?? null),
    Probability: brought('Probability', stage?.['DefaultProbability'] ?? 0),
    ForecastCategoryName: forecast,
    ForecastCategory: FORECAST_API[String(forecast)] ?? null,
    IsClosed: stage?.['IsClosed'] ?? false,
    IsWon: stage?.['IsWon'] ?? false,
    LastStageChangeDate: before !== undefined && moved ? state.now() : (before?.['LastStageChangeDate'] ?? null),
    PushCount: pushes(row, before),
  });
}

export function withRevenue(row: Row): Row {
  const { Amount: amount, Probability: probability } = row;
  const known = typeof amount === 'number' && typeof probability === 'number';
  return { ...row, ExpectedRevenue: known ? (amount * probability) / 100 : null };
}

/** How often the closing was put off into a later month. */
function pushes(row: Row, before: Row | undefined): number {
  if (before === undefined) return 0;
  const month = (of: Row): string => String(of['CloseDate']).slice(0, 7);
  return Number(before['PushCount'] ?? 0) + (month(row) > month(before) ? 1 : 0);
}

function stageOf(state: OrgState, name: Cell | undefined): Row | undefined {
  for (const stage of state.tables.get('OpportunityStage').values()) if (stage['ApiName'] === name) return stage;
  return undefined;
}

/** The contact that an opportunity was made for plays the leading part in it. */
function addFirstContact({ row, before, create }: Saving): void {
  const contact = row['ContactId'];
  if (before !== undefined || typeof contact !== 'string') return;
  create('OpportunityContactRole', { OpportunityId: row['Id'], ContactId: contact, IsPrimary: true });
}
