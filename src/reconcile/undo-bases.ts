import type { AnyFacts } from '../domain/people/person.ts';
import type { Base, Sighting, System } from '../domain/people/record.ts';
import { canonicalMoney } from '../domain/values/money.ts';
import type { Value } from '../domain/values/value.ts';
import { type PlanContext, pairOf } from './context.ts';
import { DEAL_BASE } from './deal-fields.ts';
import { readDealStage, readOpportunityStage } from './deal-stages.ts';
import { fieldOn } from './mapped-field.ts';
import { closeDay } from './plan-close-date.ts';
import { moneyIn } from './plan-deal-amount.ts';
import { comparable } from './translate.ts';

/**
 * The base that holds once a record is `restored`: its side holds the value from before, the other side what it held. Apart, and agreed
 * to be: neither is an edit, and the next edit of either side is told from it (law R14).
 *
 * `undefined` where there is no such base, or the value from before stands in no map: then nothing is said of it.
 */
export function baseApart(name: string, restored: Sighting, facts: AnyFacts, context: PlanContext): Base | undefined {
  const known = facts.bases.find(({ field }) => field === name);
  const { system } = restored.record;
  const value = known === undefined ? undefined : heldBy(name, restored, facts, context);
  if (known === undefined || value === undefined) return undefined;
  return { ...known, [system]: value, since: context.now, provisional: system };
}

/** A side's value as its base would hold it. */
function heldBy(name: string, sighting: Sighting, facts: AnyFacts, context: PlanContext): Value | undefined {
  const { system } = sighting.record;
  switch (name) {
    case 'owner':
      return system === 'hubspot' ? sighting.values['hubspot_owner_id'] : sighting.values['OwnerId'];
    case DEAL_BASE.stage:
      return stageHeld(sighting, facts, context);
    case DEAL_BASE.amount:
      return moneyHeld(sighting, system, context);
    case DEAL_BASE.closeDate:
      return closeDateHeld(sighting, context);
    default: {
      if (facts.kind === 'agreement') return undefined;
      const mapping = context.policy[facts.kind].fields.find((field) => field.name === name);
      const field = mapping && fieldOn(mapping, sighting.record);
      const value = field === undefined ? undefined : sighting.values[field];
      return mapping === undefined || value === undefined
        ? undefined
        : comparable(value, system, mapping, context.policy.calendar);
    }
  }
}

function stageHeld(sighting: Sighting, facts: AnyFacts, context: PlanContext): Value | undefined {
  const reading =
    sighting.record.system === 'hubspot'
      ? readDealStage(sighting, context)
      : readOpportunityStage(sighting, pairOf(facts).hubspot, context);
  return reading.kind === 'mapped' ? reading.pair.canonical : undefined;
}

function moneyHeld({ values }: Sighting, system: System, context: PlanContext): Value | undefined {
  const money = moneyIn(values, system, context);
  return money === undefined ? undefined : canonicalMoney(money.amount, money.currency);
}

function closeDateHeld({ record, values }: Sighting, context: PlanContext): Value | undefined {
  if (record.system === 'salesforce') return values['CloseDate'];
  const closedAt = values['closedate'];
  return closedAt === undefined ? undefined : closeDay(closedAt, context);
}
