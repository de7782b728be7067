import type { FastifyRequest } from 'fastify';
import { associateNew, readAssociations } from '../associations/associate-new.ts';
import { listedAssociations } from '../associations/present-associations.ts';
import { readProperties, textOf } from '../batch/batch-request.ts';
import { commit } from '../records/commit.ts';
import { draftWrite, type WriteContext } from '../records/draft.ts';
import { findForRead, findForWrite, missingRecord } from '../records/find-record.ts';
import { mergeRecords } from '../records/merge.ts';
import { type PresentedRecord, presentRecord, presentWithHistory, presentWritten } from '../records/present.ts';
import type { StoredRecord } from '../records/record.ts';
import { refuseDraft } from '../records/refuse-draft.ts';
import { archiveRecord, forgetRecord } from '../records/remove.ts';
import { invalid, notEmulated } from '../refusal.ts';
import { nextLink, pathPart, queryFlag, queryLimit, queryList, queryText } from '../requests.ts';
import { READ_RECORDS, type Routes, WRITE_RECORDS } from './route.ts';

type Given = Readonly<Record<string, unknown>>;

const LIST_LIMITS = { usual: 10, most: 100, mostWithHistory: 50 };

/** One record at a time, and the list of all. */
export const recordRoutes: Routes = (app, { portal, family }) => {
  const { portalId } = portal;
  const spaceOf = (request: FastifyRequest) => portal.space(pathPart(request, 'object'));
  const context = (): WriteContext => ({ family, source: portal.appSource() });

  const withAssociations = (request: FastifyRequest, { id }: StoredRecord, shown: PresentedRecord): PresentedRecord => {
    const names = queryList(request, 'associations');
    if (names === undefined) return shown;
    const associations = listedAssociations(portal, { object: spaceOf(request).kind.plural, id }, names);
    return Object.keys(associations).length === 0 ? shown : { ...shown, associations };
  };

  app.get('/:object', READ_RECORDS, (request) => {
    const space = spaceOf(request);
    const history = queryList(request, 'propertiesWithHistory');
    const most = history === undefined ? LIST_LIMITS.most : LIST_LIMITS.mostWithHistory;
    const limit = queryLimit(request, { usual: LIST_LIMITS.usual, most });
    const start = Number(queryText(request, 'after') ?? 0);
    if (!Number.isInteger(start)) throw invalid(`Invalid paging token: ${queryText(request, 'after')}`);
    const found = space.store.page(queryFlag(request, 'archived'), start, limit + 1);
    const shape = { properties: queryList(request, 'properties'), history, portalId };
    const results = found
      .slice(0, limit)
      .map((record) => withAssociations(request, record, presentWithHistory(space, record, shape)));
    const next = found[limit];
    return next === undefined ? { results } : { results, paging: { next: nextLink(request, next.id) } };
  });

  app.post('/:object', WRITE_RECORDS, (request, reply) => {
    const space = spaceOf(request);
    const wanted = readAssociations(portal, space.kind.plural, (request.body as Given | undefined)?.['associations']);
    const given = readProperties(request.body);
    const draft = draftWrite({ portal, space, context: context(), claims: new Map() }, undefined, given);
    refuseDraft(portal, space, draft);
    const record = commit(portal, space, draft, context());
    associateNew(portal, space.kind.plural, record.id, wanted);
    void reply.code(201).header('location', `${request.url.split('?', 1)[0]}/${record.id}`);
    return presentWritten(space, record, draft, portalId);
  });

  app.get('/:object/:id', READ_RECORDS, (request) => {
    const space = spaceOf(request);
    const name = { id: pathPart(request, 'id'), idProperty: queryText(request, 'idProperty') };
    const record = findForRead(portal, space, { ...name, archived: queryFlag(request, 'archived') });
    if (record === undefined) throw missingRecord(name);
    const history = queryList(request, 'propertiesWithHistory');
    const shape = { properties: queryList(request, 'properties'), history, portalId };
    return withAssociations(request, record, presentWithHistory(space, record, shape));
  });

  app.patch('/:object/:id', WRITE_RECORDS, (request) => {
    const space = spaceOf(request);
    const name = { id: pathPart(request, 'id'), idProperty: queryText(request, 'idProperty') };
    const target = findForWrite(space, name);
    if (target === undefined) throw missingRecord(name);
    const given = readProperties(request.body);
    const draft = draftWrite({ portal, space, context: context(), claims: new Map() }, target, given);
    refuseDraft(portal, space, draft);
    return presentWritten(space, commit(portal, space, draft, context()), draft, portalId);
  });

  app.delete('/:object/:id', WRITE_RECORDS, (request, reply) => {
    archiveRecord(portal, spaceOf(request), pathPart(request, 'id'));
    return reply.code(204).send();
  });

  app.post('/:object/merge', WRITE_RECORDS, (request) => {
    const space = spaceOf(request);
    const body = (request.body ?? {}) as Record<string, unknown>;
    const ids = { primary: textOf(body['primaryObjectId']) ?? '', absorbed: textOf(body['objectIdToMerge']) ?? '' };
    const survivor = mergeRecords(portal, space, ids, { ...portal.appSource(), type: 'MERGE_OBJECTS' });
    return presentRecord(space, survivor.snapshot, { properties: undefined, portalId });
  });

  app.post('/:object/gdpr-delete', WRITE_RECORDS, (request, reply) => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const objectId = textOf(body['objectId']);
    if (objectId === undefined) throw invalid('objectId is required');
    const { plural } = spaceOf(request).kind;
    if (plural !== 'contacts') throw notEmulated(`privacy deletion of ${plural}`, 'records/remove.ts');
    forgetRecord(portal, spaceOf(request), objectId, textOf(body['idProperty']));
    return reply.code(204).send();
  });
};
