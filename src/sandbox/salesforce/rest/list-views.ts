import { stamps } from '../dml/defaults.ts';
import { textOf } from '../dml/json-text.ts';
import { notFound, refuse } from '../failure.ts';
import { bodyOf, type Call, type Reply, type Route } from './call.ts';

/** List views are made by the UI API and found by a query. What they list is a person's to look at: it is kept nowhere. */
export const listViewRoutes: readonly Route[] = [
  { method: 'POST', path: '/ui-api/list-info/:object', run: createListView },
];

const API_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
/** Salesforce holds so many characters in a view's label. */
const LABEL_LENGTH = 40;

function createListView(call: Call): Reply {
  const object = call.state.object(call.params['object'] ?? '');
  if (object === undefined) throw notFound();
  const body = bodyOf(call);
  const [label, developerName] = [textOf(body['label']), textOf(body['listViewApiName'])];
  if (label === '' || label.length > LABEL_LENGTH)
    throw refuse(400, 'INVALID_INPUT', `label: must have 1 to ${LABEL_LENGTH} characters`);
  if (!API_NAME.test(developerName)) throw refuse(400, 'INVALID_INPUT', `listViewApiName: ${developerName}`);
  const columns = [...listOf(body['displayColumns']), ...listOf(body['filteredByInfo']).map(fieldOf)].map(textOf);
  const unknown = columns.find((column) => !column.includes('.') && object.field(column) === undefined);
  if (unknown !== undefined) throw refuse(400, 'INVALID_FIELD', `${object.name}.${unknown}`);
  const table = call.state.tables.get('ListView');
  const isThere = [...table.values()].some(
    (row) => row['SobjectType'] === object.name && row['DeveloperName'] === developerName,
  );
  if (isThere) throw refuse(400, 'DUPLICATE_DEVELOPER_NAME', `There is a list view ${developerName} already.`);
  const id = call.state.tables.mint.mint(table.object.traits.prefix);
  const made = { Id: id, Name: label, DeveloperName: developerName, SobjectType: object.name };
  table.put({ ...stamps(table.object, call.state.now(), call.userId), ...made });
  return {
    status: 201,
    body: { label, listReference: { id, listViewApiName: developerName, objectApiName: object.name } },
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function fieldOf(filter: unknown): unknown {
  return typeof filter === 'object' && filter !== null && 'fieldApiName' in filter ? filter.fieldApiName : '';
}
