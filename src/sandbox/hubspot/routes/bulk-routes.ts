import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BatchAnswer } from '../batch/batch-answer.ts';
import { batchCreate } from '../batch/batch-create.ts';
import { batchRead } from '../batch/batch-read.ts';
import { readInputs } from '../batch/batch-request.ts';
import { batchUpdate } from '../batch/batch-update.ts';
import { batchUpsert } from '../batch/batch-upsert.ts';
import { bodyLength } from '../body-parsing.ts';
import type { WriteContext } from '../records/draft.ts';
import { presentRecord } from '../records/present.ts';
import { archiveRecord } from '../records/remove.ts';
import { pathPart, queryFlag } from '../requests.ts';
import { readSearchRequest } from '../search/search-request.ts';
import { READ_RECORDS, type Routes, SEARCH_RECORDS, WRITE_RECORDS } from './route.ts';

/** Many records at a time: batches and search. */
export const bulkRoutes: Routes = (app, { portal, family }) => {
  const spaceOf = (request: FastifyRequest) => portal.space(pathPart(request, 'object'));
  const context = (): WriteContext => ({ family, source: portal.appSource() });

  app.post('/:object/batch/read', READ_RECORDS, (request, reply) =>
    answer(reply, batchRead(portal, spaceOf(request), request.body, queryFlag(request, 'archived'))),
  );

  app.post('/:object/batch/create', WRITE_RECORDS, (request, reply) =>
    answer(reply, batchCreate(portal, spaceOf(request), request.body, context())),
  );

  app.post('/:object/batch/update', WRITE_RECORDS, (request, reply) =>
    answer(reply, batchUpdate(portal, spaceOf(request), request.body, context())),
  );

  app.post('/:object/batch/upsert', WRITE_RECORDS, (request, reply) =>
    answer(reply, batchUpsert(portal, spaceOf(request), request.body, context())),
  );

  app.post('/:object/batch/archive', WRITE_RECORDS, (request, reply) => {
    const space = spaceOf(request);
    for (const { id } of readInputs(request.body)) archiveRecord(portal, space, id);
    return reply.code(204).send();
  });

  app.post('/:object/search', SEARCH_RECORDS, (request) => {
    const space = spaceOf(request);
    const wanted = readSearchRequest(request.body, bodyLength(request));
    const { total, page, nextAfter } = space.searcher.search(wanted, portal.clock.now());
    const shape = { properties: wanted.properties, portalId: portal.portalId };
    const results = page.map((snapshot) => presentRecord(space, snapshot, shape));
    return nextAfter === undefined
      ? { total, results }
      : { total, results, paging: { next: { after: String(nextAfter) } } };
  });
};

function answer(reply: FastifyReply, { status, body }: BatchAnswer): FastifyReply {
  return reply.code(status).send(body);
}
