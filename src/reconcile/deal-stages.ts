import type { PipelineMapping } from '../domain/people/mapping.ts';
import type { FieldSchema, Sighting } from '../domain/people/record.ts';
import type { PlanContext } from './context.ts';
import { DEAL_FIELDS } from './deal-fields.ts';

/** One line of the stage map, with both systems' own ids in place of the labels that an admin wrote. */
export type StagePair = {
  readonly mapping: PipelineMapping;
  readonly pipeline: string;
  readonly dealStage: string;
  /** Record type id; `null` where the organisation has none, or the mapping names none. */
  readonly recordType: string | null;
  readonly stageName: string;
  /** The stage in one tongue: record type and StageName, so that both sides can be compared. */
  readonly canonical: string;
};

const known = new WeakMap<PlanContext, readonly StagePair[]>();

/** The stage map of this context. A name that stands in no list stands for itself, and meets nobody (the check of the mappings has said so). */
function stagePairs(context: PlanContext): readonly StagePair[] {
  const before = known.get(context);
  if (before !== undefined) return before;
  const pairs = context.policy.deal.pipelines.flatMap((mapping) => pairsOf(mapping, context));
  known.set(context, pairs);
  return pairs;
}

function pairsOf(mapping: PipelineMapping, { schemas }: PlanContext): readonly StagePair[] {
  const hubspot = schemas.get('hubspot:deals');
  const salesforce = schemas.get('salesforce:Opportunity');
  const pipeline = valueOf(mapping.hubspot, hubspot?.get(DEAL_FIELDS.hubspot.pipeline));
  const recordType =
    mapping.recordType === null
      ? null
      : valueOf(mapping.recordType, salesforce?.get(DEAL_FIELDS.salesforce.recordType));
  const stages = hubspot?.get(DEAL_FIELDS.hubspot.stage);
  return Object.entries(mapping.stages).map(([stage, stageName]) => ({
    mapping,
    pipeline,
    dealStage: valueOf(stage, stages, pipeline),
    recordType,
    stageName,
    canonical: canonicalOf(mapping.recordType, stageName),
  }));
}

/** An option's value by itself or by its label; what stands in no list stands for itself. Stage ids repeat from pipeline to pipeline. */
function valueOf(name: string, field: FieldSchema | undefined, pipeline?: string): string {
  const options =
    field?.options?.filter(({ of }) => of === undefined || pipeline === undefined || of === pipeline) ?? [];
  return (options.find(({ value }) => value === name) ?? options.find(({ label }) => label === name))?.value ?? name;
}

function canonicalOf(recordType: string | null, stageName: string): string {
  return recordType === null ? stageName : `${recordType}/${stageName}`;
}

export type StageReading =
  | { readonly kind: 'mapped'; readonly pair: StagePair }
  /** The pipeline (record type) stands in no map: such deals are none of ours. */
  | { readonly kind: 'outside' }
  /** The pipeline does, its stage does not. */
  | { readonly kind: 'unmapped'; readonly stage: string; readonly at: string }
  /** Never read, or empty. */
  | { readonly kind: 'unknown' };

/** Where HubSpot's deal stands in the map. */
export function readDealStage({ values }: Sighting, context: PlanContext): StageReading {
  const { pipeline, [DEAL_FIELDS.hubspot.stage]: stage } = values;
  if (typeof stage !== 'string' || typeof pipeline !== 'string') return { kind: 'unknown' };
  const inPipeline = stagePairs(context).filter((pair) => pair.pipeline === pipeline);
  return choose(
    inPipeline,
    inPipeline.find((pair) => pair.dealStage === stage),
    stage,
  );
}

/** Where Salesforce's opportunity stands in the map. `beside` is the deal it belongs to: of two pipelines that fit, its own is meant. */
export function readOpportunityStage(
  { values }: Sighting,
  beside: Sighting | null,
  context: PlanContext,
): StageReading {
  const stageName = values[DEAL_FIELDS.salesforce.stage];
  if (typeof stageName !== 'string') return { kind: 'unknown' };
  const recordType = values[DEAL_FIELDS.salesforce.recordType] ?? null;
  const fitting = stagePairs(context).filter((pair) => pair.recordType === null || pair.recordType === recordType);
  const own = beside?.values[DEAL_FIELDS.hubspot.pipeline];
  const inOwn = fitting.filter(({ pipeline }) => pipeline === own);
  const within = inOwn.length > 0 ? inOwn : fitting;
  const named = within.filter((pair) => pair.stageName === stageName);
  const stage = beside?.values[DEAL_FIELDS.hubspot.stage];
  return choose(within, named.find(({ dealStage }) => dealStage === stage) ?? named[0], stageName);
}

function choose(pairs: readonly StagePair[], pair: StagePair | undefined, stage: string): StageReading {
  const [first] = pairs;
  if (first === undefined) return { kind: 'outside' };
  return pair === undefined ? { kind: 'unmapped', stage, at: first.mapping.at } : { kind: 'mapped', pair };
}

/** Does this stage close the opportunity? By Salesforce's own word; `undefined` when it was never read. */
export function closes(stageName: string, { schemas }: PlanContext): boolean | undefined {
  const options = schemas.get('salesforce:Opportunity')?.get(DEAL_FIELDS.salesforce.stage)?.options;
  return options?.find(({ value }) => value === stageName)?.closed;
}
