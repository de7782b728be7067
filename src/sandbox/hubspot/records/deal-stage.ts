import { DEFAULT_PIPELINE, type Pipelines } from '../pipelines/pipelines.ts';
import type { PropertyProblem } from '../refusal.ts';
import type { StageMove } from './lifecycle.ts';

/**
 * What an edit of a deal's pipeline and stage really does. A new deal is in the default pipeline unless it says otherwise,
 * a stage must belong to the pipeline, and every move is stamped.
 */
export function moveDeal(
  pipelines: Pipelines,
  held: ReadonlyMap<string, string>,
  edit: ReadonlyMap<string, string>,
  at: string,
): StageMove {
  const moved = new Map(edit);
  const before = held.get('dealstage') ?? '';
  if ((edit.get('pipeline') ?? held.get('pipeline') ?? '') === '') moved.set('pipeline', DEFAULT_PIPELINE.id);
  const pipeline = moved.get('pipeline') ?? held.get('pipeline') ?? '';
  const stage = moved.get('dealstage') ?? before;
  const problem = pairProblem(pipelines, pipeline, stage);
  if (problem !== undefined) return { problem };
  if (stage === before) return { edit: moved };
  if (before !== '') moved.set(`hs_v2_date_exited_${before}`, at);
  if (stage !== '') {
    moved.set(`hs_v2_date_entered_${stage}`, at);
    moved.set('hs_v2_date_entered_current_stage', at);
  }
  return { edit: moved };
}

function pairProblem(pipelines: Pipelines, pipeline: string, stage: string): PropertyProblem | undefined {
  const known = pipelines.get(pipeline);
  if (known === undefined) {
    const allowed = pipelines.all().map(({ id }) => id);
    const message = `${pipeline} was not one of the allowed options: [${allowed.join(', ')}]`;
    return { name: 'pipeline', error: 'INVALID_OPTION', message };
  }
  if (stage === '' || pipelines.stage(pipeline, stage) !== undefined) return undefined;
  const allowed = known.stages.map(({ id }) => id).join(', ');
  const message = `${stage} was not one of the allowed options of pipeline ${pipeline}: [${allowed}]`;
  return { name: 'dealstage', error: 'INVALID_OPTION', message };
}
