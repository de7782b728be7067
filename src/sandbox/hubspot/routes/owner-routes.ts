import { presentOwner } from '../owners.ts';
import { nextLink, pathPart, queryFlag, queryLimit, queryText } from '../requests.ts';
import { READ_OWNERS, type Routes } from './route.ts';

export const ownerRoutes: Routes = (app, { portal }) => {
  app.get('/', READ_OWNERS, (request) => {
    const limit = queryLimit(request, { usual: 100, most: 500 });
    const after = queryText(request, 'after');
    const all = portal.owners.list({ email: queryText(request, 'email'), archived: queryFlag(request, 'archived') });
    const rest = after === undefined ? all : all.filter((owner) => Number(owner.id) > Number(after));
    const page = rest.slice(0, limit);
    const results = page.map(presentOwner);
    const last = page.at(-1);
    if (last === undefined || rest.length <= limit) return { results };
    return { results, paging: { next: nextLink(request, last.id) } };
  });

  app.get('/:id', READ_OWNERS, (request) => {
    const by = queryText(request, 'idProperty') === 'userId' ? 'userId' : 'id';
    return presentOwner(portal.owners.find(pathPart(request, 'id'), by, queryFlag(request, 'archived')));
  });
};
