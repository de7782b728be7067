import type { FastifyInstance } from 'fastify';
import type { Controlled } from './controlled.ts';
import type { OrgDoor, RecordRef } from './doors.ts';
import { given, read } from './read.ts';
import { ControlRefusal } from './refusal.ts';
import { byBody, byQuery, conversionBody, salesforceBody, salesforceMergeBody } from './salesforce-bodies.ts';

type OfObject = { Params: { object: string } };
type OfRecord = { Params: RecordRef };

/** What a user does on Salesforce's screen. */
export function addSalesforceDeeds(app: FastifyInstance, { org }: Controlled): void {
  app.post<OfObject>('/salesforce/:object', ({ params, body }, reply) => {
    const { fields, by } = read(salesforceBody, body);
    const id = org.seed(params.object, fields, { at: org.state.clock(), ...actor(org, by) });
    return reply.code(201).send({ id });
  });

  app.post<OfRecord>('/salesforce/:object/:id', ({ params, body }, reply) => {
    const { fields, by } = read(salesforceBody, body);
    org.touch(params.object, params.id, fields, actor(org, by));
    return reply.code(204).send();
  });

  app.delete<OfRecord>('/salesforce/:object/:id', ({ params, query }, reply) => {
    org.remove(params.object, params.id, actor(org, read(byQuery, query).by));
    return reply.code(204).send();
  });

  app.post<{ Params: { id: string } }>('/salesforce/Lead/:id/convert', ({ params, body }) => {
    const { by, ...conversion } = read(conversionBody, body);
    return org.convertLead(params.id, { ...actor(org, by), ...given(conversion) });
  });

  app.post<OfRecord>('/salesforce/:object/:id/merge', ({ params: { object, id }, body }) => {
    const { other, by } = read(salesforceMergeBody, body);
    org.merge(object, { winner: id, loser: other }, actor(org, by));
    return { id };
  });

  app.post<OfRecord>('/salesforce/:object/:id/undelete', ({ params, body }, reply) => {
    org.undelete(params.object, params.id, actor(org, read(byBody, body).by));
    return reply.code(204).send();
  });
}

/** Who acts: a user id, or a user name, which is easier to know. Nobody named is the org's administrator. */
function actor(org: OrgDoor, by: string | undefined): { by?: string } {
  if (by === undefined) return {};
  if (!by.includes('@')) return { by };
  const id = org.userByName(by);
  if (id === undefined) throw new ControlRefusal(400, `Salesforce has no user ${by}`);
  return { by: id };
}
