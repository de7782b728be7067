import type { preHandlerHookHandler } from 'fastify';
import type { HubSpotPortal } from '../portal.ts';

/**
 * Route options for the scopes of marketing. They are required here and not by the server's own hook, because `access.ts`
 * knows the scopes of the CRM only.
 */
export function granted(
  portal: HubSpotPortal,
  scope: 'forms' | 'crm.objects.marketing_events.read',
): { preHandler: preHandlerHookHandler } {
  return {
    preHandler: (_request, _reply, done) => {
      portal.access.require(scope);
      done();
    },
  };
}
