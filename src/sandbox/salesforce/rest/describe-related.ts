import { recordTypesOf } from '../dml/record-type.ts';
import { childrenOf } from '../schema/children.ts';
import type { SObject } from '../schema/sobject.ts';
import type { Call } from './call.ts';

const MASTER = '012000000000000AAA';

/** The kinds of an object, the master last; the first active one is what this user's records get by themselves. */
export function recordTypeInfos(call: Call, object: SObject): object[] {
  const types = object.field('RecordTypeId') === undefined ? [] : recordTypesOf(call.state, object.name);
  const usual = types.find((type) => type['IsActive'] === true);
  const info = (id: string, name: string, developerName: string, active: boolean, isUsual: boolean): object => ({
    active,
    available: active,
    defaultRecordTypeMapping: isUsual,
    developerName,
    master: id === MASTER,
    name,
    recordTypeId: id,
    urls: { layout: `${call.base}/sobjects/${object.name}/describe/layouts/${id}` },
  });
  const own = types.map((type) =>
    info(
      type['Id'] as string,
      type['Name'] as string,
      type['DeveloperName'] as string,
      type['IsActive'] === true,
      type === usual,
    ),
  );
  return [...own, info(MASTER, 'マスタ', 'Master', true, usual === undefined)];
}

/** Who points at this object, under which name a subquery asks for them. */
export function childRelationships({ state, userId }: Call, object: SObject): object[] {
  const access = state.access(userId);
  const objects = state.tables.all().map((table) => table.object);
  return childrenOf(object.name, objects)
    .filter(({ child, field }) => state.has(child) && access.may(child, 'Read') && access.sees(child, field))
    .filter(({ child }) => child.traits.tooling !== true)
    .map(({ child, field, name }) => ({
      cascadeDelete: false,
      childSObject: child.name,
      deprecatedAndHidden: false,
      field: field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: name,
      restrictedDelete: false,
    }));
}
