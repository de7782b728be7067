import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import type { OrgState } from '../state.ts';
import type { DuplicateRule } from '../switches.ts';
import type { Actor } from './actor.ts';

/** The customer's own validation rules. The first that objects decides. */
export function runValidationRules(state: OrgState, object: SObject, row: Row, before: Row | undefined): void {
  for (const rule of state.validationRules) {
    const refusal = rule(row, before, object.name);
    if (refusal === undefined) continue;
    throw new RowFault('FIELD_CUSTOM_VALIDATION_EXCEPTION', refusal.message, refusal.fields ?? []);
  }
}

/** The customer's own duplicate rules. `allowSave` passes an alert, a block stands. */
export function runDuplicateRules(state: OrgState, object: SObject, row: Row, actor: Actor): void {
  if (actor.screen) return;
  for (const rule of state.switches.duplicateRules) {
    if (rule.object !== object.name || (rule.action === 'alert' && actor.allowSave)) continue;
    const matches = matchesOf(state, rule, row);
    if (matches.length > 0) throw duplicatesDetected(rule, matches);
  }
}

function matchesOf(state: OrgState, rule: DuplicateRule, row: Row): string[] {
  const value = row[rule.field];
  if (typeof value !== 'string') return [];
  const wanted = value.toLowerCase();
  const found: string[] = [];
  for (const other of state.tables.get(rule.object).values()) {
    const theirs = other[rule.field];
    if (typeof theirs !== 'string' || theirs.toLowerCase() !== wanted) continue;
    if (other['IsDeleted'] !== true && other['Id'] !== row['Id']) found.push(other['Id'] as string);
  }
  return found;
}

/** The key really is spelt `duplicateResut`. */
function duplicatesDetected(rule: DuplicateRule, ids: readonly string[]): RowFault {
  const message = rule.message ?? '重複するレコードを作成しようとしています。既存のレコードを使用してください。';
  const matchRecords = ids.map((id) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: { attributes: { type: rule.object, url: `/services/data/v68.0/sobjects/${rule.object}/${id}` }, Id: id },
  }));
  const result = {
    entityType: rule.object,
    errors: [],
    matchEngine: 'ExactMatchEngine',
    matchRecords,
    rule: `${rule.name}_Match`,
    size: ids.length,
    success: true,
  };
  return new RowFault('DUPLICATES_DETECTED', message, [], {
    duplicateResut: {
      allowSave: rule.action === 'alert',
      duplicateRule: rule.name,
      duplicateRuleEntityType: rule.object,
      errorMessage: message,
      matchResults: [result],
    },
  });
}
