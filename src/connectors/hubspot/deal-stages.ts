import type { Pipeline } from '@hubspot/api-client/lib/codegen/crm/pipelines/index.js';
import type { FieldSchema, ObjectName, ObjectSchema } from '../../domain/people/record.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import { lacksScope } from './trouble.ts';

type Option = NonNullable<FieldSchema['options']>[number];

/** The properties of a deal that hold a pipeline and one of its stages: their own options may be empty, or a pipeline behind. */
const PIPELINE = 'pipeline';
const STAGE = 'dealstage';

/** A schema of deals with the options that the account's pipelines give it; any other is returned as it is. */
export async function withPipelines(gateway: Gateway, object: ObjectName, schema: ObjectSchema): Promise<ObjectSchema> {
  if (object !== 'deals') return schema;
  const pipelines = await readPipelines(gateway, object);
  if (pipelines === null) return schema;
  const options: Readonly<Record<string, readonly Option[]>> = {
    [PIPELINE]: pipelines.map(({ id, label, archived }) => ({ value: id, label, active: !archived })),
    [STAGE]: pipelines.flatMap(stagesOf),
  };
  const fields = schema.fields.map((field): FieldSchema => {
    const known = options[field.name];
    return known === undefined ? field : { ...field, type: 'picklist', options: known, restricted: true };
  });
  return { ...schema, fields };
}

/** A stage's id is its own in the account, its label in its pipeline only. HubSpot writes whether it is closed as text. */
function stagesOf({ id: of, archived, stages }: Pipeline): readonly Option[] {
  return [...stages]
    .toSorted((one, other) => one.displayOrder - other.displayOrder)
    .map((stage) => ({
      value: stage.id,
      label: stage.label,
      active: !archived && !stage.archived,
      closed: String(stage.metadata?.['isClosed']) === 'true',
      of,
    }));
}

async function readPipelines(gateway: Gateway, object: string): Promise<readonly Pipeline[] | null> {
  try {
    const answer = await gateway.call(CALLS.pipelines, ({ pipelines }) => pipelines.getAll(object));
    return answer.results;
  } catch (error) {
    if (lacksScope(error)) return null;
    throw error;
  }
}
