import type { World } from '../../support/deeds/hands.ts';

type Row = Readonly<Record<string, unknown>>;

/** Looks at both systems after every step: no obligation ever has two open Tasks, not even for an instant, nor one in each. */
export function watchTasks({ org, portal }: Pick<World, 'org' | 'portal'>): { readonly look: () => readonly string[] } {
  const told = new Set<string>();
  return {
    look() {
      const keys = [...openInSalesforce(org), ...openInHubSpot(portal)];
      return [...Map.groupBy(keys, (key) => key)]
        .filter(([key, tasks]) => tasks.length > 1 && !told.has(key))
        .map(([key, tasks]) => {
          told.add(key);
          return `${tasks.length} open Tasks for ${key}`;
        });
    },
  };
}

function openInSalesforce(org: World['org']): readonly string[] {
  return [...org.state.tables.get('Task').values()]
    .filter((task: Row) => task['IsDeleted'] !== true && task['IsClosed'] !== true && Boolean(task['Tasuki_Key__c']))
    .map((task: Row) => String(task['Tasuki_Key__c']));
}

function openInHubSpot(portal: World['portal']): readonly string[] {
  return [...portal.space('tasks').store.all()].flatMap(({ snapshot: { values, archivedAt } }) => {
    const key = values.get('tasuki_key') ?? '';
    return key === '' || archivedAt !== undefined || values.get('hs_task_status') === 'COMPLETED' ? [] : [key];
  });
}
