type ErrorDetail = { message: string; code?: string; context?: Record<string, string[]> };

export type ErrorBody = {
  status: 'error';
  message: string;
  category?: string;
  subCategory?: string;
  context?: Record<string, string[]>;
  errors?: ErrorDetail[];
  links?: Record<string, string>;
  errorType?: string;
  policyName?: string;
};

/** An answer other than success, with HubSpot's words. The server adds the correlation id. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: Omit<ErrorBody, 'status'>) {
    // An answer and no mistake: nobody asks where it was made, and finding out costs more than the answer.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(body.message);
    Error.stackTraceLimit = stackTraceLimit;
    this.status = status;
    this.body = { status: 'error', ...body };
  }
}

export function invalid(message: string, more: Partial<ErrorBody> = {}): Refusal {
  return new Refusal(400, { message, ...more, category: 'VALIDATION_ERROR' });
}

/** The plain 404 of a numeric id; it carries no category. */
export function resourceNotFound(): Refusal {
  return new Refusal(404, { message: 'resource not found' });
}

/** The 404 of an id that cannot be one. The two spaces are HubSpot's. */
export function notAnObjectId(id: string): Refusal {
  return new Refusal(404, {
    message: 'Object not found.  objectId are usually numeric.',
    category: 'OBJECT_NOT_FOUND',
    context: { id: [id] },
  });
}

export type PropertyProblem = { name: string; error: string; message: string };

/** One 400 for all unacceptable values of a request: the message embeds JSON, `errors` says it again. */
export function invalidValues(problems: readonly PropertyProblem[]): Refusal {
  const embedded = problems.map(({ name, error, message }) => ({ isValid: false, message, error, name }));
  return invalid(`Property values were not valid: ${JSON.stringify(embedded)}`, {
    errors: problems.map(({ name, error, message }) => ({
      message,
      code: error,
      context: { propertyName: [name] },
    })),
  });
}

export function rateLimited(policy: 'DAILY' | 'TEN_SECONDLY_ROLLING' | 'SECONDLY'): Refusal {
  return new Refusal(429, {
    message: `You have reached your ${policy.toLowerCase()} limit.`,
    errorType: 'RATE_LIMIT',
    policyName: policy,
  });
}

/** What the sandbox does not imitate says so, and says where it would go: a silent success would be worse than none. */
export function notEmulated(route: string, place: string): Refusal {
  return new Refusal(501, {
    message: `The HubSpot sandbox does not emulate ${route}. Nothing was done. Add it in src/sandbox/hubspot/${place}.`,
    category: 'NOT_EMULATED',
  });
}
