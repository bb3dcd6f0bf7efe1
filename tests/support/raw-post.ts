import { request } from "node:http";

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly location: string | null;
  readonly text: string;
}

/** Posts with exactly these headers (name, value, name, value …), also those that `fetch` would put right. */
export function rawPost(url: string, headers: readonly string[], body: string): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const named = headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === "host");
  const all = [
    ...(named ? [] : ["Host", new URL(url).host]),
    ...headers,
    "Content-Length",
    String(Buffer.byteLength(body)),
  ];
  const sent = request(url, { method: "POST", headers: all }, async (answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    resolve({
      status: answer.statusCode ?? 0,
      type: answer.headers["content-type"] ?? "",
      location: answer.headers.location ?? null,
      text: Buffer.concat(chunks).toString(),
    });
  });
  sent.on("error", reject);
  sent.end(body);
  return promise;
}
