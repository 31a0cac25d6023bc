/** One input that the server refused, with where it stood in the request. */
export interface FieldProblem {
  location: string;
  message: string;
}

/**
 * What went wrong with a call, as RFC 9457 tells it. `code` is one of the
 * server's own (invalid, not-found …), or "offline" when no answer came.
 */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly fields: readonly FieldProblem[] = [],
  ) {
    super(detail || code);
  }
}

/** Reads a response that is no success. It never fails: a proxy may answer with HTML. */
export async function readProblem(response: Response): Promise<Problem> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  const known = isRecord(body) ? body : {};
  return new Problem(response.status, text(known.code) || codeOf(response.status), text(known.detail), fieldProblems(known.errors));
}

/** Makes a Problem of whatever was thrown: without an answer, fetch throws a TypeError. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError) return new Problem(0, 'offline', '');
  return new Problem(0, 'internal', error instanceof Error ? error.message : '');
}

function codeOf(status: number): string {
  switch (status) {
    case 400:
    case 422:
      return 'invalid';
    case 401:
      return 'unauthorised';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    case 413:
    case 429:
      return 'limit-reached';
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return 'internal';
  }
}

function fieldProblems(errors: unknown): FieldProblem[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isRecord).map((e) => ({ location: text(e.location), message: text(e.message) }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
