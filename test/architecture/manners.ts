import { parseSync, Visitor } from 'oxc-parser';
import type { SourceFile } from './sources.ts';

/** The wall for a file's length: two screens are the aim, this is where it stops. */
export function tooLong(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - 1;
    const wall = path.startsWith('test/') ? 400 : 300;
    return lines > wall ? [`${path} has ${lines} lines; the wall is ${wall}.`] : [];
  });
}

const DEFAULT = /^Default$/u;

/** A default export has no name to search for. */
export function defaultExports(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => path !== 'vitest.config.ts')
    .filter(({ path, text }) =>
      parseSync(path, text).module.staticExports.some(({ entries }) =>
        entries.some(({ exportName }) => exportName.name === 'default' || DEFAULT.test(exportName.kind)),
      ),
    )
    .map(({ path }) => `${path} has a default export.`);
}

/** Words that say nothing about what a thing is, or say it in another trade's jargon. */
const BANNED = /(Manager|Helper|Util|Utils|Service|Processor|Data|Info|DAO)$|^I[A-Z][a-z]|^handle[A-Z]/u;
const BANNED_FILES =
  /(^|[-/])(manager|helpers?|utils?|service|processor|data|info|common|misc|lib)(\.test)?\.ts$|\/[^/]*[A-Z_][^/]*\.ts$/u;

/** Exported names and file names that the house does not use. */
export function bannedNames(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const exported = parseSync(path, text).module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ exportName }) => exportName.name ?? []),
    );
    const names = exported.filter((name) => BANNED.test(name)).map((name) => `${path} exports ${name}.`);
    return BANNED_FILES.test(path) ? [...names, `${path} has a name the house does not use.`] : names;
  });
}

/** Uses of time and chance in the pure core, which gets both as arguments; comments and type names do not count. */
export function impurities(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const found: string[] = [];
    new Visitor({
      Identifier(node) {
        if (IMPURE.has(node.name)) found.push(node.name);
      },
      MemberExpression(node) {
        const isRandom =
          node.object.type === 'Identifier' &&
          node.object.name === 'Math' &&
          text.slice(node.property.start, node.property.end).includes('random');
        if (isRandom) found.push('Math.random');
      },
      FunctionDeclaration(node) {
        if (node.async) found.push('async');
      },
      ArrowFunctionExpression(node) {
        if (node.async) found.push('async');
      },
      AwaitExpression() {
        found.push('await');
      },
    }).visit(parseSync(path, text).program);
    return [...new Set(found)].map((name) => `${path} uses ${name}.`);
  });
}

const IMPURE: ReadonlySet<string> = new Set([
  'Date',
  'process',
  'console',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'crypto',
]);
