import type { FieldPolicy } from '../domain/people/mapping.ts';
import { SYSTEMS, type System } from '../domain/people/record.ts';
import { because, type WhyNot } from '../domain/people/why-not.ts';
import type { PairView, PlanContext } from './context.ts';
import { comparedOn, sideOf } from './field-sides.ts';
import type { NamedField } from './find-field.ts';

/** Why the rule leaves a field as it is, where the planner means nothing and nothing stands in its way. */
export function whyUnchanged(field: NamedField, view: PairView, context: PlanContext): WhyNot {
  if (field.rule.kind !== 'mapped') return because('in-step');
  const { mapping } = field.rule;
  const { policy, clears, at } = mapping;
  const now = {
    hubspot: comparedOn('hubspot', field, view, context),
    salesforce: comparedOn('salesforce', field, view, context),
  };
  if (now.hubspot === now.salesforce) return because('in-step', { rule: at });
  if (isReadOnly(field, policy, view, context)) return because('no-right', { rule: at });
  const base = view.facts.bases.find((known) => known.field === field.name);
  const emptied = (side: System) => now[side] === null && base !== undefined && base[side] !== null;
  if (clears === 'keep' && (emptied('hubspot') || emptied('salesforce')))
    return because('clears-keep', { emptied: emptied('hubspot') ? 'hubspot' : 'salesforce', rule: at });
  if (policy === 'hubspot' || policy === 'salesforce') return because('one-way', { stands: policy, rule: at });
  if (policy === 'fill-blank' || policy === 'once') return because(policy, { rule: at });
  return because('apart', { rule: at });
}

/** The side that would be written does not take it: the field is read-only there, or we lack the right. */
function isReadOnly(named: NamedField, policy: FieldPolicy, view: PairView, { schemas }: PlanContext): boolean {
  return SYSTEMS.filter((system) => system !== policy).some((system) => {
    const { record, field } = sideOf(system, named, view);
    if (record === null || field === null) return false;
    return schemas.get(`${system}:${record.object}`)?.get(field)?.writable === false;
  });
}
