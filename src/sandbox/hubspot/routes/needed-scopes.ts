import type { FastifyRequest } from 'fastify';
import type { ObjectScope, Scope } from '../access.ts';
import { objectKind } from '../objects.ts';
import { pathPart } from '../requests.ts';

/** The scopes that a request needs: for associations those of both objects. */
export function scopesOf(request: FastifyRequest, scope: Scope | ObjectScope | undefined): string[] {
  if (scope === undefined) return [];
  if (!scope.includes('*')) return [scope];
  const objects = [pathPart(request, 'object'), pathPart(request, 'to')].filter((name) => name !== '');
  return [...new Set(objects.map((name) => scope.replace('*', scopedAs(name))))];
}

/** An unknown object is refused later, in its own words. */
function scopedAs(name: string): string {
  try {
    return objectKind(name).scopedAs;
  } catch {
    return 'contacts';
  }
}
