import type { Query } from '@jetstreamapp/soql-parser-js';
import { type ApiFailure, refuse } from '../failure.ts';
import { parseByShape } from './shapes.ts';

export type { Query } from '@jetstreamapp/soql-parser-js';

const MAX_LENGTH = 100_000;
const CACHED = 300;
const CACHEABLE_LENGTH = 4000;
const cache = new Map<string, Query>();

/** The parsed query. A worker sends the same few texts again and again, so the short ones are kept. */
export function parseSoql(text: string): Query {
  const known = cache.get(text);
  if (known !== undefined) return known;
  if (text.length > MAX_LENGTH) throw malformed(`SOQL statements cannot be longer than ${MAX_LENGTH} characters.`);
  const query = parseStrictly(text);
  if (text.length <= CACHEABLE_LENGTH) {
    if (cache.size >= CACHED) cache.clear();
    cache.set(text, query);
  }
  return query;
}

function parseStrictly(text: string): Query {
  if (/\bALL\s+ROWS\s*$/i.test(text)) throw malformed('ALL ROWS not allowed in this context');
  if (/\bFOR\s+UPDATE\s*$/i.test(text)) throw malformed('FOR UPDATE not allowed in this context');
  try {
    return parseByShape(text);
  } catch (error) {
    const found = /found(?: -->|:) '?([^']*?)'?(?: <--)?$/.exec((error as Error).message)?.[1];
    throw malformed(found === undefined || found === '' ? 'unexpected token: <EOF>' : `unexpected token: '${found}'`);
  }
}

export function malformed(message: string): ApiFailure {
  return refuse(400, 'MALFORMED_QUERY', message);
}

/** The way Salesforce points at the spot: the line, a caret below it, row and column. */
export function pointAt(text: string, token: string, errorCode: string, message: string): ApiFailure {
  const at = Math.max(0, positionOf(text, token));
  const from = Math.max(0, at - 60);
  const line = text.slice(from, at + 60).replaceAll('\n', ' ');
  const caret = `${' '.repeat(at - from)}^`;
  return refuse(400, errorCode, `\n${line}\n${caret}\nERROR at Row:1:Column:${at + 1}\n${message}`);
}

function positionOf(text: string, token: string): number {
  const escaped = token.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.search(new RegExp(`(?<![\\w.])${escaped}(?!\\w)`, 'i'));
}
