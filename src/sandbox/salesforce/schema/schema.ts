import { eventObject, taskObject } from './activities.ts';
import { directoryObjects } from './directory.ts';
import { accountObject, contactObject, leadObject } from './people.ts';
import { permissionObjects } from './permissions.ts';
import type { SObject } from './sobject.ts';

/** Every object of the org, fresh: each org adds its own custom fields to its own copy. */
export function createSchema(): SObject[] {
  return [
    leadObject(),
    contactObject(),
    accountObject(),
    taskObject(),
    eventObject(),
    ...directoryObjects(),
    ...permissionObjects(),
  ];
}

/** `Activity` holds the custom fields of Task and Event; it is no table itself and describeGlobal does not list it. */
export function tablesOfEntity(entity: string): readonly string[] {
  return entity === 'Activity' ? ['Task', 'Event'] : [entity];
}
