import * as z from 'zod';
import type { Identity } from '../../ports/crm.ts';
import { AnswerLost } from './failures.ts';
import type { Gateway } from './gateway.ts';
import { to18 } from './ids.ts';

const userInfo = z.object({
  user_id: z.string(),
  organization_id: z.string(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
});

/** Who we are, in which org. jsforce's `identity()` would put the token into the URL, where every proxy logs it. */
export async function readIdentity(gateway: Gateway): Promise<Identity> {
  const answer = await gateway.read('identity', (connection) => connection.requestGet('/services/oauth2/userinfo'));
  const told = userInfo.safeParse(answer);
  if (!told.success) throw new AnswerLost('salesforce', 'Salesforce did not say who we are.', { cause: told.error });
  const { user_id, organization_id, name, preferred_username } = told.data;
  return {
    system: 'salesforce',
    account: to18(organization_id),
    user: to18(user_id),
    name: name ?? preferred_username ?? to18(user_id),
  };
}
