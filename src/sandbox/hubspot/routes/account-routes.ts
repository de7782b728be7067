import type { FastifyInstance } from 'fastify';
import { APP_ID, type HubSpotPortal } from '../portal.ts';
import { Refusal } from '../refusal.ts';
import { offsetText, zoneOffset } from '../time-texts.ts';

/** Who the account is and how much it was asked today. */
export function accountRoutes(app: FastifyInstance, portal: HubSpotPortal): void {
  app.get('/details', () => {
    const offset = zoneOffset(portal.timeZone, portal.clock.now());
    return {
      portalId: portal.portalId,
      accountType: 'STANDARD',
      timeZone: portal.timeZone,
      companyCurrency: 'JPY',
      additionalCurrencies: [],
      utcOffset: offsetText(offset),
      utcOffsetMilliseconds: offset,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
    };
  });

  app.get('/api-usage/daily/private-apps', () => ({ results: [portal.rateLimits.usage()] }));
}

/** What a token belongs to and may do: the check that a private app makes before it starts. */
export function tokenCheckRoute(app: FastifyInstance, portal: HubSpotPortal): void {
  app.post('/oauth/v2/private-apps/get/access-token-info', (request) => {
    const { tokenKey } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof tokenKey !== 'string' || !portal.access.knows(tokenKey)) {
      throw new Refusal(404, {
        message: 'The access token is unknown or no longer valid',
        category: 'OBJECT_NOT_FOUND',
      });
    }
    return { userId: 9_585_000, hubId: portal.portalId, appId: Number(APP_ID), scopes: portal.access.granted() };
  });
}
