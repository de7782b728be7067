import type { ConfigFault } from '../errors/errors.ts';
import { fieldFaults } from './check-field.ts';
import type { DealMapping, PipelineMapping } from './people/mapping.ts';
import type { FieldSchema, ObjectSchema, System } from './people/record.ts';
import { didYouMean } from './texts/closest.ts';

type Sides = Readonly<Record<System, ObjectSchema | undefined>>;
type Option = NonNullable<FieldSchema['options']>[number];

/** Options that a message names; a portal can have a hundred stages. */
const NAMED_OPTIONS = 12;

/**
 * Does every pipeline, record type and stage of one line of the map exist, may it be written, and do its two ends mean the same:
 * a stage that closes a deal beside one that leaves it open would close and reopen it for ever.
 */
export function pipelineFaults(mapping: PipelineMapping, deal: DealMapping, sides: Sides): readonly ConfigFault[] {
  const { at } = mapping;
  const stages = dealStagesOf(mapping, sides);
  const { faults: unknownRecordType } = recordTypeOf(mapping, sides);
  const written = { hubspot: isWritten('hubspot', deal), salesforce: isWritten('salesforce', deal) };
  const on = (system: System, field: string, values: readonly string[] = []) =>
    fieldFaults({ at, schema: sides[system], field, written: written[system], source: true, values });
  return [
    ...on('hubspot', 'pipeline'),
    ...on('hubspot', 'dealstage'),
    ...on('salesforce', 'StageName', [...new Set(Object.values(mapping.stages))]),
    ...(mapping.recordType === null ? [] : on('salesforce', 'RecordTypeId')),
    ...unknownRecordType,
    ...stages.faults,
    ...twiceFaults(stages.found, at),
    ...outcomeFaults(mapping, stages.found, sides),
  ];
}

function isWritten(system: System, { stage, create }: DealMapping): boolean {
  return stage.policy !== system || create[system];
}

type Found = { readonly faults: readonly ConfigFault[] };
type FoundStages = Found & { readonly found: ReadonlyMap<string, Option> };

/** The stages of the map as this pipeline has them, by the name that the admin wrote; a pipeline that is unknown has none to judge. */
function dealStagesOf({ hubspot: pipeline, stages, at }: PipelineMapping, { hubspot }: Sides): FoundStages {
  const found = new Map<string, Option>();
  const pipelines = activeOptions(hubspot, 'pipeline');
  if (pipelines.length === 0) return { faults: [], found };
  const own = named(pipeline, pipelines);
  if (own === undefined) return { faults: [missing(at, 'HubSpot has no deal pipeline', pipeline, pipelines)], found };
  const known = activeOptions(hubspot, 'dealstage').filter(({ of }) => of === undefined || of === own.value);
  if (known.length === 0) return { faults: [], found };
  const faults: ConfigFault[] = [];
  for (const stage of Object.keys(stages)) {
    const option = named(stage, known);
    if (option === undefined) faults.push(missing(at, `HubSpot's pipeline ${own.label} has no stage`, stage, known));
    else found.set(stage, option);
  }
  return { faults, found };
}

function recordTypeOf({ recordType, at }: PipelineMapping, { salesforce }: Sides): Found {
  if (recordType === null || salesforce === undefined) return { faults: [] };
  const known = activeOptions(salesforce, 'RecordTypeId');
  if (named(recordType, known) !== undefined) return { faults: [] };
  return { faults: [missing(at, 'Salesforce (Opportunity) has no record type', recordType, known)] };
}

/** A stage that stands in the map by its id and by its label. */
function twiceFaults(found: ReadonlyMap<string, Option>, at: string): readonly ConfigFault[] {
  const names = [...found];
  return names.flatMap(([name, { value }], nth) => {
    const earlier = names.slice(0, nth).find(([, other]) => other.value === value)?.[0];
    if (earlier === undefined) return [];
    return [{ at, message: `The stages ${earlier} and ${name} are one stage in HubSpot. Write each stage once.` }];
  });
}

function outcomeFaults(
  { stages, at }: PipelineMapping,
  found: ReadonlyMap<string, Option>,
  { salesforce }: Sides,
): readonly ConfigFault[] {
  const stageNames = activeOptions(salesforce, 'StageName');
  // Where a system does not tell which of its stages close, nothing can be compared.
  const tells = (options: readonly Option[]) => options.some(({ closed }) => closed === true);
  if (!tells(stageNames) || !tells([...found.values()])) return [];
  return [...found].flatMap(([stage, option]) => {
    const other = stageNames.find(({ value }) => value === stages[stage]);
    if (other === undefined || (other.closed === true) === (option.closed === true)) return [];
    const [inHubSpot, inSalesforce] = option.closed === true ? ['closed', 'open'] : ['open', 'closed'];
    return [
      {
        at,
        message: `${stage} is ${inHubSpot} in HubSpot, \`${other.value}\` is ${inSalesforce} in Salesforce. Map open stages to open ones and closed stages to closed ones.`,
      },
    ];
  });
}

function activeOptions(schema: ObjectSchema | undefined, field: string): readonly Option[] {
  return schema?.fields.find(({ name }) => name === field)?.options?.filter(({ active }) => active) ?? [];
}

/** An option by its id, or by the label that people know. */
function named(name: string, options: readonly Option[]): Option | undefined {
  return options.find(({ value }) => value === name) ?? options.find(({ label }) => label === name);
}

function missing(at: string, what: string, name: string, options: readonly Option[]): ConfigFault {
  const names = options.map(({ value, label }) => (value === label ? value : `${label} (${value})`));
  const shown = names.length === 0 ? ' There are none.' : ` There are: ${names.slice(0, NAMED_OPTIONS).join(', ')}.`;
  const meant = didYouMean(name, [...options.map(({ value }) => value), ...options.map(({ label }) => label)]);
  return { at, message: `${what} \`${name}\`.${meant || shown}` };
}
