import { z } from 'zod';

/** What HubSpot holds against one record or one request, in one shape for all the shapes it comes in. */
export type Complaint = {
  /** HubSpot's own code, the most specific one; `CONFLICT` for a value that another record holds, however it is said. */
  readonly code: string;
  readonly message: string;
  /** HubSpot's finer word for some kinds of refusal: `crm.associations.NO_ASSOCIATIONS_FOUND`. */
  readonly subCategory?: string;
  /** The properties it is about. */
  readonly fields: readonly string[];
  /** The records it is about, by id or by the trace id that we sent along. */
  readonly ids: readonly string[];
  readonly traceIds: readonly string[];
  /** The record that already holds the value. */
  readonly holder?: string;
  /** The value that is already taken, where the text tells. */
  readonly taken?: string;
};

/** A whole answer of HubSpot that says no: a 4xx about the request itself. Nothing was written. */
export class Refusal extends Error {
  readonly status: number;
  readonly complaint: Complaint;

  constructor(what: string, status: number, complaint: Complaint) {
    super(`${what}: ${status} ${complaint.code}: ${complaint.message}`);
    this.status = status;
    this.complaint = complaint;
  }
}

const Words = z.array(z.coerce.string()).catch([]);
const Context = z.record(z.string(), Words).catch({});
const Detail = z.object({
  code: z.string().optional().catch(undefined),
  message: z.string().catch(''),
  context: Context,
});
const Body = z.object({
  message: z.string().catch(''),
  category: z.string().optional().catch(undefined),
  subCategory: z.string().optional().catch(undefined),
  policyName: z.string().optional().catch(undefined),
  context: Context,
  errors: z.array(Detail).catch([]),
});

const EXISTS = /already exists(?:\. Existing ID: (\d+))?/i;
const HELD = /propertyName=(\w+), value=(.*?)\} on \d+\. (\d+) already has that value/;
/** Where the context of a complaint names records. */
const ABOUT_RECORDS = ['ids', 'id', 'fromObjectId', 'objectId'];
const EMBEDDED = z.array(z.object({ error: z.string().optional(), name: z.string().optional() }));

/**
 * Reads an error body, or one entry of a 207's `errors`. Never throws: whatever is missing is simply not told.
 *
 * The same thing is said in several ways: property faults stand in `errors[]` and again as JSON inside the message, and the
 * holder of an e-mail is named in `context.existingId`, in "Existing ID: 6001", or after "on <new>. <holder> already has".
 */
export function complaintIn(body: unknown, status: number): Complaint {
  const { message, category, subCategory, context, errors } = Body.catch(EMPTY).parse(body);
  const embedded = embeddedIn(message);
  const held = HELD.exec(message);
  const exists = EXISTS.exec(message);
  const holder = context['existingId']?.[0] ?? held?.[3] ?? exists?.[1];
  const conflict = category === 'CONFLICT' || held !== null;
  const named = [
    ...errors.flatMap((error) => error.context['propertyName'] ?? []),
    ...embedded.flatMap(({ name }) => name ?? []),
  ];
  const guessed = held?.[1] ?? (conflict && exists !== null ? 'email' : undefined);
  const specific =
    errors.find(({ code }) => code !== undefined)?.code ?? embedded.find(({ error }) => error !== undefined)?.error;
  return {
    code: conflict ? 'CONFLICT' : (specific ?? category ?? `HTTP_${status}`),
    message: message === '' ? `HubSpot answered ${status}` : message,
    fields: [...new Set(guessed === undefined ? named : [...named, guessed])],
    ids: ABOUT_RECORDS.flatMap((name) => context[name] ?? []),
    traceIds: context['objectWriteTraceId'] ?? [],
    ...(subCategory === undefined ? {} : { subCategory }),
    ...(holder === undefined ? {} : { holder }),
    ...(held?.[2] === undefined ? {} : { taken: held[2] }),
  };
}

/** Which allowance a 429 says is spent. */
export function policyIn(body: unknown): 'daily' | 'secondly' | 'ten-secondly' {
  const { policyName, message } = Body.catch(EMPTY).parse(body);
  const words = `${policyName ?? ''} ${message}`.toLowerCase();
  if (words.includes('daily')) return 'daily';
  return words.includes('ten_secondly') || !words.includes('secondly') ? 'ten-secondly' : 'secondly';
}

const EMPTY = {
  message: '',
  category: undefined,
  subCategory: undefined,
  policyName: undefined,
  context: {},
  errors: [],
};

function embeddedIn(message: string): z.infer<typeof EMBEDDED> {
  const at = message.indexOf('[{');
  if (at < 0) return [];
  try {
    return EMBEDDED.catch([]).parse(JSON.parse(message.slice(at, message.lastIndexOf(']') + 1)));
  } catch {
    return [];
  }
}
