import type { Fillers } from '../../../src/sandbox/world/doors.ts';

export type Written = {
  system: string;
  object: string;
  id: string;
  fields: Record<string, unknown>;
  at: number;
  by?: string;
};

/** Takes down what a world puts into both systems. */
export function notebook(): { fillers: Fillers; written: Written[]; of: (object: string) => Written[] } {
  const written: Written[] = [];
  const write = (entry: Omit<Written, 'id'>): string => {
    const id = `${entry.object}-${written.length}`;
    written.push({ ...entry, id });
    return id;
  };
  const plain = (system: string, object: string, fields: Record<string, unknown>): string =>
    write({ system, object, fields, at: 0 });
  return {
    written,
    of: (object) => written.filter((entry) => entry.object === object),
    fillers: {
      portal: {
        defineProperty: (definition) => plain('hubspot', 'property', definition),
        seedOwner: (owner) => plain('hubspot', 'owner', owner),
        archiveOwner: (id) => plain('hubspot', 'archived-owner', { id }),
        seed: (object, fields, at) => write({ system: 'hubspot', object, fields, at }),
        associate: (from, to, options) => plain('hubspot', 'association', { from, to, ...options }),
        archive: (object, id) => plain('hubspot', 'archived', { object, id }),
      },
      org: {
        seedUser: (user) => plain('salesforce', 'User', user),
        seedQueue: (queue) => plain('salesforce', 'Queue', queue),
        seed: (object, fields, { at, by }) =>
          write({ system: 'salesforce', object, fields, at, ...(by === undefined ? {} : { by }) }),
      },
    },
  };
}
