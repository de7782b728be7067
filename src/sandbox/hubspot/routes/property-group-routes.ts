import type { FastifyRequest } from 'fastify';
import { invalid, Refusal } from '../refusal.ts';
import { pathPart } from '../requests.ts';
import { READ_SCHEMAS, type Routes, WRITE_SCHEMAS } from './route.ts';

export const propertyGroupRoutes: Routes = (app, { portal }) => {
  const registryOf = (request: FastifyRequest) => portal.space(pathPart(request, 'object')).registry;
  const groupOf = (request: FastifyRequest) => {
    const name = pathPart(request, 'name');
    const group = registryOf(request).group(name);
    if (group !== undefined) return group;
    throw new Refusal(404, { message: `Property group "${name}" does not exist`, category: 'OBJECT_NOT_FOUND' });
  };

  app.get('/:object/groups', READ_SCHEMAS, (request) => ({ results: registryOf(request).groups() }));

  app.post('/:object/groups', WRITE_SCHEMAS, (request, reply) => {
    const { name, label, displayOrder } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof name !== 'string' || typeof label !== 'string')
      throw invalid('A property group needs a name and a label');
    const registry = registryOf(request);
    if (registry.group(name) !== undefined) {
      throw new Refusal(409, {
        message: `A property group named '${name}' already exists.`,
        category: 'OBJECT_ALREADY_EXISTS',
        subCategory: 'Properties.PROPERTY_GROUP_WITH_NAME_EXISTS',
      });
    }
    void reply.code(201);
    return registry.addGroup(name, label, typeof displayOrder === 'number' ? displayOrder : -1);
  });

  app.get('/:object/groups/:name', READ_SCHEMAS, (request) => groupOf(request));

  app.patch('/:object/groups/:name', WRITE_SCHEMAS, (request) => {
    const group = groupOf(request);
    const { label, displayOrder } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof label === 'string') group.label = label;
    if (typeof displayOrder === 'number') group.displayOrder = displayOrder;
    return group;
  });

  app.delete('/:object/groups/:name', WRITE_SCHEMAS, (request, reply) => {
    const group = groupOf(request);
    if (
      registryOf(request)
        .live()
        .some((definition) => definition.groupName === group.name)
    ) {
      throw invalid(`Property group ${group.name} has active properties`, {
        subCategory: 'PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES',
      });
    }
    group.archived = true;
    return reply.code(204).send();
  });
};
