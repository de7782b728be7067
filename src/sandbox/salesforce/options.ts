import { to18 } from './ids.ts';

export type OrgOptions = {
  organizationId: string;
  organizationName: string;
  clientId: string;
  clientSecret: string;
  integrationUsername: string;
  /** SPKI or certificate in PEM; without it the JWT grant is refused. */
  jwtPublicKey?: string;
};

export const DEFAULT_OPTIONS: OrgOptions = {
  organizationId: to18('00D5g000001Tasu') as string,
  organizationName: '株式会社たすき商事',
  clientId: 'tasuki-sandbox',
  clientSecret: 'sandbox-secret',
  integrationUsername: 'tasuki@example.co.jp',
};
