import { CredentialsRejected } from '../../errors/errors.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import { Refusal } from './refusal.ts';

/** The id under which HubSpot files what our token writes: asked once, when somebody first needs it. `null` where it is not told (a service key). */
export class OwnApp {
  readonly #gateway: Gateway;
  #asked: Promise<string | null> | undefined;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  id(): Promise<string | null> {
    if (this.#asked !== undefined) return this.#asked;
    const asked = this.#read();
    this.#asked = asked;
    asked.catch(() => {
      this.#asked = undefined;
    });
    return asked;
  }

  async #read(): Promise<string | null> {
    try {
      const told = await this.#gateway.call(CALLS.tokenInfo, ({ plain, token }) =>
        plain('/oauth/v2/private-apps/get/access-token-info', { tokenKey: token }),
      );
      const { appId } = told as { readonly appId?: unknown };
      return typeof appId === 'number' || typeof appId === 'string' ? String(appId) : null;
    } catch (error) {
      if (error instanceof Refusal || error instanceof CredentialsRejected) return null;
      throw error;
    }
  }
}
