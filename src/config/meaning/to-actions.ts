import type { Action, ActionSource } from '../../domain/agreement/action.ts';
import type { BehaviourRule } from '../../domain/agreement/agreement.ts';
import type { WrittenActions, WrittenBehaviourRule, WrittenSource } from '../grammar/actions-grammar.ts';
import type { AgreementFile } from '../grammar/agreement-grammar.ts';
import { toDuration } from './to-duration.ts';

/** What counts as something that a person did; `undefined` where the agreement names nothing. */
export function toActions({ actions }: AgreementFile): readonly Action[] | undefined {
  if (actions === undefined) return undefined;
  return Object.entries(actions).map(([name, written]) => ({ name, from: sourcesOf(written).map(toSource) }));
}

function sourcesOf(written: WrittenActions[string]): readonly WrittenSource[] {
  return Array.isArray(written) ? written : [written];
}

/** The grammar has made sure that it is one thing. */
function toSource(written: WrittenSource): ActionSource {
  const named = written.named === undefined ? {} : { named: listOf(written.named) };
  if (written['hubspot-form'] !== undefined) return { form: listOf(written['hubspot-form']) };
  if (written['hubspot-page'] !== undefined) return { page: listOf(written['hubspot-page']) };
  const event = written['hubspot-marketing-event'];
  return event === undefined ? { campaign: 'responded', ...named } : { event, ...named };
}

function listOf(written: string | readonly string[]): readonly string[] {
  return typeof written === 'string' ? [written] : written;
}

export function toBehaviourRule({ action, points, ...written }: WrittenBehaviourRule): BehaviourRule {
  const { 'at-most': atMost, within, 'halves-every': halvesEvery } = written;
  return {
    action,
    points,
    ...(atMost === undefined ? {} : { atMost }),
    ...(within === undefined ? {} : { within: toDuration(within) }),
    ...(halvesEvery === undefined ? {} : { halvesEvery: toDuration(halvesEvery) }),
  };
}
