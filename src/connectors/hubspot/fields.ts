import type { Property } from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import type { ObjectName } from '../../domain/people/record.ts';
import { ConfigInvalid } from '../../errors/errors.ts';
import type { NewField } from '../../ports/crm.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import { Refusal } from './refusal.ts';
import { creationOf, GROUP, misfit, optionsOf } from './schema.ts';

/**
 * Creates our properties where they are missing, in a group of their own, and adds options that a list of ours lacks.
 * Returns the names of what it made or widened; a second call returns none. A property of our name that cannot serve, because
 * of its type or because it is not unique, is a `ConfigInvalid`: HubSpot cannot change either afterwards.
 */
export async function ensureProperties(
  gateway: Gateway,
  object: ObjectName,
  fields: readonly NewField[],
): Promise<string[]> {
  const found = await gateway.call(CALLS.properties, ({ properties }) => properties.getAll(object, false));
  const there = new Map(found.results.map((property) => [property.name, property]));
  refuseMisfits(object, fields, there);

  const made: string[] = [];
  const missing = fields.filter(({ name }) => !there.has(name));
  if (missing.length > 0)
    await unlessThere(() =>
      gateway.call(CALLS.createGroup, ({ propertyGroups }) => propertyGroups.create(object, GROUP)),
    );
  for (const field of missing) {
    if (
      await unlessThere(() =>
        gateway.call(CALLS.createProperty, ({ properties }) => properties.create(object, creationOf(field))),
      )
    )
      made.push(field.name);
  }
  for (const field of fields) {
    if (await widen(gateway, object, field, there.get(field.name))) made.push(field.name);
  }
  return made;
}

function refuseMisfits(object: ObjectName, fields: readonly NewField[], there: ReadonlyMap<string, Property>): void {
  const faults = fields.flatMap((field) => {
    const property = there.get(field.name);
    const why = property === undefined ? undefined : misfit(field, property);
    if (why === undefined) return [];
    return [
      {
        at: `hubspot:${object}.${field.name}`,
        message: `This property exists, but ${why}. Rename or delete it, then run setup again.`,
      },
    ];
  });
  if (faults.length > 0) throw new ConfigInvalid(faults);
}

/** Adds the options that are missing. HubSpot replaces the whole list, so the ones that are there go along, in front. */
async function widen(
  gateway: Gateway,
  object: ObjectName,
  field: NewField,
  there: Property | undefined,
): Promise<boolean> {
  const known = new Set(there?.options.map(({ value }) => value));
  const lacking = optionsOf(field).filter(({ value }) => !known.has(value));
  if (there === undefined || lacking.length === 0) return false;
  const options = [...there.options, ...lacking].map(({ value, label, hidden }, displayOrder) => ({
    value,
    label,
    hidden,
    displayOrder,
  }));
  await gateway.call(CALLS.updateProperty, ({ properties }) => properties.update(object, field.name, { options }));
  return true;
}

/** False when HubSpot says that it exists: another run of `setup` was faster. */
async function unlessThere(create: () => Promise<unknown>): Promise<boolean> {
  try {
    await create();
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.status === 409) return false;
    throw error;
  }
}
