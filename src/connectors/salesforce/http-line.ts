import { BadAnswer, NoAnswer } from '../http/failure.ts';
import type { LineOver } from './line.ts';
import { API_VERSION, type SalesforceOptions, TIMEOUTS } from './options.ts';
import { Session } from './session.ts';
import { type Exchange, exchanges } from './transport.ts';

/** Calls over HTTP, through jsforce. */
export function httpLine(options: SalesforceOptions): LineOver {
  return ({ counted, limitInfo, dated }) => {
    const session = new Session({
      loginUrl: options.loginUrl,
      auth: options.auth,
      apiVersion: options.apiVersion ?? API_VERSION,
      timeouts: options.timeouts ?? TIMEOUTS,
      now: options.now ?? Date.now,
      counted: () => counted('token'),
    });
    return {
      token: () => session.token(),
      renew: (refused) => session.renew(refused),
      user: () => session.user(),
      async exchange(kind, work) {
        const seen: Exchange = {};
        counted(kind);
        try {
          // Awaited inside: jsforce's promises send only when somebody waits for them.
          return await exchanges.run(seen, async () => await work(session.connection));
        } catch (error) {
          if (error instanceof BadAnswer || error instanceof NoAnswer || seen.answer === undefined) throw error;
          throw seen.answer.status < 300 ? error : new BadAnswer(kind, seen.answer);
        } finally {
          dated(seen.answer?.headers ?? {});
          limitInfo(seen.answer?.headers['sforce-limit-info']);
        }
      },
    };
  };
}
