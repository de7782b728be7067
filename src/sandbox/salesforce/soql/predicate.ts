import { notEmulated, refuse } from '../failure.ts';
import type { Cell, Row } from '../schema/field.ts';
import { type Column, columnOf, type Scope } from './columns.ts';
import { comparable, type Literal, likePattern, type Operand, operandOf, unquote } from './literals.ts';
import { pointAt, type Query } from './parse.ts';
import type { Condition, Tree } from './tree.ts';

export type Test = (row: Row) => boolean;
/** Runs the query of a semi-join and gives the values of its one column. */
type SubSelect = (query: Query) => ReadonlySet<Cell>;
export type Compiler = { scope: Scope; now: number; subSelect: SubSelect };

/** Turns a condition tree into one closure, so that a hundred thousand rows cost a hundred thousand calls and no more. */
export function compileTree(compiler: Compiler, tree: Tree): Test {
  if (tree.kind === 'not') {
    const inner = compileTree(compiler, tree.part);
    return (row) => !inner(row);
  }
  if (tree.kind === 'condition') return compileCondition(compiler, tree.condition);
  const tests = tree.parts.map((part) => compileTree(compiler, part));
  return tree.kind === 'and' ? allOf(tests) : (row) => tests.some((test) => test(row));
}

function allOf(tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (tests.length === 2 && first !== undefined && second !== undefined) return (row) => first(row) && second(row);
  return (row) => tests.every((test) => test(row));
}

function compileCondition(compiler: Compiler, condition: Condition): Test {
  if (!('field' in condition)) {
    throw notEmulated('functions in WHERE', 'src/sandbox/salesforce/soql/predicate.ts');
  }
  const column = columnOf(compiler.scope, condition.field);
  if (!column.field.filterable) {
    const message = `field '${condition.field}' can not be filtered in a query call`;
    throw pointAt(compiler.scope.soql, condition.field, 'INVALID_FIELD', message);
  }
  const { operator } = condition;
  if (operator === 'IN' || operator === 'NOT IN') return membership(compiler, column, condition, operator === 'IN');
  const literal = literalsOf(condition)[0] as Literal;
  if (operator === 'LIKE') return like(column, literal);
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    throw notEmulated('multi-select picklists', 'src/sandbox/salesforce/soql/predicate.ts');
  }
  return comparison(column, operator, operandOf(column.field, literal, compiler.now));
}

/** The literals of a condition, with their kinds side by side. */
export function literalsOf(condition: Condition): Literal[] {
  if (!('value' in condition)) return [];
  const { value, literalType } = condition;
  const variable = 'dateLiteralVariable' in condition ? condition.dateLiteralVariable : undefined;
  const texts: readonly string[] = Array.isArray(value) ? value : [value];
  return texts.map((text, index) => ({
    text,
    type: (Array.isArray(literalType) ? literalType[index] : literalType) ?? 'STRING',
    n: Array.isArray(variable) ? variable[index] : variable,
  }));
}

function membership(compiler: Compiler, column: Column, condition: Condition, wanted: boolean): Test {
  const { field, get } = column;
  const members =
    'valueQuery' in condition
      ? compiler.subSelect(condition.valueQuery)
      : new Set(literalsOf(condition).map((literal) => single(field.name, operandOf(field, literal, compiler.now))));
  if (column.local && (field.type === 'id' || field.type === 'reference')) {
    const key = field.name;
    return (row) => members.has(row[key] ?? null) === wanted;
  }
  return (row) => members.has(comparable(field, get(row))) === wanted;
}

function single(name: string, operand: Operand): Cell {
  if ('value' in operand) return operand.value;
  throw refuse(400, 'INVALID_FIELD', `date literals can not be used with IN on field '${name}'`);
}

function like({ field, get }: Column, literal: Literal): Test {
  if (!['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'combobox'].includes(field.type)) {
    throw refuse(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${field.type} field: LIKE`);
  }
  const pattern = likePattern(unquote(literal.text));
  return (row) => {
    const value = get(row);
    return typeof value === 'string' && pattern.test(value);
  };
}

function comparison(column: Column, operator: string, operand: Operand): Test {
  const { field, get, local } = column;
  if (!('value' in operand)) return within(column, operator, operand.first, operand.end);
  const wanted = operand.value;
  // Absent and null are the same emptiness; the local form saves a call on the hot path of a pull.
  const key = field.name;
  const read: (row: Row) => Cell = local
    ? (row) => comparable(field, row[key] ?? null)
    : (row) => comparable(field, get(row));
  if (operator === '=') return (row) => read(row) === wanted;
  if (operator === '!=') return (row) => read(row) !== wanted;
  if (wanted === null) throw refuse(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator ${operator} with null`);
  const ordered = ORDERINGS[operator];
  if (ordered === undefined) throw refuse(400, 'MALFORMED_QUERY', `unexpected token: '${operator}'`);
  return (row) => {
    const value = read(row);
    return value !== null && ordered(value, wanted);
  };
}

type Scalar = string | number | boolean;
const ORDERINGS: Record<string, (left: Scalar, right: Scalar) => boolean> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

function within({ get }: Column, operator: string, first: Scalar, end: Scalar): Test {
  const inside = (value: Cell): boolean => value !== null && value >= first && value < end;
  if (operator === '=') return (row) => inside(get(row));
  if (operator === '!=') return (row) => !inside(get(row));
  const limit = operator === '<' || operator === '>=' ? first : end;
  const later = operator === '>' || operator === '>=';
  return (row) => {
    const value = get(row);
    return value !== null && (later ? value >= limit : value < limit);
  };
}
