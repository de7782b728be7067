import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';

export type Path = readonly PropertyKey[];

/** A YAML text that knows where each of its values stands. */
export class PlacedYaml {
  readonly #file: string;
  readonly #lines = new LineCounter();
  readonly #document: Document;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
  }

  /** What is wrong with the text before anybody looks at its meaning. */
  get slips(): string[] {
    return this.#document.errors.map((error) => `${this.#at(error.pos[0])}: ${error.message}`);
  }

  value(): unknown {
    return this.#document.toJS() as unknown;
  }

  /** One fault, with the place of the value at this path or of the nearest value around it. */
  problem(path: Path, message: string): string {
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    return `${this.#at(this.#offset(path))}: ${where}${message}`;
  }

  problems(error: z.ZodError): string[] {
    return error.issues.flatMap((issue) => this.#ofIssue(issue, []));
  }

  #ofIssue(issue: z.core.$ZodIssue, above: Path): string[] {
    const path = [...above, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => this.problem([...path, key], 'there is no such setting here'));
    }
    if (issue.code === 'invalid_union') {
      // The branch that went deepest is the one that was meant: the others failed on the kind of value already.
      const meant = issue.errors.find((issues) => issues.some(isMeant));
      if (meant !== undefined) return meant.flatMap((inner) => this.#ofIssue(inner, path));
    }
    return [this.problem(path, issue.message)];
  }

  #offset(path: Path): number {
    for (let length = path.length; length > 0; length -= 1) {
      const keys = path.slice(0, length);
      const parent: unknown = length === 1 ? this.#document.contents : this.#document.getIn(keys.slice(0, -1), true);
      if (isMap(parent)) {
        const pair = parent.items.find(({ key }) => isNode(key) && String(key) === String(keys.at(-1)));
        if (pair !== undefined && isNode(pair.key) && pair.key.range) return pair.key.range[0];
      }
      const node: unknown = this.#document.getIn(keys, true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return this.#document.contents?.range?.[0] ?? 0;
  }

  #at(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.#file}:${line}:${col}`;
  }
}

/** A value of the wrong kind altogether tells nothing about the branch; anything found inside it does. */
function isMeant(issue: z.core.$ZodIssue): boolean {
  if (issue.path.length > 0) return true;
  if (issue.code === 'invalid_union') return issue.errors.some((issues) => issues.some(isMeant));
  return issue.code !== 'invalid_type';
}
