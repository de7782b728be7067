import { isoText } from '../time-texts.ts';

export type NewPipeline = {
  readonly id: string;
  readonly label: string;
  readonly stages: readonly {
    readonly id: string;
    readonly label: string;
    /** From 0 to 1. */
    readonly probability: number;
    readonly isClosed: boolean;
  }[];
};

export type Stage = NewPipeline['stages'][number];

type Pipeline = NewPipeline & { readonly createdAt: number };

/** The pipelines of deals. Stage ids are opaque, and two pipelines may well use the same one. */
export class Pipelines {
  readonly #pipelines = new Map<string, Pipeline>();

  define(pipeline: NewPipeline, createdAt: number): void {
    this.#pipelines.set(pipeline.id, { ...pipeline, createdAt });
  }

  get(id: string): Pipeline | undefined {
    return this.#pipelines.get(id);
  }

  all(): Pipeline[] {
    return [...this.#pipelines.values()];
  }

  stage(pipeline: string, stage: string): Stage | undefined {
    return this.#pipelines.get(pipeline)?.stages.find(({ id }) => id === stage);
  }
}

/** Every account begins with this one, dated at the beginning of time. */
export const DEFAULT_PIPELINE: NewPipeline = {
  id: 'default',
  label: 'セールスパイプライン',
  stages: [
    { id: 'appointmentscheduled', label: 'アポイント設定済み', probability: 0.2, isClosed: false },
    { id: 'qualifiedtobuy', label: '購入の見込みあり', probability: 0.4, isClosed: false },
    { id: 'presentationscheduled', label: 'プレゼンテーション予定', probability: 0.6, isClosed: false },
    { id: 'decisionmakerboughtin', label: '意思決定者の賛同', probability: 0.8, isClosed: false },
    { id: 'contractsent', label: '契約書送付済み', probability: 0.9, isClosed: false },
    { id: 'closedwon', label: '成約', probability: 1, isClosed: true },
    { id: 'closedlost', label: '不成立', probability: 0, isClosed: true },
  ],
};

export function presentPipeline(pipeline: Pipeline, displayOrder: number): Record<string, unknown> {
  const { id, label, createdAt } = pipeline;
  const times = { createdAt: isoText(createdAt), updatedAt: isoText(createdAt) };
  return { label, displayOrder, id, stages: presentStages(pipeline), ...times, archived: false };
}

/** Truth values and numbers of a stage are texts here. */
export function presentStages({ stages, createdAt }: Pipeline): Record<string, unknown>[] {
  return stages.map(({ id, label, probability, isClosed }, displayOrder) => ({
    label,
    displayOrder,
    metadata: { isClosed: String(isClosed), probability: decimalText(probability) },
    id,
    createdAt: isoText(createdAt),
    updatedAt: isoText(createdAt),
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
    archived: false,
  }));
}

function decimalText(number: number): string {
  return Number.isInteger(number) ? number.toFixed(1) : String(number);
}
