import { afterEach, vi } from 'vitest';

/** One call that the interface made. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

type Answer = unknown | ((call: Call) => unknown);

/** An answer that is no success. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

/**
 * Stands for the server: answers by "METHOD /path" and keeps the calls. What is
 * not in the table is 404, as it would be.
 */
export function serve(answers: Record<string, Answer>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    const call = { method: request.method, path: url.pathname, query: url.searchParams, body: await bodyOf(request) };
    calls.push(call);
    const answer = answers[`${call.method} ${call.path.replace('/api/v1', '')}`];
    const given = typeof answer === 'function' ? (answer as (call: Call) => unknown)(call) : answer;
    if (given === undefined) return json(404, { status: 404, code: 'not-found', detail: `nothing at ${call.path}` });
    if (given instanceof Refusal) return json(given.status, given.body);
    return given === null ? new Response(null, { status: 204 }) : json(200, given);
  });
  return calls;
}

/** What was sent; of a form only that it was one: Node cannot read a file of jsdom's. */
async function bodyOf(request: Request): Promise<unknown> {
  if (request.headers.get('Content-Type')?.startsWith('multipart/form-data')) return 'a form';
  const text = await request.text();
  return text ? (JSON.parse(text) as unknown) : undefined;
}

function json(status: number, body: unknown): Response {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'Content-Type': type } });
}

afterEach(() => {
  vi.unstubAllGlobals();
});
