import type { FieldChange } from '../domain/people/change.ts';
import type { Finding } from '../domain/people/person.ts';
import { recordName, type System } from '../domain/people/record.ts';
import { baseOf } from './base-of.ts';
import type { Both } from './conflict.ts';
import { NOTHING, type PairView, type Part, type PlanContext } from './context.ts';
import { DEAL_BASE, DEAL_FIELDS } from './deal-fields.ts';
import { closes, readDealStage, readOpportunityStage, type StagePair, type StageReading } from './deal-stages.ts';
import { type Carrying, type Compound, carriedPart, mergeCompound } from './merge-pair.ts';

const { hubspot: H, salesforce: S } = DEAL_FIELDS;

/**
 * Keeps the stage of a deal the same on both sides: pipeline and stage in HubSpot, record type and StageName in Salesforce, as one
 * value. A stage that stands in no map is said, and stays where it is; the rest of the deal goes on.
 */
export function planDealStage(view: PairView, context: PlanContext): Part {
  const { hubspot, salesforce } = view;
  if (hubspot === null || salesforce === null) return NOTHING;
  const readings = {
    hubspot: readDealStage(hubspot, context),
    salesforce: readOpportunityStage(salesforce, hubspot, context),
  };
  const open = [...unmapped('hubspot', readings.hubspot), ...unmapped('salesforce', readings.salesforce)];
  if (readings.hubspot.kind !== 'mapped' || readings.salesforce.kind !== 'mapped') return { ...NOTHING, open };
  const pairs = { hubspot: readings.hubspot.pair, salesforce: readings.salesforce.pair };
  return merge(pairs, view, { hubspot, salesforce }, context);
}

/** One finding per stage, not per deal. */
export function unmapped(system: System, reading: StageReading): readonly Finding[] {
  if (reading.kind !== 'unmapped') return [];
  const { stage, at } = reading;
  return [{ code: 'STAGE_NOT_MAPPED', subject: `${at} ${system}:${stage}`, detail: { system, stage, rule: at } }];
}

function merge(pairs: Readonly<Record<System, StagePair>>, view: PairView, both: Both, context: PlanContext): Part {
  const compound: Compound = {
    name: DEAL_BASE.stage,
    hubspot: pairs.hubspot.canonical,
    salesforce: pairs.salesforce.canonical,
    rule: context.policy.deal.stage,
  };
  const { at } = pairs.hubspot.mapping;
  const said = { field: H.stage, hubspot: pairs.hubspot.stageName, salesforce: pairs.salesforce.stageName };
  const carry: Carrying['carry'] = (from, to, why) => {
    const goal = pairs[from];
    const code = why === 'first-meeting' ? 'first-meeting' : 'deal-stage';
    const reason = { code, detail: { from, stage: goal.stageName, lost: null, rule: goal.mapping.at } } as const;
    const part = carriedPart(compound, to, goal.canonical, writesTo(to, goal, both), reason, context);
    return { ...part, open: reopened(goal, from, view, context) };
  };
  return mergeCompound(compound, view, both, { said, at, carry }, context);
}

/** What to write on one side so that it stands at this line of the map. */
export function writesTo(to: System, goal: StagePair, both: Partial<Both>): readonly Omit<FieldChange, 'reason'>[] {
  const before = (field: string) => both[to]?.values[field] ?? null;
  if (to === 'hubspot') {
    return [
      { field: H.pipeline, before: before(H.pipeline), after: goal.pipeline },
      { field: H.stage, before: before(H.stage), after: goal.dealStage },
    ];
  }
  const stage = { field: S.stage, before: before(S.stage), after: goal.stageName };
  return goal.recordType === null
    ? [stage]
    : [{ field: S.recordType, before: before(S.recordType), after: goal.recordType }, stage];
}

/** Somebody opened a closed deal again: it goes on, and both departments hear of it, for their numbers change backwards. */
function reopened(goal: StagePair, from: System, view: PairView, context: PlanContext): readonly Finding[] {
  const was = baseOf(view, DEAL_BASE.stage, context)?.canonical;
  if (typeof was !== 'string' || closes(goal.stageName, context) === true) return [];
  const stageBefore = was.slice(was.indexOf('/') + 1);
  if (closes(stageBefore, context) !== true) return [];
  const { facts } = view;
  const subject = view[from] === null ? facts.id : recordName(view[from].record);
  const detail = { system: from, before: stageBefore, stage: goal.stageName };
  return [{ code: 'DEAL_REOPENED', subject, entity: facts.id, detail }];
}
