/** Any JSON object, read by a test that knows what it expects. */
export type Json = Record<string, unknown>;

/** An HTTP answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever members it asserts on
  readonly body: any;
}

/**
 * Makes a function that calls an HTTP address with JSON and reads the answer, with a limit in milliseconds where it is
 * given one.
 */
export function jsonCaller() {
  return async (
    url: string,
    method: string,
    body?: unknown,
    headers: Record<string, string> = {},
    limitMs?: number,
  ): Promise<Answer> => {
    const response = await fetch(url, {
      method,
      ...(limitMs !== undefined && { signal: AbortSignal.timeout(limitMs) }),
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? null : read(text) };
  };
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
