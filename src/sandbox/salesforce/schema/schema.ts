import { eventObject, taskObject } from './activities.ts';
import { campaignObjects } from './campaigns.ts';
import { directoryObjects } from './directory.ts';
import { currencyTypeObject } from './features.ts';
import { historyObjects } from './histories.ts';
import { mailObjects } from './mail.ts';
import { accountObject, contactObject, leadObject } from './people.ts';
import { permissionObjects } from './permissions.ts';
import { productObjects } from './products.ts';
import { recordTypeObject } from './record-types.ts';
import { salesObjects } from './sales.ts';
import type { SObject } from './sobject.ts';

let standard: readonly SObject[] | undefined;

/** Every object of the org, fresh: each org adds its own custom fields to its own copy. Standard fields are the same in all of them. */
export function createSchema(): SObject[] {
  standard ??= standardObjects();
  return standard.map((object) => object.copy());
}

function standardObjects(): readonly SObject[] {
  return [
    leadObject(),
    contactObject(),
    accountObject(),
    taskObject(),
    eventObject(),
    ...salesObjects(),
    ...productObjects(),
    ...campaignObjects(),
    ...mailObjects(),
    ...historyObjects(),
    recordTypeObject(),
    currencyTypeObject(),
    ...directoryObjects(),
    ...permissionObjects(),
  ];
}

/** `Activity` holds the custom fields of Task and Event; it is no table itself and describeGlobal does not list it. */
export function tablesOfEntity(entity: string): readonly string[] {
  return entity === 'Activity' ? ['Task', 'Event'] : [entity];
}
