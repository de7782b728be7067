import type { SalesforceOrg } from '../org.ts';
import type { Cell, Row } from '../schema/field.ts';

/** `/services/oauth2/userinfo`: who the token is, in OpenID words. */
export function userInfoOf(org: SalesforceOrg, userId: string, origin: string): object {
  const { user, organizationId, identity } = known(org, userId, origin);
  return {
    sub: identity,
    user_id: userId,
    organization_id: organizationId,
    preferred_username: user['Username'],
    nickname: user['Alias'],
    name: user['Name'],
    email: user['Email'],
    email_verified: true,
    given_name: user['FirstName'] ?? null,
    family_name: user['LastName'],
    zoneinfo: user['TimeZoneSidKey'],
    urls: urlsOf(origin, organizationId, userId),
    active: user['IsActive'],
    user_type: 'STANDARD',
    language: user['LanguageLocaleKey'],
    locale: user['LocaleSidKey'],
    utcOffset: 9 * 3_600_000,
    updated_at: instant(user['LastModifiedDate']),
    is_salesforce_integration_user: userId === org.integrationUserId,
  };
}

/** `/id/{org}/{user}`: the same person in the words of the identity service. */
export function identityOf(org: SalesforceOrg, userId: string, origin: string): object {
  const { user, organizationId, identity } = known(org, userId, origin);
  return {
    id: identity,
    asserted_user: true,
    user_id: userId,
    organization_id: organizationId,
    username: user['Username'],
    nick_name: user['Alias'],
    display_name: user['Name'],
    email: user['Email'],
    email_verified: true,
    first_name: user['FirstName'] ?? null,
    last_name: user['LastName'],
    timezone: user['TimeZoneSidKey'],
    urls: urlsOf(origin, organizationId, userId),
    active: user['IsActive'],
    user_type: 'STANDARD',
    language: user['LanguageLocaleKey'],
    locale: user['LocaleSidKey'],
    utcOffset: 9 * 3_600_000,
    last_modified_date: instant(user['LastModifiedDate']),
    is_app_installed: true,
  };
}

function known(
  org: SalesforceOrg,
  userId: string,
  origin: string,
): { user: Row; organizationId: string; identity: string } {
  const { organizationId } = org.options;
  const user = org.state.tables.row(userId) ?? {};
  return { user, organizationId, identity: `${origin}/id/${organizationId}/${userId}` };
}

function urlsOf(origin: string, organizationId: string, userId: string): object {
  const rest = `${origin}/services/data/v{version}/`;
  const soap = (kind: string): string => `${origin}/services/Soap/${kind}/{version}/${organizationId.slice(0, 15)}`;
  return {
    enterprise: soap('c'),
    metadata: soap('m'),
    partner: soap('u'),
    rest,
    sobjects: `${rest}sobjects/`,
    search: `${rest}search/`,
    query: `${rest}query/`,
    recent: `${rest}recent/`,
    tooling_soap: soap('T'),
    tooling_rest: `${rest}tooling/`,
    profile: `${origin}/${userId}`,
  };
}

function instant(value: Cell | undefined): string | null {
  return typeof value === 'number' ? new Date(value).toISOString() : null;
}
