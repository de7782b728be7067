import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from './faults.ts';

export type BrokenAnswer = { status: number; headers: Record<string, string>; text: string };

/** What a gateway in front of a CRM says in the CRM's place. */
export function otherAnswer(fault: Extract<Fault, { kind: 'status' | 'html' }>): BrokenAnswer {
  if (fault.kind === 'html') {
    return {
      status: fault.status,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      text: errorPage(fault.status),
    };
  }
  const written = fault.text !== undefined;
  const text = fault.text ?? (fault.body === undefined ? '' : JSON.stringify(fault.body));
  const usual = written || text === '' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  const contentType = fault.contentType === undefined ? usual : fault.contentType;
  return {
    status: fault.status,
    headers: { ...(contentType === null ? {} : { 'content-type': contentType }), ...fault.headers },
    text,
  };
}

/** Resets the connection without an answer and without running the handler. */
export function cutBefore(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
}

/**
 * Sends the headers with the full length and half of the body, then ends the connection. The end is no reset: a reset
 * lets the peer drop what it has not read yet, and the client must have seen that its request was answered.
 */
export function cutInBody(reply: FastifyReply, payload: unknown): void {
  reply.hijack();
  const { raw } = reply;
  const body = bytesOf(payload);
  if (body.length === 0) {
    raw.socket?.destroy();
    return;
  }
  raw.writeHead(reply.statusCode, { ...headersOf(reply), 'content-length': String(body.length) });
  raw.write(body.subarray(0, Math.floor(body.length / 2)), () => raw.socket?.destroy());
}

/** Half of a successful JSON answer, framed as if it were whole; any other answer stays as it is. */
export function truncatedBody(reply: FastifyReply, payload: unknown): unknown {
  const isJson = String(reply.getHeader('content-type') ?? '').includes('json');
  if (reply.statusCode >= 300 || !isJson) return payload;
  const body = bytesOf(payload);
  return body.subarray(0, Math.floor(body.length / 2));
}

function bytesOf(payload: unknown): Buffer {
  if (typeof payload === 'string') return Buffer.from(payload);
  return Buffer.isBuffer(payload) ? payload : Buffer.alloc(0);
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const entries = Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function errorPage(status: number): string {
  return [
    '<!DOCTYPE html>',
    `<html><head><title>${status}</title></head>`,
    `<body><h1>${status}</h1><p>The service is temporarily unavailable.</p></body></html>`,
  ].join('\n');
}
