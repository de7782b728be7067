import type { ObjectName } from '../../domain/people/record.ts';
import type { NewField } from '../../ports/crm.ts';
import { CallRefused } from './failures.ts';
import type { Gateway } from './gateway.ts';
import { grantFields } from './permissions.ts';
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
 * there but hidden is not made again: it is granted. Returns the names of the fields that were made.
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
  await grantFields(
    gateway,
    objects.flatMap((on) => fields.map(({ name }) => ({ object: on, field: `${on}.${name}` }))),
  );
  schemas.forget();
  return made;
}

/** `Tasuki_Key__c` is `Tasuki_Key` to the Tooling API. */
function bare(name: string): string {
  return name.replace(/__c$/, '');
}

/** Asked of the Tooling API, not of describe, which shows only what is granted. */
async function existingFields(gateway: Gateway, object: string): Promise<ReadonlySet<string>> {
  const soql = `SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = ${quoted(object)} AND NamespacePrefix = null`;
  const rows = await queryRows(gateway, 'tooling', soql);
  return new Set(rows.map((row) => String(row['DeveloperName'])));
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
