import type { FastifyRequest } from 'fastify';
import { presentDefinition } from '../properties/definition.ts';
import { changeProperty, createProperty, unknownProperty } from '../properties/edit-registry.ts';
import { pathPart, queryFlag } from '../requests.ts';
import { READ_SCHEMAS, type Routes, WRITE_SCHEMAS } from './route.ts';

/** The definitions of an object's properties. There is no paging: an account has hundreds of them, in one answer. */
export const propertyRoutes: Routes = (app, { portal }) => {
  const registryOf = (request: FastifyRequest) => portal.space(pathPart(request, 'object')).registry;
  const definitionOf = (request: FastifyRequest) => {
    const name = pathPart(request, 'name');
    const definition = registryOf(request).get(name);
    if (definition === undefined) throw unknownProperty(name);
    return definition;
  };

  app.get('/:object', READ_SCHEMAS, (request) => {
    const registry = registryOf(request);
    const definitions = queryFlag(request, 'archived') ? registry.archived() : registry.live();
    return { results: definitions.map(presentDefinition) };
  });

  app.post('/:object', WRITE_SCHEMAS, (request, reply) => {
    const definition = createProperty(registryOf(request), bodyOf(request), portal.clock.now());
    void reply.code(201);
    return presentDefinition(definition);
  });

  app.get('/:object/:name', READ_SCHEMAS, (request) => {
    const archived = registryOf(request).getArchived(pathPart(request, 'name'));
    return presentDefinition(
      queryFlag(request, 'archived') && archived !== undefined ? archived : definitionOf(request),
    );
  });

  app.patch('/:object/:name', WRITE_SCHEMAS, (request) => {
    const { clock } = portal;
    return presentDefinition(changeProperty(registryOf(request), definitionOf(request), bodyOf(request), clock.now()));
  });

  app.delete('/:object/:name', WRITE_SCHEMAS, (request, reply) => {
    registryOf(request).archive(definitionOf(request), portal.clock.now());
    return reply.code(204).send();
  });
};

function bodyOf(request: FastifyRequest): Record<string, unknown> {
  return (request.body ?? {}) as Record<string, unknown>;
}
