import type { FastifyRequest } from 'fastify';
import { associatePair, dissociatePair, labelPair } from '../associations/associate.ts';
import { readGivenTypes } from '../associations/associate-new.ts';
import type { RecordRef } from '../associations/association-store.ts';
import { finished, presentDefault } from '../associations/batch-associations.ts';
import { checkObjects, checkPair, readTypes } from '../associations/check-association.ts';
import { linksOf, presentPair } from '../associations/present-associations.ts';
import { objectKind } from '../objects.ts';
import { resourceNotFound } from '../refusal.ts';
import { nextLink, pathPart, queryLimit, queryText } from '../requests.ts';
import { READ_RECORDS, type Routes, WRITE_RECORDS } from './route.ts';

/** What one record belongs to. These calls count like any other; batches of associations have an allowance of their own. */
export const associationRoutes: Routes = (app, { portal }) => {
  const readFrom = (request: FastifyRequest): { from: RecordRef; to: string } => {
    const from = { object: objectKind(pathPart(request, 'object')).plural, id: pathPart(request, 'id') };
    const to = objectKind(pathPart(request, 'to')).plural;
    checkObjects(portal, from.object, to);
    return { from, to };
  };
  const readPair = (request: FastifyRequest): { from: RecordRef; to: RecordRef } => {
    const { from, to } = readFrom(request);
    return { from, to: { object: to, id: pathPart(request, 'toId') } };
  };

  app.get('/:object/:id/associations/:to', READ_RECORDS, (request) => {
    const { from, to } = readFrom(request);
    if (portal.space(from.object).store.getLive(from.id) === undefined) throw resourceNotFound();
    const limit = queryLimit(request, { usual: 500, most: 500 });
    const links = linksOf(portal.links, from, to, { after: queryText(request, 'after'), limit });
    const paging = links.after === undefined ? {} : { paging: { next: nextLink(request, links.after) } };
    return { results: links.to, ...paging };
  });

  app.put('/:object/:id/associations/:to/:toId', WRITE_RECORDS, (request, reply) => {
    const { from, to } = readPair(request);
    checkPair(portal, from, to);
    const types = readTypes(portal, from, to, readGivenTypes(request.body));
    labelPair(portal, from, to, types);
    return reply.code(201).send(presentPair(from, to, types));
  });

  app.put('/:object/:id/associations/default/:to/:toId', WRITE_RECORDS, (request) => {
    const { from, to } = readPair(request);
    checkPair(portal, from, to);
    associatePair(portal, from, to);
    return finished(portal, 200, presentDefault(portal, from, to)).body;
  });

  app.delete('/:object/:id/associations/:to/:toId', WRITE_RECORDS, (request, reply) => {
    const { from, to } = readPair(request);
    dissociatePair(portal, from, to);
    return reply.code(204).send();
  });
};
