import { connect } from "node:net";

/** What came back. */
export interface RawlyAnswered {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Sends these bytes to the letter, as no client would, and reads until the connection ends: ask for `connection:
 * close`.
 */
export function rawRequest(url: string, text: string): Promise<RawlyAnswered> {
  const { promise, resolve, reject } = Promise.withResolvers<RawlyAnswered>();
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname, () => socket.write(text, "latin1"));
  let answer = "";
  socket.setEncoding("utf8").on("data", (part) => {
    answer += part;
  });
  socket.on("error", reject).on("close", () => {
    const [head = "", ...rest] = answer.split("\r\n\r\n");
    const type = /^content-type: *(.*)$/im.exec(head)?.[1] ?? "";
    resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), type: type.trim(), body: rest.join("\r\n\r\n") });
  });
  return promise;
}

/** A request whose path, method and headers may be such that no client sends them. */
export function spelt(method: string, path: string, headers: readonly string[] = [], body = ""): string {
  const length = body === "" ? [] : [`content-length: ${body.length}`];
  return [`${method} ${path} HTTP/1.1`, "host: x", "connection: close", ...length, ...headers, "", body].join("\r\n");
}
