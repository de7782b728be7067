export type System = 'hubspot' | 'salesforce';

/** Trouble that a test or an operator orders. `before` (the default): nothing happened; `after`: the effect took place. */
export type Fault =
  | {
      kind: 'status';
      status: number;
      body?: unknown;
      text?: string;
      contentType?: string | null;
      headers?: Record<string, string>;
      when?: 'before' | 'after';
    }
  | { kind: 'cut'; when?: 'before' | 'after' }
  | { kind: 'stall'; ms?: number; when?: 'before' | 'after' }
  | { kind: 'truncate' }
  | { kind: 'html'; status: number }
  | { kind: 'expire-token' };

export type FaultRule = {
  system: System;
  method?: string;
  /** A part of the path without its query, or a regular expression between slashes such as `/\/contacts\/\d+$/`. */
  path?: string;
  /** How many matching requests pass untouched first. */
  after?: number;
  /** How many matching requests are hit: 1 unless told otherwise, `Infinity` for always. */
  times?: number;
  fault: Fault;
};

type ArmedRule = { rule: FaultRule; matches: (path: string) => boolean; toPass: number; left: number };

/** The trouble that is still to come, in the order in which it was ordered. */
export class Faults {
  #armed: ArmedRule[] = [];

  add(rule: FaultRule): void {
    this.#armed.push({ rule, matches: pathMatcher(rule.path), toPass: rule.after ?? 0, left: rule.times ?? 1 });
  }

  clear(): void {
    this.#armed = [];
  }

  pending(): FaultRule[] {
    return this.#armed.map((armed) => ({ ...armed.rule, after: armed.toPass, times: armed.left }));
  }

  /** Counts this request against every rule that matches it; the first rule that is due strikes. */
  next(system: System, method: string, path: string): Fault | undefined {
    for (const armed of this.#armed) {
      const { rule } = armed;
      if (rule.system !== system || !armed.matches(path)) continue;
      if (rule.method !== undefined && rule.method.toUpperCase() !== method.toUpperCase()) continue;
      if (armed.toPass > 0) {
        armed.toPass -= 1;
        continue;
      }
      armed.left -= 1;
      if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed);
      return rule.fault;
    }
    return undefined;
  }
}

function pathMatcher(path: string | undefined): (candidate: string) => boolean {
  if (path === undefined) return () => true;
  // A plain path such as `/crm/` also stands between slashes; only a text with an escape or a metacharacter is a pattern.
  const pattern = /^\/(.*[\\^$*+?()[\]{}|].*)\/([a-z]*)$/.exec(path);
  if (pattern === null) return (candidate) => candidate.includes(path);
  const expression = new RegExp(pattern[1] ?? '', pattern[2]);
  return (candidate) => expression.test(candidate);
}
