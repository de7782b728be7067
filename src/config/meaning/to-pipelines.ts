import type { DealMapping, PipelineMapping } from '../../domain/people/mapping.ts';
import type { Path } from '../files/yaml-file.ts';
import type { DealFile } from '../grammar/deal-grammar.ts';
import type { Complaints } from './complain.ts';

type Written = DealFile['deal']['pipelines'][number];
type Direction = Pick<DealMapping, 'stage' | 'create'>;

const PATH: Path = ['deal', 'pipelines'];

/** The stage map: one pipeline after another, each with the record type that stands for it. */
export function toPipelines(
  written: readonly Written[],
  direction: Direction,
  complaints: Complaints,
): readonly PipelineMapping[] {
  const pipelines = written.map((pipeline, nth): PipelineMapping => {
    complainOfStages(pipeline.stages, [...PATH, nth, 'stages'], direction, complaints);
    return {
      hubspot: pipeline.hubspot,
      recordType: pipeline['record-type'] ?? null,
      stages: pipeline.stages,
      at: complaints.lineOf([...PATH, nth]),
    };
  });
  complainOfTwins(pipelines, complaints);
  if (direction.create.hubspot) complainOfRecordTypes(pipelines, complaints);
  return pipelines;
}

/** Two HubSpot stages for one Salesforce stage can be read in one direction only. */
function complainOfStages(
  stages: Written['stages'],
  path: Path,
  { stage: { policy } }: Direction,
  complaints: Complaints,
): void {
  if (Object.keys(stages).length === 0)
    complaints.about(path, 'A pipeline without stages maps nothing. Write one line per HubSpot stage.');
  if (policy !== 'two-way') return;
  const owners = new Map<string, string>();
  for (const [hubspot, salesforce] of Object.entries(stages)) {
    const earlier = owners.get(salesforce);
    if (earlier === undefined) owners.set(salesforce, hubspot);
    else
      complaints.about(
        [...path, hubspot],
        `"${salesforce}" already stands for ${earlier}; on the way back nobody could tell which is meant. Leave one out, give each its own stage in Salesforce, or let one side decide (stage: policy: salesforce).`,
      );
  }
}

function complainOfTwins(pipelines: readonly PipelineMapping[], complaints: Complaints): void {
  pipelines.forEach(({ hubspot }, nth) => {
    const earlier = pipelines.slice(0, nth).find((other) => other.hubspot === hubspot);
    if (earlier === undefined) return;
    complaints.about(
      [...PATH, nth, 'hubspot'],
      `The pipeline ${hubspot} is mapped already at ${earlier.at}. Write each pipeline once.`,
    );
  });
}

/** A new opportunity says by its record type which pipeline its deal belongs to; a pipeline without one stands for all of them. */
function complainOfRecordTypes(pipelines: readonly PipelineMapping[], complaints: Complaints): void {
  pipelines.forEach(({ hubspot, recordType }, nth) => {
    const earlier = pipelines
      .slice(0, nth)
      .filter((other) => other.hubspot !== hubspot)
      .find((other) => other.recordType === null || recordType === null || other.recordType === recordType);
    if (earlier === undefined) return;
    complaints.about(
      [...PATH, nth],
      `For an opportunity that fits both, nobody could tell whether its deal belongs to ${earlier.hubspot} (${earlier.at}) or here. Give each pipeline a "record-type" of its own, or leave out "create: hubspot".`,
    );
  });
}
