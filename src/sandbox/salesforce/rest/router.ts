import { notEmulated, refuse } from '../failure.ts';
import type { Call, Reply, Route } from './call.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoutes } from './composite.ts';
import { describeRoutes } from './describe.ts';
import { listViewRoutes } from './list-views.ts';
import { queryRoutes } from './query-routes.ts';
import { recordRoutes } from './records.ts';
import { replicationRoutes } from './replication.ts';
import { resourceRoutes } from './resources.ts';
import { retrieveRoutes } from './retrieve.ts';
import { toolingRoutes } from './tooling.ts';

type Segments = { route: Route; parts: readonly string[] };

const DATA = compile([
  ...resourceRoutes,
  ...queryRoutes,
  ...describeRoutes,
  ...replicationRoutes,
  ...retrieveRoutes,
  ...collectionRoutes,
  ...compositeRoutes,
  ...recordRoutes,
  ...listViewRoutes,
]);

const READ_ONE = recordRoutes.filter((route) => route.method === 'GET' && route.path === '/sobjects/:type/:id');
const TOOLING = compile([...toolingRoutes, ...queryRoutes, ...describeRoutes, ...READ_ONE]);

/** Fixed segments before parameters, so that `/sobjects/Lead/describe` is no record called describe. */
function compile(routes: readonly Route[]): Segments[] {
  const all = routes.map((route) => ({ route, parts: route.path.slice(1).split('/') }));
  return all.sort((left, right) => variables(left) - variables(right));
}

function variables({ parts }: Segments): number {
  return parts.filter((part) => part.startsWith(':')).length;
}

/**
 * Runs the route for a path below `/services/data/vNN.0`. A composite request sends its parts through here too, which
 * is why the routes do not know HTTP.
 */
export function runRoute(method: string, path: string, call: Omit<Call, 'params'>): Reply {
  const isTooling = path === '/tooling' || path.startsWith('/tooling/');
  const inner = isTooling ? path.slice('/tooling'.length) : path;
  const base = isTooling ? `${call.base}/tooling` : call.base;
  const segments = inner.split('/').filter((segment) => segment !== '');
  const allowed: string[] = [];
  for (const { route, parts } of isTooling ? TOOLING : DATA) {
    const params = match(parts, segments);
    if (params === undefined) continue;
    if (route.method === method) return route.run({ ...call, base, params });
    allowed.push(route.method);
  }
  if (allowed.length > 0 && !isTooling) {
    const message = `HTTP Method '${method}' not allowed. Allowed are ${[...new Set(allowed)].join(',')}`;
    throw refuse(405, 'METHOD_NOT_ALLOWED', message);
  }
  throw notEmulated(`${method} ${path}`, 'src/sandbox/salesforce/rest/router.ts');
}

function match(parts: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] as string;
    if (part.startsWith(':')) params[part.slice(1)] = decoded(segment);
    else if (part !== segment) return undefined;
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
