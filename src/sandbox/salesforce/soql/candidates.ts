import type { Row } from '../schema/field.ts';
import type { Table } from '../store/table.ts';
import { operandOf } from './literals.ts';
import { literalsOf } from './predicate.ts';
import type { Condition, Tree } from './tree.ts';

/**
 * The few rows that can match at all, where the query names ids or unique keys; undefined means all of them.
 * The full condition is still tested on each.
 */
export function candidatesOf(table: Table, tree: Tree, includeDeleted: boolean): Row[] | undefined {
  if (tree.kind === 'and') {
    for (const part of tree.parts) {
      const found = candidatesOf(table, part, includeDeleted);
      if (found !== undefined) return found;
    }
  }
  return tree.kind === 'condition' ? named(table, tree.condition, includeDeleted) : undefined;
}

function named(table: Table, condition: Condition, includeDeleted: boolean): Row[] | undefined {
  if (!('field' in condition) || !('value' in condition)) return undefined;
  if (condition.operator !== '=' && condition.operator !== 'IN') return undefined;
  const field = table.object.field(condition.field);
  const isId = field?.type === 'id';
  // The key index knows live rows only.
  const isKey = field !== undefined && table.object.keys.includes(field) && !includeDeleted;
  if (field === undefined || !(isId || isKey)) return undefined;
  const rows = new Map<string, Row>();
  for (const literal of literalsOf(condition)) {
    const operand = operandOf(field, literal, 0);
    if (!('value' in operand) || operand.value === null) return undefined;
    const ids = isId ? [String(operand.value)] : table.idsByKey(field, operand.value);
    for (const id of ids) {
      const row = table.get(id);
      if (row !== undefined) rows.set(id, row);
    }
  }
  return [...rows.values()];
}
