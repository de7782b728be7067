import type { ConditionWithValueQuery, WhereClause } from '@jetstreamapp/soql-parser-js';
import { malformed } from './parse.ts';

export type Condition = Exclude<ConditionWithValueQuery, { openParen: number; field?: never }>;
export type Tree =
  | { kind: 'and' | 'or'; parts: readonly Tree[] }
  | { kind: 'not'; part: Tree }
  | { kind: 'condition'; condition: Condition };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { condition: Condition };

/**
 * The parser hands conditions over as one long list with counts of parentheses; this gives them their shape back.
 * Salesforce refuses AND beside OR without parentheses, and so do we.
 */
export function treeOf(where: WhereClause): Tree {
  const tokens = flatten(where);
  let at = 0;

  const term = (): Tree => {
    const token = tokens[at++];
    if (token === 'NOT') return { kind: 'not', part: term() };
    if (token === '(') {
      const inner = expression();
      if (tokens[at++] !== ')') throw malformed("expecting a right parentheses, found '<EOF>'");
      return inner;
    }
    if (typeof token === 'object') return { kind: 'condition', condition: token.condition };
    throw unexpected(token);
  };

  const expression = (): Tree => {
    const parts = [term()];
    const operator = tokens[at];
    if (operator !== 'AND' && operator !== 'OR') return parts[0] as Tree;
    while (tokens[at] === 'AND' || tokens[at] === 'OR') {
      if (tokens[at] !== operator) throw unexpected(tokens[at]);
      at++;
      parts.push(term());
    }
    return { kind: operator === 'AND' ? 'and' : 'or', parts };
  };

  const tree = expression();
  if (at < tokens.length) throw unexpected(tokens[at]);
  return tree;
}

type Clause = {
  left: (Condition & { openParen?: number; closeParen?: number }) | null;
  operator?: string;
  right?: Clause;
};

function unexpected(token: Token | undefined): Error {
  return malformed(`unexpected token: '${typeof token === 'string' ? token : '<EOF>'}'`);
}

function flatten(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  for (let clause: Clause | undefined = where as unknown as Clause; clause !== undefined; clause = clause.right) {
    const { left, operator } = clause;
    for (let count = 0; count < (left?.openParen ?? 0); count++) tokens.push('(');
    if (operator === 'NOT') {
      tokens.push('NOT');
      continue;
    }
    if (left !== null) tokens.push({ condition: left });
    for (let count = 0; count < (left?.closeParen ?? 0); count++) tokens.push(')');
    if (operator === 'AND' || operator === 'OR') tokens.push(operator);
  }
  return tokens;
}
