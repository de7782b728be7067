type Answer = { status: number; body: unknown };

export type CallControl = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** Asks the control API of a sandbox as another process would. */
export function callControl(url: () => string): CallControl {
  return async (method, path, body) => {
    const answer = await fetch(url() + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
}
