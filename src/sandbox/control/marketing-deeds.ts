import type { FastifyInstance } from 'fastify';
import type { Controlled } from './controlled.ts';
import { formBody, marketingEventBody, participationBody, submissionBody } from './hubspot-bodies.ts';
import { given, read } from './read.ts';

/** What visitors of the web site and of events do, and what marketing prepares for them. */
export function addMarketingDeeds(app: FastifyInstance, { portal }: Controlled): void {
  app.post('/hubspot/forms', ({ body }, reply) => {
    const form = read(formBody, body);
    portal.forms.define(given(form));
    return reply.code(201).send({ guid: form.guid });
  });

  app.post<{ Params: { guid: string } }>('/hubspot/forms/:guid/submissions', ({ params: { guid }, body }, reply) => {
    const contactId = portal.submitForm({ guid, ...given(read(submissionBody, body)) });
    return reply.code(201).send({ contactId });
  });

  app.post('/hubspot/marketing-events', ({ body }, reply) => {
    const id = portal.events.define(given(read(marketingEventBody, body)));
    return reply.code(201).send({ id });
  });

  app.post<{ Params: { id: string } }>('/hubspot/marketing-events/:id/participations', ({ params, body }, reply) => {
    const id = portal.events.participate({ event: params.id, ...given(read(participationBody, body)) });
    return reply.code(201).send({ id });
  });
}
