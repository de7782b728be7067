import {
  BatchApi as AssociationsApi,
  type Configuration as AssociationsConfiguration,
} from '@hubspot/api-client/lib/codegen/crm/associations/v4/index.js';
import {
  BasicApi,
  BatchApi,
  createConfiguration,
  type HttpMethod,
  type RequestContext,
  ResponseContext,
  SearchApi,
  ServerConfiguration,
  wrapHttpLibrary,
} from '@hubspot/api-client/lib/codegen/crm/objects/index.js';
import {
  OwnersApi,
  type Configuration as OwnersConfiguration,
} from '@hubspot/api-client/lib/codegen/crm/owners/index.js';
import {
  PipelinesApi,
  type Configuration as PipelinesConfiguration,
} from '@hubspot/api-client/lib/codegen/crm/pipelines/index.js';
import {
  CoreApi,
  GroupsApi,
  type Configuration as PropertiesConfiguration,
} from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import {
  BasicApi as EventsApi,
  type Configuration as EventsConfiguration,
  RetrieveParticipantStateApi,
} from '@hubspot/api-client/lib/codegen/marketing/events/index.js';
import type { HttpAnswer } from '../http/send.ts';

export { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/objects/index.js';

/** The calls we use, as the client generates them. `plain` is for the endpoints it does not know: a POST where it is given a body. */
export type Api = {
  readonly records: Pick<BasicApi, 'getPage' | 'getById'>;
  readonly batches: Pick<BatchApi, 'read' | 'update' | 'upsert' | 'create'>;
  readonly searches: Pick<SearchApi, 'doSearch'>;
  readonly owners: Pick<OwnersApi, 'getPage'>;
  readonly properties: Pick<CoreApi, 'getAll' | 'create' | 'update'>;
  readonly propertyGroups: Pick<GroupsApi, 'create'>;
  readonly associations: Pick<AssociationsApi, 'getPage' | 'createDefault'>;
  readonly pipelines: Pick<PipelinesApi, 'getAll'>;
  readonly events: Pick<EventsApi, 'getAll'>;
  readonly participations: Pick<RetrieveParticipantStateApi, 'getParticipationsBreakdownByMarketingEventId'>;
  readonly plain: (path: string, body?: unknown) => Promise<unknown>;
  /** What this call is authorised by. */
  readonly token: string;
};

/** A request as the client made it: a numbered path, no authorisation yet. */
export type ClientRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

/**
 * The client's generated calls over our own transport.
 *
 * We leave out the client's front door, `new Client()`: it puts retry and limiter into a singleton that every further client
 * replaces, keeps the token in handles that go stale, and fetches without a deadline. The generated calls behind it take a
 * transport, so they keep building the requests and reading the answers, and everything else is ours.
 */
export function apiOver(
  baseUrl: string,
  token: string,
  exchange: (request: ClientRequest) => Promise<HttpAnswer>,
): Api {
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(baseUrl, {}),
    httpApi: wrapHttpLibrary({
      async send(context: RequestContext) {
        const body = context.getBody();
        const request = {
          method: context.getHttpMethod() as string,
          url: context.getUrl(),
          headers: context.getHeaders(),
        };
        const answer = await exchange({ ...request, body: typeof body === 'string' ? body : undefined });
        const text = () => Promise.resolve(answer.text);
        return new ResponseContext(answer.status, answer.headers, {
          text,
          binary: async () => Buffer.from(answer.text),
        });
      },
    }),
  });
  // Each namespace brings its own copy of these classes. They differ in name only, which the checker cannot know.
  const forOwners = configuration as unknown as OwnersConfiguration;
  const forProperties = configuration as unknown as PropertiesConfiguration;
  const forEvents = configuration as unknown as EventsConfiguration;
  return {
    records: new BasicApi(configuration),
    batches: new BatchApi(configuration),
    searches: new SearchApi(configuration),
    owners: new OwnersApi(forOwners),
    properties: new CoreApi(forProperties),
    propertyGroups: new GroupsApi(forProperties),
    associations: new AssociationsApi(configuration as unknown as AssociationsConfiguration),
    pipelines: new PipelinesApi(configuration as unknown as PipelinesConfiguration),
    events: new EventsApi(forEvents),
    participations: new RetrieveParticipantStateApi(forEvents),
    token,
    async plain(path, body) {
      const method: `${HttpMethod}` = body === undefined ? 'GET' : 'POST';
      const typed = body === undefined ? {} : { 'Content-Type': 'application/json' };
      const answer = await exchange({
        method,
        url: baseUrl + path,
        headers: { Accept: 'application/json', ...typed },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return JSON.parse(answer.text) as unknown;
    },
  };
}
