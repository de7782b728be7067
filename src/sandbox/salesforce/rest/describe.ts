import { ApiFailure } from '../failure.ts';
import type { Field } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import { type Call, ok, type Reply, type Route, tableOf } from './call.ts';
import { childRelationships, recordTypeInfos } from './describe-related.ts';

export const describeRoutes: readonly Route[] = [
  { method: 'GET', path: '/sobjects', run: describeGlobal },
  { method: 'GET', path: '/sobjects/:type', run: basicInformation },
  { method: 'GET', path: '/sobjects/:type/describe', run: describe },
];

const SOAP: Partial<Record<Field['type'], string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  anytype: 'xsd:anyType',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
};

const UNGROUPED = new Set<Field['type']>(['datetime', 'currency', 'percent', 'double']);

function describeGlobal(call: Call): Reply {
  checkModified(call);
  const isTooling = call.base.endsWith('/tooling');
  const access = call.state.access(call.userId);
  const sobjects = call.state.tables
    .all()
    .map((table) => table.object)
    .filter((object) => call.state.has(object) && (object.traits.tooling === true) === isTooling)
    .filter((object) => access.may(object, 'Read'))
    .map((object) => overview(call, object));
  return modifiedNow(call, { encoding: 'UTF-8', maxBatchSize: 200, sobjects });
}

function basicInformation(call: Call): Reply {
  const { object } = tableOf(call);
  return ok({ objectDescribe: overview(call, object), recentItems: [] });
}

/** What this user may see of one object: a field that is closed to them is not there at all. */
function describe(call: Call): Reply {
  const { object } = tableOf(call);
  checkModified(call);
  const access = call.state.access(call.userId);
  const fields = object.fields
    .filter((field) => access.sees(object, field))
    .map((field) => describeField(field, access.edits(object, field)));
  return modifiedNow(call, {
    ...overview(call, object),
    actionOverrides: [],
    childRelationships: childRelationships(call, object),
    compactLayoutable: true,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields,
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: recordTypeInfos(call, object),
    searchLayoutable: true,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [{ label: `すべての${object.traits.label}`, name: 'everything' }],
  });
}

function overview(call: Call, object: SObject): Record<string, unknown> {
  const { traits, name } = object;
  const url = `${call.base}/sobjects/${name}`;
  const { createable = true, updateable = true, deletable = true } = traits;
  const access = call.state.access(call.userId);
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: createable && access.may(object, 'Create'),
    custom: false,
    customSetting: false,
    deepCloneable: false,
    deletable: deletable && access.may(object, 'Delete'),
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: traits.prefix,
    label: traits.label,
    labelPlural: traits.labelPlural ?? traits.label,
    layoutable: true,
    mergeable: traits.mergeable ?? false,
    mruEnabled: false,
    name,
    queryable: true,
    replicateable: traits.replicateable ?? false,
    retrieveable: true,
    searchable: traits.undeletable ?? false,
    triggerable: true,
    undeletable: traits.undeletable ?? false,
    updateable: updateable && access.may(object, 'Edit'),
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

function describeField(field: Field, editable: boolean): Record<string, unknown> {
  const isReference = field.type === 'reference';
  const fixed = { aiPredictionField: false, cascadeDelete: false, deprecatedAndHidden: false, encrypted: false };
  return {
    ...fixed,
    aggregatable: field.filterable && field.type !== 'boolean',
    autoNumber: false,
    byteLength: field.type === 'reference' || field.type === 'id' ? 18 : field.length * 3,
    calculated: field.calculated,
    calculatedFormula: field.formula === undefined ? null : formulaText(field.formula),
    caseSensitive: field.caseSensitive,
    compoundFieldName: null,
    controllerName: null,
    createable: field.createable && editable,
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? false : null,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaulted,
    dependentPicklist: false,
    digits: field.type === 'int' ? field.length : 0,
    externalId: field.externalId,
    extraTypeInfo: null,
    filterable: field.filterable,
    groupable: field.filterable && !UNGROUPED.has(field.type),
    htmlFormatted: false,
    idLookup: field.type === 'id' || field.externalId || field.unique || field.type === 'email',
    inlineHelpText: null,
    label: field.label,
    length: SOAP[field.type] === undefined || isReference || field.type === 'id' ? field.length : 0,
    name: field.name,
    nameField: field.nameField,
    namePointing: isReference && (field.referenceTo?.length ?? 0) > 1,
    nillable: !field.required && field.type !== 'boolean' && field.type !== 'id',
    permissionable: field.custom || (!field.required && field.createable),
    picklistValues: (field.picklist ?? []).map((value) => ({
      active: value.active ?? true,
      defaultValue: value.isDefault ?? false,
      label: value.value,
      validFor: null,
      value: value.value,
    })),
    polymorphicForeignKey: isReference && (field.referenceTo?.length ?? 0) > 1,
    precision: field.precision,
    referenceTargetField: null,
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.type === 'picklist' && field.restricted,
    scale: field.scale,
    soapType: SOAP[field.type] ?? 'xsd:string',
    sortable: field.filterable,
    type: field.type === 'anytype' ? 'anyType' : field.type,
    unique: field.unique,
    updateable: field.updateable && editable,
    writeRequiresMasterRead: false,
  };
}

function formulaText({ lookup, field }: NonNullable<Field['formula']>): string {
  return `TEXT(${lookup.replace(/Id$/, '')}.${field})`;
}

/** A describe is asked for often and changes seldom: 304 while no column and no right has changed. */
function checkModified({ state, headers }: Call): void {
  const since = headers['if-modified-since'];
  if (typeof since === 'string' && Date.parse(since) >= state.schemaChangedAt) throw new ApiFailure(304, []);
}

function modifiedNow({ state }: Call, body: unknown): Reply {
  return { status: 200, body, headers: { 'last-modified': new Date(state.schemaChangedAt).toUTCString() } };
}
