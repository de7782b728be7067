import type { Api } from '../../../src/connectors/hubspot/api.ts';
import { asClientReads } from './as-client-reads.ts';
import type { PortalRequest } from './portal-routes.ts';

/** Carries one request to the portal and brings back the body of its answer. */
export type Ask = (request: PortalRequest) => Promise<unknown>;

const FORMS = '/marketing/v3/forms';
const SUBMISSIONS = '/form-integrations/v1/submissions/forms/';
const EVENTS = '/marketing/v3/marketing-events';
const TOKEN_INFO = '/oauth/v2/private-apps/get/access-token-info';

/** The client's calls, as far as the connector makes them, over a portal in the same process. */
export function portalApi(token: string, ask: Ask): Api {
  const read = async <T>(request: PortalRequest): Promise<T> => asClientReads(await ask(request)) as T;
  // Nobody asks when a property was made, and there are hundreds of them.
  const readPlain = async <T>(request: PortalRequest): Promise<T> => (await ask(request)) as T;
  return {
    token,
    records: {
      getPage: (object, limit, after, properties, propertiesWithHistory, associations, archived) =>
        read({
          route: 'objects GET /:object',
          params: { object },
          query: {
            limit: text(limit),
            after,
            properties,
            propertiesWithHistory,
            associations,
            archived: text(archived),
          },
        }),
      getById: (object, id, properties) =>
        read({ route: 'objects GET /:object/:id', params: { object, id }, query: { properties } }),
    },
    batches: {
      read: (object, body, archived) =>
        read({
          route: 'objects POST /:object/batch/read',
          params: { object },
          query: { archived: text(archived) },
          body,
        }),
      update: (object, body) => read({ route: 'objects POST /:object/batch/update', params: { object }, body }),
      upsert: (object, body) => read({ route: 'objects POST /:object/batch/upsert', params: { object }, body }),
      create: (object, body) => read({ route: 'objects POST /:object/batch/create', params: { object }, body }),
    },
    searches: {
      doSearch: (object, body) => read({ route: 'objects POST /:object/search', params: { object }, body }),
    },
    owners: {
      getPage: (email, after, limit, archived) =>
        read({ route: 'owners GET /', query: { email, after, limit: text(limit), archived: text(archived) } }),
    },
    properties: {
      getAll: (object, archived) =>
        readPlain({ route: 'properties GET /:object', params: { object }, query: { archived: text(archived) } }),
      create: (object, body) => read({ route: 'properties POST /:object', params: { object }, body }),
      update: (object, name, body) =>
        read({ route: 'properties PATCH /:object/:name', params: { object, name }, body }),
    },
    propertyGroups: {
      create: (object, body) => read({ route: 'properties POST /:object/groups', params: { object }, body }),
    },
    associations: {
      getPage: (object, to, body) =>
        read({ route: 'associations POST /:object/:to/batch/read', params: { object, to }, body }),
      createDefault: (object, to, { inputs }) =>
        read({
          route: 'associations POST /:object/:to/batch/associate/default',
          params: { object, to },
          body: { inputs: inputs.map(({ _from, to: other }) => ({ from: _from, to: other })) },
        }),
    },
    pipelines: {
      getAll: (object) => read({ route: 'pipelines GET /:object', params: { object } }),
    },
    events: {
      getAll: (after, limit) => read({ route: `root GET ${EVENTS}`, query: { after, limit: text(limit) } }),
    },
    participations: {
      getParticipationsBreakdownByMarketingEventId: (id, contactIdentifier, state, limit, after) =>
        read({
          route: `root GET ${EVENTS}/participations/:marketingEventId/breakdown`,
          params: { marketingEventId: String(id) },
          query: { contactIdentifier, state, limit: text(limit), after },
        }),
    },
    plain: (path, body) => ask(plainRequest(path, body)),
  };
}

function text(value: number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** The calls that the connector makes by path, because the client does not know them. */
function plainRequest(path: string, body: unknown): PortalRequest {
  const { pathname, searchParams } = new URL(path, 'http://portal');
  const query = Object.fromEntries(searchParams);
  if (pathname === '/account-info/v3/details') return { route: 'account GET /details' };
  if (pathname === TOKEN_INFO) return { route: `root POST ${TOKEN_INFO}`, body };
  if (pathname.replace(/\/$/, '') === FORMS) return { route: `root GET ${FORMS}`, query };
  if (pathname.startsWith(SUBMISSIONS))
    return { route: `root GET ${SUBMISSIONS}:guid`, params: { guid: pathname.slice(SUBMISSIONS.length) }, query };
  throw new Error(`The simulated portal does not know ${path}`);
}
