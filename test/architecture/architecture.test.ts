import { describe, expect, test } from 'vitest';
import { bannedNames, defaultExports, impurities, tooLong } from './manners.ts';
import { wrongImports } from './rooms.ts';
import { type SourceFile, sourcesIn } from './sources.ts';

const product = sourcesIn('src', 'jobs');
const all = [...product, ...sourcesIn('test')];
const core = sourcesIn('src/domain', 'src/reconcile', 'src/errors');

/** A file that does not exist, to show that a rule sees what it is there for. */
function planted(path: string, text: string): readonly SourceFile[] {
  return [{ path, text }];
}

test('there is something to judge', () => {
  expect(core.length).toBeGreaterThan(20);
  expect(product.length).toBeGreaterThan(core.length);
});

describe('imports point one way, and each package has its place', () => {
  test('in the product', () => {
    expect(wrongImports(product)).toEqual([]);
  });

  test.each([
    ['src/domain/x.ts', "import { mergeField } from '../reconcile/merge-field.ts';"],
    ['src/domain/x.ts', "import type { Ledger } from '../ports/ledger.ts';"],
    ['src/reconcile/x.ts', "export { openHubSpot } from '../connectors/hubspot/hubspot.ts';"],
    ['src/ledger/x.ts', "import { openQueue } from '../queue/open.ts';"],
    ['src/cli/x.ts', "import { openLedger } from '../ledger/open.ts';"],
    ['src/sandbox/x.ts', "import type { Sighting } from '../domain/people/record.ts';"],
    ['src/sandbox/hubspot/x.ts', "const { canonical } = await import('../../domain/values/canonical.ts');"],
    ['src/steps/x.ts', "import { startSandbox } from '../sandbox/sandbox.ts';"],
    ['src/config/x.ts', "import { wire } from '../main/wire.ts';"],
    ['jobs/x.ts', "import { openLedger } from '../src/ledger/open.ts';"],
    ['src/ports/x.ts', "export * from '../steps/works.ts';"],
    ['src/domain/x.ts', "import { test } from '../../test/architecture/sources.ts';"],
    ['src/reconcile/x.ts', "import * as z from 'zod';"],
    ['src/ledger/x.ts', "import { Queue } from 'bullmq';"],
    ['src/steps/x.ts', "import jsforce from 'jsforce/lib/transport.js';"],
    ['src/cli/x.ts', "import pg from 'pg';"],
    ['src/domain/x.ts', "import { randomUUID } from 'node:crypto';"],
  ])('a file %s with %s is caught', (path, text) => {
    expect(wrongImports(planted(path, text))).toHaveLength(1);
  });

  test('a neighbour, a room below and a package in its place are fine', () => {
    const text =
      "import { a } from './a.ts'; import { b } from '../domain/b.ts'; import pg from 'pg'; import { c } from 'node:fs';";
    expect(wrongImports(planted('src/ledger/x.ts', text))).toEqual([]);
  });
});

describe('a file fits on a few screens', () => {
  test('everywhere', () => {
    expect(tooLong(all)).toEqual([]);
  });

  test('301 lines of source and 401 of tests are too many', () => {
    expect(tooLong(planted('src/x.ts', '\n'.repeat(301)))).toHaveLength(1);
    expect(tooLong(planted('src/x.ts', '\n'.repeat(300)))).toEqual([]);
    expect(tooLong(planted('test/x.ts', '\n'.repeat(401)))).toHaveLength(1);
    expect(tooLong(planted('test/x.ts', '\n'.repeat(400)))).toEqual([]);
  });
});

describe('nothing is exported without a name', () => {
  test('everywhere', () => {
    expect(defaultExports(all)).toEqual([]);
  });

  test.each([
    'export default function () {}',
    'const a = 1; export { a as default };',
    "export { default } from './a.ts';",
  ])('%s is caught', (text) => {
    expect(defaultExports(planted('src/x.ts', text))).toHaveLength(1);
  });
});

describe('names are domain nouns and plain verbs', () => {
  test('everywhere', () => {
    expect(bannedNames(all)).toEqual([]);
  });

  test.each([
    ['src/x.ts', 'export class SyncManager {}'],
    ['src/x.ts', 'export function handleError() {}'],
    ['src/x.ts', 'export interface ILedger {}'],
    ['src/x.ts', 'export type UserData = string;'],
    ['src/x.ts', 'export const contactService = 1;'],
    ['src/values/utils.ts', ''],
    ['src/values/string-helper.ts', ''],
    ['src/values/mergeField.ts', ''],
  ])('%s with %s is caught', (path, text) => {
    expect(bannedNames(planted(path, text))).toHaveLength(1);
  });

  test('a word that only contains one of them is fine', () => {
    expect(
      bannedNames(planted('src/x.ts', 'export type Database = 1; export type Instant = 2; export const Informed = 3;')),
    ).toEqual([]);
  });
});

describe('the core gets its time and its chance as arguments', () => {
  test('in errors, domain and reconcile', () => {
    expect(impurities(core)).toEqual([]);
  });

  test.each([
    'const now = Date.now();',
    'const day = new Date(0);',
    'const dice = Math.random();',
    "const dice = Math['random']();",
    'const home = process.env;',
    'async function wait() {}',
    'const wait = async () => 1;',
    'setTimeout(() => 1, 1);',
  ])('%s is caught', (text) => {
    expect(impurities(planted('src/domain/x.ts', text))).toHaveLength(1);
  });

  test('a comment about Date is no use of it', () => {
    expect(impurities(planted('src/domain/x.ts', '// no Date, no Math.random\nconst date = Math.max(1, 2);'))).toEqual(
      [],
    );
  });
});
