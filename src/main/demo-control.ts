import type { SandboxUrls } from './sandbox-process.ts';

export type Row = Readonly<Record<string, unknown>>;

/** The sandbox's remote control: what visitors, reps and the clock do goes through here, never through the APIs that Tasuki uses. */
export type Control = {
  ask(path: string): Promise<unknown>;
  /** What the sandbox answers; nothing where it answers nothing. */
  tell(path: string, body: unknown): Promise<unknown>;
  /** Every record of an object, such as `salesforce/Lead`. */
  state(path: string): Promise<readonly Row[]>;
};

export function controlOf({ control }: Pick<SandboxUrls, 'control'>): Control {
  const ask = async (path: string): Promise<unknown> => (await checked(await fetch(`${control}${path}`))).json();
  return {
    ask,
    async tell(path, body) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${control}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      const text = await (await checked(response)).text();
      return text === '' ? undefined : JSON.parse(text);
    },
    state: async (path) => rowsOf(await ask(`/state/${path}`)),
  };
}

/** The values of a record of HubSpot. */
export function propertiesOf(row: Row): Row {
  return (row['properties'] ?? row) as Row;
}

function rowsOf(answer: unknown): readonly Row[] {
  return (Array.isArray(answer) ? answer : ((answer as { records?: unknown }).records ?? [])) as readonly Row[];
}

async function checked(response: Response): Promise<Response> {
  if (!response.ok)
    throw new Error(`The sandbox's control answered ${response.status} to ${response.url}: ${await response.text()}`);
  return response;
}
