import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server on the loopback does with the next request. */
export type Behaviour = (response: ServerResponse, body: string) => void;

/** Promises a long body and dies in the middle of it. */
export const cutInMidBody: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '10000' });
  response.write('{"results":[', () => response.socket?.destroy());
};
/** Takes the request and dies before it answers. */
export const cutBeforeAnswer: Behaviour = (response) => void response.socket?.destroy();
export const neverAnswers: Behaviour = () => {};
/** Begins to answer, and never ends. */
export const neverEnds: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"results":[');
};

/** Begins to answer at once, and ends after so many milliseconds. */
export function endsLate(ms: number): Behaviour {
  return (response) => {
    response.writeHead(200);
    response.write('{', () => setTimeout(() => response.end('}'), ms));
  };
}

export function answers(status: number, body: unknown, headers: Record<string, string> = {}): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json;charset=utf-8', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/**
 * A server that follows a script, one behaviour per request, the last one for ever. What is served `always` is no part of the
 * script, nor of `requests`.
 */
export class TroubleServer {
  readonly requests: {
    readonly method: string;
    readonly url: string;
    readonly authorization: string;
    readonly body: string;
  }[] = [];
  mostSockets = 0;
  readonly #script: Behaviour[];
  readonly #always: { readonly path: string; readonly behave: Behaviour }[] = [];
  #sockets = 0;
  readonly #server;

  constructor(...script: Behaviour[]) {
    this.#script = script;
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => {
        body += part.toString();
      });
      request.on('end', () => {
        const always = this.#always.find(({ path }) => request.url?.includes(path));
        if (always !== undefined) return always.behave(response, body);
        this.requests.push({
          method: request.method ?? '',
          url: request.url ?? '',
          authorization: request.headers.authorization ?? '',
          body,
        });
        const behave = this.#script.length > 1 ? this.#script.shift() : this.#script[0];
        behave?.(response, body);
      });
    });
    this.#server.on('connection', (socket) => {
      this.#sockets += 1;
      this.mostSockets = Math.max(this.mostSockets, this.#sockets);
      socket.on('close', () => {
        this.#sockets -= 1;
      });
    });
  }

  always(path: string, behave: Behaviour): this {
    this.#always.push({ path, behave });
    return this;
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
