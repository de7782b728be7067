import type { FastifyInstance } from 'fastify';
import type { Controlled } from './controlled.ts';
import type { PortalDoor, RecordRef } from './doors.ts';
import { associationBody, hubspotCreateBody, hubspotTouchBody, mergeBody, pairBody } from './hubspot-bodies.ts';
import { given, read } from './read.ts';
import { ControlRefusal } from './refusal.ts';

type OfObject = { Params: { object: string } };
type OfRecord = { Params: RecordRef };

/** What people and HubSpot itself do to its records. */
export function addHubSpotDeeds(app: FastifyInstance, { portal }: Controlled): void {
  app.post<OfObject>('/hubspot/:object', ({ params, body }, reply) => {
    const { properties, source, userId, associations } = read(hubspotCreateBody, body);
    for (const to of associations) refuseMissing(portal, to);
    const by = { type: source, ...(userId === undefined ? {} : { id: `userId:${userId}`, userId }) };
    const id = portal.seed(params.object, properties, portal.clock.now(), by);
    const from = { object: params.object, id };
    try {
      for (const { label, ...to } of associations) portal.associate(from, to, given({ label }));
    } catch (error) {
      // A label that nobody defined shows only now; what was refused must not stay behind.
      portal.archive(params.object, id);
      throw error;
    }
    return reply.code(201).send({ id });
  });

  app.post<OfRecord>('/hubspot/:object/:id', ({ params, body }, reply) => {
    const { properties, source, userId } = read(hubspotTouchBody, body);
    portal.touch(params.object, params.id, properties, given({ source, userId }));
    return reply.code(204).send();
  });

  app.delete<OfRecord>('/hubspot/:object/:id', ({ params }, reply) => {
    refuseMissing(portal, params);
    portal.archive(params.object, params.id);
    return reply.code(204).send();
  });

  app.post<OfRecord>('/hubspot/:object/:id/merge', ({ params: { object, id }, body }) => {
    const { other } = read(mergeBody, body);
    for (const merged of [id, other]) refuseMissing(portal, { object, id: merged });
    return { id: portal.merge(object, id, other) };
  });

  app.post<{ Params: { id: string } }>('/hubspot/contacts/:id/gdpr-delete', ({ params: { id } }, reply) => {
    refuseMissing(portal, { object: 'contacts', id });
    portal.gdprDelete(id);
    return reply.code(204).send();
  });

  app.post('/hubspot/associations', ({ body }, reply) => {
    const { from, to, label } = read(associationBody, body);
    for (const end of [from, to]) refuseMissing(portal, end);
    portal.associate(from, to, given({ label }));
    return reply.code(204).send();
  });

  app.delete('/hubspot/associations', ({ body }, reply) => {
    const { from, to } = read(pairBody, body);
    for (const end of [from, to]) refuseMissing(portal, end);
    portal.dissociate(from, to);
    return reply.code(204).send();
  });
}

/** HubSpot passes over what is not there without a word; whoever writes a test wants to hear it. */
function refuseMissing(portal: PortalDoor, { object, id }: RecordRef): void {
  if (portal.space(object).store.getLive(id) !== undefined) return;
  throw new ControlRefusal(404, `HubSpot has no live record ${id} among its ${object}`);
}
