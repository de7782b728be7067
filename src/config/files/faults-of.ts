import type { ZodType, z } from 'zod';
import type { ConfigFault } from '../../errors/errors.ts';
import type { YamlFile } from './yaml-file.ts';

/** What a file says, once it fits its grammar; else everything that does not, each with its place. */
export function fitted<T>(
  file: YamlFile,
  grammar: ZodType<T>,
): { readonly value: T } | { readonly faults: readonly ConfigFault[] } {
  const parsed = grammar.safeParse(file.content);
  if (parsed.success) return { value: parsed.data };
  const issues = parsed.error.issues.flatMap(unrolled);
  return { faults: issues.filter((issue) => !isEcho(issue, issues)).flatMap((issue) => faultsOf(issue, file)) };
}

/** What may be written in two ways is judged by the way it was written in; where it is neither, both are named. */
function unrolled(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((way) => way.every(({ code, path }) => code !== 'invalid_type' || path.length > 0));
  return meant === undefined
    ? [issue]
    : meant.flatMap((inner) => unrolled({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** A block with an unknown key needs no second complaint that something is missing from it. */
function isEcho(issue: z.core.$ZodIssue, issues: readonly z.core.$ZodIssue[]): boolean {
  const place = issue.path.join('/');
  return (
    issue.code === 'custom' && issues.some(({ code, path }) => code === 'unrecognized_keys' && path.join('/') === place)
  );
}

function faultsOf(issue: z.core.$ZodIssue, file: YamlFile): readonly ConfigFault[] {
  if (issue.code === 'unrecognized_keys') {
    // One line of the message per key: see `block`.
    const lines = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      at: file.placeOfKey([...issue.path, key]),
      message: lines[index] ?? `"${key}" is not known here.`,
    }));
  }
  if (issue.code === 'invalid_key') {
    const inner = issue.issues[0]?.message ?? issue.message;
    return [{ at: file.placeOfKey(issue.path), message: `"${String(issue.path.at(-1))}" ${inner}` }];
  }
  return [{ at: file.placeOf(issue.path), message: named(issue.path, issue.message) }];
}

/** `"within" must be …`; entries of a list are named by their list. */
function named(path: readonly PropertyKey[], message: string): string {
  const key = path.findLast((part) => typeof part === 'string');
  if (key === undefined || message.startsWith('A ')) return message;
  const isEntry = typeof path.at(-1) === 'number';
  return isEntry ? `An entry of "${key}" ${message}` : `"${key}" ${message}`;
}
