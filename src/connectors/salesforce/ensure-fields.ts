import type { ObjectName } from '../../domain/people/record.ts';
import type { NewField } from '../../ports/crm.ts';
import { CallRefused } from './failures.ts';
import type { Gateway } from './gateway.ts';
import { grantFields, offerFields } from './permissions.ts';
import { queryRows } from './query.ts';
import type { Schemas } from './schemas.ts';
import { quoted } from './soql.ts';

/** Fields of activities are made on `Activity`, which can be neither described nor granted: that is done on both its kinds. */
const SEEN_ON: readonly ObjectName[] = ['Task', 'Event'];

/** What Salesforce answers when the field is there already, made by somebody else in the meantime. */
const THERE_ALREADY: ReadonlySet<string> = new Set(['DUPLICATE_DEVELOPER_NAME', 'DUPLICATE_VALUE']);

const TEXT_LENGTH = 255;
const LONG_TEXT_LENGTH = 32_768;

/**
 * Makes the fields that are missing, and lets the integration user see them all.
 *
 * A new field is seen by nobody, administrators of the API included, until a permission set says otherwise. So a field that is
 * there but hidden is not made again: it is granted. A picklist that lacks a value gets it. Returns the names of the fields that were made
 * or widened.
 */
export async function ensureFields(
  gateway: Gateway,
  schemas: Schemas,
  object: ObjectName | 'Activity',
  fields: readonly NewField[],
): Promise<readonly string[]> {
  const existing = await existingFields(gateway, object);
  const made: string[] = [];
  for (const field of fields) {
    if (!existing.has(bare(field.name)) && (await createField(gateway, object, field))) made.push(field.name);
  }
  const objects = object === 'Activity' ? SEEN_ON : [object];
  const grantsOf = (wanted: readonly NewField[]) =>
    objects.flatMap((on) => wanted.map(({ name }) => ({ object: on, field: `${on}.${name}` })));
  await grantFields(gateway, grantsOf(fields));
  await offerFields(gateway, grantsOf(fields.filter(({ forPeople }) => forPeople === true)));
  schemas.forget();
  for (const field of fields) {
    const id = existing.get(bare(field.name));
    if (id !== undefined && object !== 'Activity' && (await widen(gateway, schemas, object, field, id)))
      made.push(field.name);
  }
  return made;
}

/** `Tasuki_Key__c` is `Tasuki_Key` to the Tooling API. */
function bare(name: string): string {
  return name.replace(/__c$/, '');
}

/** Asked of the Tooling API, not of describe, which shows only what is granted. */
async function existingFields(gateway: Gateway, object: string): Promise<ReadonlyMap<string, string>> {
  const soql = `SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = ${quoted(object)} AND NamespacePrefix = null`;
  const rows = await queryRows(gateway, 'tooling', soql);
  return new Map(rows.map((row) => [String(row['DeveloperName']), String(row['Id'])]));
}

async function createField(gateway: Gateway, object: string, field: NewField): Promise<boolean> {
  try {
    await gateway.write('setup', (connection) =>
      connection.requestPost('/tooling/sobjects/CustomField', {
        FullName: `${object}.${field.name}`,
        Metadata: metadataOf(field),
      }),
    );
    return true;
  } catch (failure) {
    if (failure instanceof CallRefused && THERE_ALREADY.has(failure.reason)) return false;
    throw failure;
  }
}

/** Adds the values that a picklist of ours lacks; Salesforce takes the whole list, so those that are there go along, in front. */
async function widen(
  gateway: Gateway,
  schemas: Schemas,
  object: ObjectName,
  field: NewField,
  id: string,
): Promise<boolean> {
  if (field.type !== 'picklist') return false;
  const there = (await schemas.known(object))?.fields.get(field.name)?.picklistValues;
  if (there === undefined) return false;
  const known = new Set(there.map(({ value }) => value));
  const lacking = (field.options ?? []).filter(({ value }) => !known.has(value));
  if (lacking.length === 0) return false;
  const kept = there.filter(({ active }) => active).map(({ value, label }) => ({ value, label: label ?? value }));
  const Metadata = metadataOf({ ...field, options: [...kept, ...lacking] });
  await gateway.write('setup', (connection) =>
    connection.request({
      method: 'PATCH',
      url: `/tooling/sobjects/CustomField/${id}`,
      body: JSON.stringify({ Metadata }),
      headers: { 'content-type': 'application/json' },
    }),
  );
  schemas.forget();
  return true;
}

function metadataOf(field: NewField): Readonly<Record<string, unknown>> {
  return { label: field.label, description: field.description, ...KINDS[field.type](field) };
}

const KINDS: Readonly<Record<NewField['type'], (field: NewField) => Readonly<Record<string, unknown>>>> = {
  text: ({ maxLength, key }) => ({
    type: 'Text',
    length: maxLength ?? TEXT_LENGTH,
    ...(key === true ? { externalId: true, unique: true, caseSensitive: false } : {}),
  }),
  'long-text': ({ maxLength }) => ({ type: 'LongTextArea', length: maxLength ?? LONG_TEXT_LENGTH, visibleLines: 4 }),
  datetime: () => ({ type: 'DateTime' }),
  picklist: ({ options }) => {
    const value = (options ?? []).map(({ value, label }) => ({ fullName: value, label, default: false }));
    return { type: 'Picklist', valueSet: { restricted: true, valueSetDefinition: { sorted: false, value } } };
  },
};
