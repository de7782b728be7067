import type { OrgState } from '../state.ts';

type Session = { userId: string; issuedAt: number };

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';

/** Access tokens `00D…!…` and the refresh tokens that renew them. A token ends with its time, by revocation, or at once. */
export class Tokens {
  readonly #state: OrgState;
  readonly #orgId: string;
  #sessions = new Map<string, Session>();
  #refresh = new Map<string, string>();
  #serial = 0;

  constructor(state: OrgState, orgId: string) {
    this.#state = state;
    this.#orgId = orgId;
  }

  issue(userId: string): string {
    const token = `${this.#orgId.slice(0, 15)}!${this.#secret(72)}`;
    this.#sessions.set(token, { userId, issuedAt: this.#state.clock() });
    return token;
  }

  issueRefresh(userId: string): string {
    const token = `5Aep861${this.#secret(60)}`;
    this.#refresh.set(token, userId);
    return token;
  }

  /** Whose session this is, or nobody's: unknown, expired and revoked tokens look the same from outside. */
  userOf(token: string): string | undefined {
    const session = this.#sessions.get(token);
    if (session === undefined) return undefined;
    const age = this.#state.clock() - session.issuedAt;
    if (age < this.#state.switches.tokenLifetimeMs) return session.userId;
    this.#sessions.delete(token);
    return undefined;
  }

  userOfRefresh(token: string): string | undefined {
    return this.#refresh.get(token);
  }

  revoke(token: string): boolean {
    const wasSession = this.#sessions.delete(token);
    return this.#refresh.delete(token) || wasSession;
  }

  expireAll(): void {
    this.#sessions.clear();
  }

  clear(): void {
    this.#sessions.clear();
    this.#refresh.clear();
  }

  /** The serial keeps tokens apart even after a reset has set the dice back. */
  #secret(length: number): string {
    const dice = this.#state.kernel.random.fork(`token ${this.#serial++}`);
    return Array.from({ length }, () => LETTERS.charAt(dice.int(LETTERS.length))).join('');
  }
}
