import type { FastifyRequest } from 'fastify';
import { DEALS, objectKind } from '../objects.ts';
import { presentPipeline, presentStages } from '../pipelines/pipelines.ts';
import { notEmulated, resourceNotFound } from '../refusal.ts';
import { pathPart } from '../requests.ts';
import { READ_PIPELINES, type Routes } from './route.ts';

/** The pipelines of deals with their stages. Only people change them here: `definePipeline`. */
export const pipelineRoutes: Routes = (app, { portal }) => {
  const pipelines = (request: FastifyRequest) => {
    const kind = objectKind(pathPart(request, 'object'));
    if (kind !== DEALS) throw notEmulated(`pipelines of ${kind.plural}`, 'routes/pipeline-routes.ts');
    return portal.pipelines.all();
  };
  const pipeline = (request: FastifyRequest) => {
    const all = pipelines(request);
    const place = all.findIndex(({ id }) => id === pathPart(request, 'id'));
    const found = all[place];
    if (found === undefined) throw resourceNotFound();
    return { found, place };
  };

  app.get('/:object', READ_PIPELINES, (request) => ({ results: pipelines(request).map(presentPipeline) }));

  app.get('/:object/:id', READ_PIPELINES, (request) => {
    const { found, place } = pipeline(request);
    return presentPipeline(found, place);
  });

  app.get('/:object/:id/stages', READ_PIPELINES, (request) => ({ results: presentStages(pipeline(request).found) }));

  app.get('/:object/:id/stages/:stageId', READ_PIPELINES, (request) => {
    const stage = presentStages(pipeline(request).found).find(({ id }) => id === pathPart(request, 'stageId'));
    if (stage === undefined) throw resourceNotFound();
    return stage;
  });
};
