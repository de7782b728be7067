import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type BrokenAnswer, cutBefore, cutInBody, otherAnswer, truncatedBody } from './broken-answer.ts';
import type { Fault, System } from './faults.ts';
import type { Kernel } from './kernel.ts';

export type FaultHooks = {
  /** Ends the validity of the token that this request carries; called before the server looks at it. */
  onExpireToken?: (request: FastifyRequest) => void;
  /** Who asks, for the request log; called when the answer leaves. */
  userOf?: (request: FastifyRequest) => string | undefined;
};

type Visit = { at: number; startedAt: number; fault: Fault | undefined; answer?: BrokenAnswer };

/**
 * Writes every request of a server into the log and lets ordered trouble strike where it belongs.
 *
 * Call it before the server adds hooks and routes of its own: Fastify runs hooks in the order in which they were added,
 * and a gateway that fails in front of a CRM fails before the CRM looks at the token.
 */
export function installFaults(app: FastifyInstance, system: System, kernel: Kernel, hooks: FaultHooks = {}): void {
  const visits = new WeakMap<FastifyRequest, Visit>();

  const note = (request: FastifyRequest, visit: Visit, status: number): void => {
    const user = hooks.userOf?.(request);
    kernel.log.note({
      at: visit.at,
      system,
      method: request.method,
      path: pathOf(request),
      query: { ...(request.query as Record<string, string | string[]>) },
      status,
      ms: Math.round(kernel.clock.monotonic() - visit.startedAt),
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(user === undefined ? {} : { user }),
    });
  };

  app.addHook('onRequest', (request, reply, done) => {
    const fault = kernel.faults.next(system, request.method, pathOf(request));
    const visit: Visit = { at: kernel.clock.now(), startedAt: kernel.clock.monotonic(), fault };
    visits.set(request, visit);
    if (fault === undefined || strikesLater(fault)) return done();
    if (fault.kind === 'expire-token') {
      hooks.onExpireToken?.(request);
      return done();
    }
    if (fault.kind === 'cut') {
      note(request, visit, 0);
      return cutBefore(request, reply);
    }
    if (fault.kind === 'stall') return stall(reply, fault.ms, { resume: done, lost: () => note(request, visit, 0) });
    if (fault.kind === 'truncate') return done();
    visit.answer = otherAnswer(fault);
    void reply.send('');
  });

  // The log is written here, before the first byte leaves, so that whoever has an answer also finds its request.
  app.addHook('onSend', (request, reply, payload, done) => {
    const visit = visits.get(request);
    if (visit === undefined) return done(null, payload);
    const { fault } = visit;
    const late = fault !== undefined && strikesLater(fault) ? fault : undefined;
    if (late?.kind === 'cut') {
      note(request, visit, 0);
      return cutInBody(reply, payload);
    }
    if (late?.kind === 'stall') {
      return stall(reply, late.ms, {
        resume: () => {
          note(request, visit, reply.statusCode);
          done(null, payload);
        },
        lost: () => note(request, visit, 0),
      });
    }
    if (late?.kind === 'status') visit.answer = otherAnswer(late);
    const sent = visit.answer === undefined ? payload : replaceAnswer(reply, visit.answer);
    note(request, visit, reply.statusCode);
    done(null, fault?.kind === 'truncate' ? truncatedBody(reply, sent) : sent);
  });
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? request.url;
}

function strikesLater(fault: Fault): boolean {
  return (fault.kind === 'status' || fault.kind === 'cut' || fault.kind === 'stall') && fault.when === 'after';
}

function replaceAnswer(reply: FastifyReply, answer: BrokenAnswer): string {
  void reply.code(answer.status);
  reply.removeHeader('content-type');
  reply.removeHeader('content-length');
  void reply.headers(answer.headers);
  return answer.text;
}

/** Holds an answer back. The timer goes with the connection, so that neither a gone client nor a shutdown waits for it. */
function stall(reply: FastifyReply, ms: number | undefined, then: { resume: () => void; lost: () => void }): void {
  const { raw } = reply;
  if (raw.destroyed) return then.lost();
  const lost = (): void => {
    clearTimeout(timer);
    then.lost();
  };
  const timer =
    ms === undefined
      ? undefined
      : setTimeout(() => {
          raw.off('close', lost);
          then.resume();
        }, ms);
  raw.once('close', lost);
}
