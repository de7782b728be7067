import { importsOf, packageOf, pathOf, roomOf } from './imports.ts';
import type { SourceFile } from './sources.ts';

const CORE = ['errors', 'domain', 'reconcile', 'ports'] as const;

/**
 * Who may import whom. Arrows point one way: errors ← domain ← reconcile ← ports ← steps ← adapters ← main. An adapter knows no other
 * adapter, so that one can be replaced; `cli` is the exception that turns options into jobs.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  domain: ['errors'],
  reconcile: ['errors', 'domain'],
  ports: ['errors', 'domain', 'reconcile'],
  steps: CORE,
  jobs: [...CORE, 'steps'],
  connectors: CORE,
  ledger: CORE,
  queue: CORE,
  config: ['errors', 'domain'],
  reports: CORE,
  console: [...CORE, 'steps'],
  cli: [...CORE, 'steps', 'jobs', 'config', 'reports'],
  sandbox: [],
  main: [...CORE, 'steps', 'jobs', 'connectors', 'ledger', 'queue', 'config', 'reports', 'console', 'cli', 'sandbox'],
};

/** Each package has its place. The pure core has none. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  connectors: ['@hubspot/api-client', 'jsforce', 'undici', 'jose', 'zod'],
  ledger: ['kysely', 'pg', '@electric-sql/pglite'],
  queue: ['bullmq', 'ioredis'],
  config: ['zod', 'yaml', 'temporal-polyfill', '@holiday-jp/holiday_jp'],
  jobs: ['zod'],
  ports: ['zod'],
  console: ['fastify'],
  cli: ['commander'],
  main: ['commander', 'pino'],
  sandbox: [
    'fastify',
    '@faker-js/faker',
    '@jetstreamapp/soql-parser-js',
    'csv-parse',
    'yaml',
    'zod',
    'jose',
    'temporal-polyfill',
  ],
};

/** Imports that point the wrong way, or reach for a package that has another place. */
export function wrongImports(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => importsOf(file).flatMap((specifier) => fault(file, specifier)));
}

function fault(file: SourceFile, specifier: string): readonly string[] {
  const room = roomOf(file.path);
  const path = pathOf(specifier, file);
  if (path !== null) {
    const other = roomOf(path);
    if (other === room || MAY_IMPORT[room]?.includes(other)) return [];
    return [`${file.path} imports ${path}: ${room} may not know ${other}.`];
  }
  const used = packageOf(specifier);
  if (used !== null && !MAY_USE[room]?.includes(used))
    return [`${file.path} imports ${specifier}: ${used} has no place in ${room}.`];
  const isPure = ['errors', 'domain', 'reconcile', 'ports'].includes(room);
  return used === null && isPure
    ? [`${file.path} imports ${specifier}: ${room} runs without a machine around it.`]
    : [];
}
