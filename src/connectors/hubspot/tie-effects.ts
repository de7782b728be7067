import type { Effect, Outcome, Refusal } from '../../domain/people/change.ts';
import { idsIn, isAssociation } from '../../domain/people/tie.ts';
import { Associator, type Pair, type Trouble } from './associate.ts';
import type { Gateway } from './gateway.ts';

/** An effect without the associations that it wants: these are written in calls of their own. */
export function withoutAssociations(effect: Effect): Effect {
  const values = Object.fromEntries(Object.entries(effect.values).filter(([name]) => !isAssociation(name)));
  return { ...effect, values };
}

/** Is there nothing to write on the record itself? */
export function isOnlyAssociations({ id, key, values }: Effect): boolean {
  const names = Object.keys(values);
  return id !== null && key === null && names.length > 0 && names.every((name) => isAssociation(name));
}

/**
 * Associates the records that were written with those that their effects name, one call for all effects and each object. Where an
 * association fails, the effect is unsure, or written but for what HubSpot refused; one that was nothing but associations is refused.
 */
export async function tieWritten(
  gateway: Gateway,
  effects: readonly Effect[],
  outcomes: readonly Outcome[],
  begun: boolean,
): Promise<Outcome[]> {
  const written = new Map(outcomes.flatMap((each) => (each.kind === 'written' ? [[each.change, each.record.id]] : [])));
  const wanted = new Map<string, Pair[]>();
  for (const { change, values } of effects) {
    const from = written.get(change);
    if (from === undefined) continue;
    for (const [name, value] of Object.entries(values).filter(([field]) => isAssociation(field))) {
      const to = name.slice('associations.'.length);
      const pairs = [...new Set(idsIn(value))].map((id) => ({ change, from, to: id }));
      wanted.set(to, [...(wanted.get(to) ?? []), ...pairs]);
    }
  }
  const troubles: (Trouble & { readonly field: string })[] = [];
  let underWay = begun;
  for (const [to, pairs] of wanted) {
    const options = { from: effects[0]?.object ?? '', to, begun: underWay };
    const found = await new Associator(gateway, options).associate(pairs);
    underWay ||= pairs.length > 0;
    troubles.push(...found.map((trouble) => ({ ...trouble, field: `associations.${to}` })));
  }
  const bare = new Set(effects.filter((effect) => isOnlyAssociations(effect)).map(({ change }) => change));
  return outcomes.map((outcome) => asTied(outcome, troubles, bare.has(outcome.change)));
}

/** What is not known outweighs what is known to have failed: it has to be read back. */
function asTied(
  outcome: Outcome,
  troubles: readonly (Trouble & { readonly field: string })[],
  isBare: boolean,
): Outcome {
  const { change } = outcome;
  const mine = troubles.filter(({ pair }) => pair.change === change);
  for (const trouble of mine) if ('unsure' in trouble) return { kind: 'unsure', change, message: trouble.unsure };
  const refused = mine.flatMap((trouble) => ('refused' in trouble ? [trouble] : []));
  const [first] = refused;
  if (first === undefined || outcome.kind !== 'written') return outcome;
  const { code, message } = first.refused;
  const except: Refusal = { code, message, fields: [...new Set(refused.map(({ field }) => field))] };
  return isBare ? { kind: 'refused', change, ...except } : { ...outcome, except };
}
