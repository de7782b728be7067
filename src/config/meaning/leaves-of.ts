import type { Path } from '../files/yaml-file.ts';
import type { WrittenCondition } from '../grammar/condition-grammar.ts';

/** One question of a condition, and where it stands in its file. */
export type Leaf = { readonly asks: WrittenCondition; readonly path: Path };

/** The questions that a condition is made of, at any depth. */
export function leavesOf(written: WrittenCondition, path: Path): readonly Leaf[] {
  if (written.all !== undefined) return written.all.flatMap((part, nth) => leavesOf(part, [...path, 'all', nth]));
  if (written.any !== undefined) return written.any.flatMap((part, nth) => leavesOf(part, [...path, 'any', nth]));
  if (written.not !== undefined) return leavesOf(written.not, [...path, 'not']);
  return [{ asks: written, path }];
}
