import type { EntityFacts } from '../domain/people/person.ts';
import type { Base } from '../domain/people/record.ts';
import type { PlanContext } from './context.ts';
import { stands } from './read-back.ts';
import { fieldsBehind } from './settle-drafts.ts';

/**
 * What both sides held of this value when they last agreed; `undefined` before they first met over it.
 *
 * A write whose answer is still awaited, and whose record shows what it wrote, went in: what stands there is our own echo, and no edit
 * to which another one could give way (law R6). Reading it back will say the same; whoever typed meanwhile is not to pay for the wait.
 */
export function baseOf(
  { facts }: { readonly facts: EntityFacts },
  name: string,
  context: PlanContext,
): Base | undefined {
  return unansweredBase(facts, name, context) ?? standingBase(facts, name);
}

/** The same as the ledger has it, whatever a write without an answer may have done since. */
export function standingBase({ bases }: Pick<EntityFacts, 'bases'>, name: string): Base | undefined {
  return bases.find(({ field }) => field === name);
}

function unansweredBase(facts: EntityFacts, name: string, context: PlanContext): Base | undefined {
  for (const { state, target, steps, basesAfter } of facts.open) {
    if (state !== 'sending' && state !== 'unsure') continue;
    const base = basesAfter?.find(({ field }) => field === name);
    const seen = facts.sightings.find(({ record }) => record.system === target.system && record.id === target.id);
    if (base === undefined || seen === undefined) continue;
    const behind = fieldsBehind(base, target, context);
    const written = steps.flat().filter(({ field }) => behind.includes(field));
    const isIn = written.every(({ field, after }) => stands(field, seen.values[field] ?? null, after));
    if (written.length > 0 && isIn) return base;
  }
  return undefined;
}
