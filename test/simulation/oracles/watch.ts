import type { World } from '../../support/deeds/hands.ts';

type Row = Readonly<Record<string, unknown>>;

/** Looks at Salesforce after every step: no obligation ever has two open Tasks, not even for an instant. */
export function watchTasks({ org }: Pick<World, 'org'>): { readonly look: () => readonly string[] } {
  const told = new Set<string>();
  return {
    look() {
      const open = [...org.state.tables.get('Task').values()].filter(
        (task: Row) => task['IsDeleted'] !== true && task['IsClosed'] !== true && Boolean(task['Tasuki_Key__c']),
      );
      return [...Map.groupBy(open, (task: Row) => String(task['Tasuki_Key__c']))]
        .filter(([key, tasks]) => tasks.length > 1 && !told.has(key))
        .map(([key, tasks]) => {
          told.add(key);
          return `${tasks.length} open Tasks for ${key}`;
        });
    },
  };
}
