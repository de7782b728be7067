import { stamps } from '../dml/defaults.ts';
import { textOf } from '../dml/json-text.ts';
import { ApiFailure, notEmulated, notFound } from '../failure.ts';
import { to18 } from '../ids.ts';
import { type Field, field, lookup } from '../schema/field.ts';
import { tablesOfEntity } from '../schema/schema.ts';
import type { OrgState } from '../state.ts';
import { bodyOf, type Call, noContent, type Reply, type Route } from './call.ts';

/** Custom fields are created, changed and removed here; reading them goes through the ordinary record and query routes. */
export const toolingRoutes: readonly Route[] = [
  { method: 'POST', path: '/sobjects/CustomField', run: createCustomField },
  { method: 'PATCH', path: '/sobjects/CustomField/:id', run: changeCustomField },
  { method: 'DELETE', path: '/sobjects/CustomField/:id', run: removeCustomField },
];

type Metadata = {
  type?: string;
  label?: string;
  length?: number;
  precision?: number;
  scale?: number;
  required?: boolean;
  unique?: boolean;
  externalId?: boolean;
  caseSensitive?: boolean;
  referenceTo?: string;
  relationshipName?: string;
  formula?: string;
  valueSet?: {
    restricted?: boolean;
    valueSetDefinition?: { value?: { fullName?: string; label?: string; default?: boolean }[] };
  };
};

const ENTITIES = new Set([
  'Lead',
  'Contact',
  'Account',
  'Activity',
  'Opportunity',
  'OpportunityContactRole',
  'OpportunityLineItem',
  'Product2',
  'Campaign',
  'CampaignMember',
  'EmailMessage',
]);
const FULL_NAME = /^([A-Za-z]\w*)\.([A-Za-z]\w*?)__c$/;

/** A new field is there at once, but nobody sees it: field-level security is granted separately. */
function createCustomField(call: Call): Reply {
  const body = bodyOf(call);
  const [, entity = '', developerName = ''] = FULL_NAME.exec(textOf(body['FullName'])) ?? [];
  if (developerName === '')
    throw fieldFailure('INVALID_FULL_NAME', 'The full name must be of the form Object.Field__c', ['FullName']);
  if (entity === 'Task' || entity === 'Event') {
    throw fieldFailure('INVALID_INPUT', `Cannot create a custom field on ${entity}: use Activity`, ['FullName']);
  }
  if (!ENTITIES.has(entity))
    throw fieldFailure('INVALID_CROSS_REFERENCE_KEY', `Entity not found: ${entity}`, ['FullName']);
  const name = `${developerName}__c`;
  const [first = ''] = tablesOfEntity(entity);
  if (call.state.object(first)?.field(name) !== undefined) {
    const message = `There is already a field named ${developerName} on ${entity}.`;
    throw fieldFailure('DUPLICATE_DEVELOPER_NAME', message, ['DeveloperName']);
  }
  const metadata = (body['Metadata'] ?? {}) as Metadata;
  call.state.addField(entity, fieldOf(name, metadata));
  const id = noteCustomField(call.state, { entity, developerName, metadata, userId: call.userId });
  return { status: 201, body: { id, success: true, errors: [], warnings: [], infos: [] } };
}

export function noteCustomField(
  state: OrgState,
  made: { entity: string; developerName: string; metadata: unknown; userId: string },
): string {
  const table = state.tables.get('CustomField');
  const id = state.tables.mint.mint(table.object.traits.prefix);
  table.put({
    ...stamps(table.object, state.now(), made.userId),
    Id: id,
    DeveloperName: made.developerName,
    TableEnumOrId: made.entity,
    FullName: `${made.entity}.${made.developerName}__c`,
    ManageableState: 'unmanaged',
    Metadata: JSON.stringify(made.metadata),
  });
  return id;
}

