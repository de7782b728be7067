import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type AssociationBatch,
  archiveLabels,
  archiveMany,
  associateMany,
  createMany,
  finished,
  readMany,
} from '../associations/batch-associations.ts';
import { checkObjects } from '../associations/check-association.ts';
import { presentType } from '../associations/present-associations.ts';
import { objectKind } from '../objects.ts';
import { invalid } from '../refusal.ts';
import { pathPart } from '../requests.ts';
import { READ_ASSOCIATIONS, type Routes, WRITE_ASSOCIATIONS } from './route.ts';

/** Associations of many records at a time, and the labels between two objects. */
export const associationBatchRoutes: Routes = (app, { portal, family }) => {
  const between = (request: FastifyRequest) => {
    const from = objectKind(pathPart(request, 'object')).plural;
    const to = objectKind(pathPart(request, 'to')).plural;
    checkObjects(portal, from, to);
    return { portal, from, to };
  };
  // The dated paths answer what the numbered ones only acknowledge.
  const done = (reply: FastifyReply) =>
    family === 'v3' ? reply.code(204).send() : reply.code(200).send(finished(portal, 200, []).body);

  app.post('/:object/:to/batch/read', READ_ASSOCIATIONS, (request, reply) =>
    answer(reply, readMany(between(request), request.body)),
  );

  app.post('/:object/:to/batch/create', WRITE_ASSOCIATIONS, (request, reply) =>
    answer(reply, createMany(between(request), request.body)),
  );

  app.post('/:object/:to/batch/associate/default', WRITE_ASSOCIATIONS, (request, reply) =>
    answer(reply, associateMany(between(request), request.body)),
  );

  app.post('/:object/:to/batch/archive', WRITE_ASSOCIATIONS, (request, reply) => {
    archiveMany(between(request), request.body);
    return done(reply);
  });

  app.post('/:object/:to/batch/labels/archive', WRITE_ASSOCIATIONS, (request, reply) => {
    archiveLabels(between(request), request.body);
    return done(reply);
  });

  app.get('/:object/:to/labels', READ_ASSOCIATIONS, (request) => {
    const { from, to } = between(request);
    return { results: portal.links.types.between(from, to).map(presentType) };
  });

  app.post('/:object/:to/labels', WRITE_ASSOCIATIONS, (request) => {
    const { from, to } = between(request);
    const { name, label, inverseLabel } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof label !== 'string' || typeof name !== 'string') {
      throw invalid('Some required fields were not set: [label, name]');
    }
    const inverse = typeof inverseLabel === 'string' ? inverseLabel : undefined;
    const type = portal.links.types.addLabel(from, to, { label, inverseLabel: inverse });
    return { results: [type, portal.links.types.inverse(type)].map(presentType) };
  });
};

function answer(reply: FastifyReply, { status, body }: AssociationBatch): FastifyReply {
  return reply.code(status).send(body);
}
