import type { CrmBooks } from '../../support/crm-books.ts';
import type { World } from '../../support/deeds/hands.ts';

/** The books of both CRMs, read where they are kept. */
export function booksOf({ portal, org }: Pick<World, 'portal' | 'org'>): CrmBooks {
  return {
    async hubspot(object, properties, associations) {
      const ties = associations === undefined ? [] : portal.associations();
      return portal
        .records(object, properties)
        .filter(({ archived }) => !archived)
        .map(({ id, properties: values }) => ({
          id,
          properties: Object.fromEntries(properties.map((name) => [name, values[name] ?? null])),
          contacts: [
            ...new Set(
              ties
                .filter(({ from, to }) => from.object === object && from.id === id && to.object === associations)
                .map(({ to }) => to.id),
            ),
          ],
        }));
    },
    async owners() {
      const all = [true, false].flatMap((archived) => portal.owners.list({ email: undefined, archived }));
      return new Map(all.map(({ id, email, isArchived }) => [id, { email, archived: isArchived }]));
    },
    async salesforce(object, fields) {
      return org
        .records(object, [...fields, 'IsDeleted'])
        .filter((row) => row['IsDeleted'] !== true)
        .map((row) => Object.fromEntries(fields.map((field) => [field, (row[field] ?? null) as string])));
    },
  };
}
