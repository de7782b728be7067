import type { System } from '../domain/people/record.ts';
import { because, type WhyNot } from '../domain/people/why-not.ts';
import type { PairView, PlanContext } from './context.ts';
import { comparedOn } from './field-sides.ts';
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
  if (isReadOnly(field, view, context)) return because('no-right', { rule: at });
  const base = view.facts.bases.find((known) => known.field === field.name);
  const emptied = (side: System) => now[side] === null && base !== undefined && base[side] !== null;
  if (clears === 'keep' && (emptied('hubspot') || emptied('salesforce')))
    return because('clears-keep', { emptied: emptied('hubspot') ? 'hubspot' : 'salesforce', rule: at });
  if (policy === 'hubspot' || policy === 'salesforce') return because('one-way', { stands: policy, rule: at });
  if (policy === 'fill-blank' || policy === 'once') return because(policy, { rule: at });
  return because('apart', { rule: at });
}

/** The side that would be written does not take it: the field is read-only there, or we lack the right. */
function isReadOnly({ rule, hubspot, salesforce }: NamedField, view: PairView, { schemas }: PlanContext): boolean {
  if (rule.kind !== 'mapped') return false;
  const to =
    rule.mapping.policy === 'hubspot'
      ? ['salesforce' as const]
      : rule.mapping.policy === 'salesforce'
        ? ['hubspot' as const]
        : (['hubspot', 'salesforce'] as const);
  return to.some((system) => {
    const record = view[system]?.record;
    const name = system === 'hubspot' ? hubspot : record && salesforce[record.object];
    return (
      record !== undefined && name != null && schemas.get(`${system}:${record.object}`)?.get(name)?.writable === false
    );
  });
}
