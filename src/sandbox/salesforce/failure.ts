/** What Salesforce says when it refuses: one record's trouble (`RowFault`) or a whole request's (`ApiFailure`). */

export type ApiError = { message: string; errorCode: string; fields?: readonly string[]; [extra: string]: unknown };

/** Ends the request with this status and this JSON array: errors, or the URLs of several matches. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly errors: readonly (ApiError | string)[];

  constructor(status: number, errors: readonly (ApiError | string)[]) {
    const [first] = errors;
    super(typeof first === 'object' ? first.message : `status ${status}`);
    this.status = status;
    this.errors = errors;
  }
}

export function refuse(status: number, errorCode: string, message: string): ApiFailure {
  return new ApiFailure(status, [{ message, errorCode }]);
}

export function notFound(): ApiFailure {
  return new ApiFailure(404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
}

/**
 * One record was refused. A single-record endpoint answers it with a status and `errorCode`; a collection answers
 * 200 and puts it in the record's slot under `statusCode`. The same fault serves both.
 */
export class RowFault extends Error {
  readonly code: string;
  readonly fields: readonly string[];
  readonly extra: Record<string, unknown>;

  constructor(code: string, message: string, fields: readonly string[] = [], extra: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.fields = fields;
    this.extra = extra;
  }
}

const STATUS: Record<string, number> = { NOT_FOUND: 404, ENTITY_IS_DELETED: 404, INSUFFICIENT_ACCESS_OR_READONLY: 403 };

export function asApiFailure(fault: RowFault): ApiFailure {
  const error = { ...fault.extra, message: fault.message, errorCode: fault.code };
  const bare = fault.code === 'INVALID_FIELD' || fault.code === 'NOT_FOUND' || 'duplicateResut' in fault.extra;
  return new ApiFailure(STATUS[fault.code] ?? 400, [bare ? error : { ...error, fields: fault.fields }]);
}

/** Loud by design: a silent success here would let a wrong connector pass. */
export function notEmulated(what: string, where: string): ApiFailure {
  return refuse(501, 'NOT_EMULATED', `The Salesforce sandbox does not emulate ${what}. Add it in ${where}.`);
}