/** The whole definition anew; the values that records hold stay. */
function changeCustomField(call: Call): Reply {
  const table = call.state.tables.get('CustomField');
  const row = table.get(to18(call.params['id'] ?? '') ?? '');
  if (row === undefined) throw notFound();
  const metadata = (bodyOf(call)['Metadata'] ?? {}) as Metadata;
  call.state.changeField(String(row['TableEnumOrId']), fieldOf(`${String(row['DeveloperName'])}__c`, metadata));
  table.put({ ...row, Metadata: JSON.stringify(metadata) });
  return noContent();
}

function removeCustomField(call: Call): Reply {
  const table = call.state.tables.get('CustomField');
  const row = table.get(to18(call.params['id'] ?? '') ?? '');
  if (row === undefined) throw notFound();
  call.state.removeField(String(row['TableEnumOrId']), `${String(row['DeveloperName'])}__c`);
  table.drop(row['Id'] as string);
  return noContent();
}

function fieldOf(name: string, metadata: Metadata): Field {
  const label = metadata.label ?? name;
  const shared = {
    custom: true,
    required: metadata.required ?? false,
    unique: metadata.unique ?? false,
    externalId: metadata.externalId ?? false,
    caseSensitive: metadata.caseSensitive ?? false,
  };
  if (metadata.label === undefined)
    throw fieldFailure('FIELD_INTEGRITY_EXCEPTION', 'Required field is missing: label', ['Metadata']);
  if (metadata.formula !== undefined)
    throw notEmulated('formulas that an integration writes', 'src/sandbox/salesforce/rest/tooling.ts');
  switch (metadata.type) {
    case 'Text':
      if (metadata.length === undefined || metadata.length < 1 || metadata.length > 255) {
        throw fieldFailure('FIELD_INTEGRITY_EXCEPTION', 'Length must be between 1 and 255', ['Metadata']);
      }
      return field(name, label, 'string', { ...shared, length: metadata.length ?? 0 });
    case 'LongTextArea':
      return field(name, label, 'textarea', {
        ...shared,
        length: metadata.length ?? 32_768,
        filterable: false,
      });
    case 'TextArea':
      return field(name, label, 'textarea', { ...shared, length: 255 });
    case 'Email':
      return field(name, label, 'email', { ...shared, length: 80 });
    case 'Phone':
      return field(name, label, 'phone', { ...shared, length: 40 });
    case 'Url':
      return field(name, label, 'url', { ...shared, length: 255 });
    case 'Checkbox':
      return field(name, label, 'boolean', { ...shared, defaulted: true });
    case 'Number':
      return field(name, label, 'double', {
        ...shared,
        precision: metadata.precision ?? 18,
        scale: metadata.scale ?? 0,
      });
    case 'Currency':
    case 'Percent':
      return field(name, label, metadata.type === 'Currency' ? 'currency' : 'percent', {
        ...shared,
        precision: metadata.precision ?? 18,
        scale: metadata.scale ?? 2,
      });
    case 'Date':
      return field(name, label, 'date', shared);
    case 'DateTime':
      return field(name, label, 'datetime', shared);
    case 'Picklist':
      return field(name, label, 'picklist', { ...shared, length: 255, ...valuesOf(metadata) });
    case 'Lookup':
      return lookup(name, label, [metadata.referenceTo ?? 'User'], {
        ...shared,
        ...(metadata.relationshipName === undefined ? {} : { childName: `${metadata.relationshipName}__r` }),
      });
    default:
      throw notEmulated(`custom fields of type ${String(metadata.type)}`, 'src/sandbox/salesforce/rest/tooling.ts');
  }
}

function valuesOf({ valueSet }: Metadata): Pick<Field, 'picklist' | 'restricted'> {
  const values = valueSet?.valueSetDefinition?.value ?? [];
  return {
    restricted: valueSet?.restricted ?? false,
    picklist: values.map((value) => ({
      value: value.fullName ?? value.label ?? '',
      isDefault: value.default ?? false,
    })),
  };
}

function fieldFailure(errorCode: string, message: string, fields: readonly string[]): ApiFailure {
  return new ApiFailure(400, [{ message, errorCode, fields }]);
}
