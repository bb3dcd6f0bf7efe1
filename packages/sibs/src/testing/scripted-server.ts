import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a server answers one request; nothing, when it does not end the response. */
export type Step = (response: ServerResponse, request: IncomingMessage) => void;

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/**
 * A real HTTP server on this machine that follows a script: one step for each request, the last one for all that
 * follow.
 */
export interface ScriptedServer {
  readonly url: string;
  readonly arrived: readonly Arrived[];
  close(): Promise<void>;
}

/** Starts a server that follows the steps. */
export async function scriptedServer(...steps: readonly Step[]): Promise<ScriptedServer> {
  const arrived: Arrived[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url = "", headers } = request;
    arrived.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    steps[Math.min(arrived.length, steps.length) - 1]?.(response, request);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v2`,
    arrived,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Answers with JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Step {
  return text(status, JSON.stringify(body), { "Content-Type": "application/json", ...headers });
}

/** Answers with any text. */
export function text(status: number, body: string, headers: Record<string, string> = {}): Step {
  return (response) => response.writeHead(status, headers).end(body);
}

/** SIBS's body where it refuses with this code. */
export function refusal(statusCode: string, statusDescription = "") {
  return { returnStatus: { statusCode, statusMsg: "Error", statusDescription } };
}

/** What a gateway in front of SIBS answers when SIBS does not. */
export function html(status: number): Step {
  return text(status, "<html><body><h1>Sorry</h1></body></html>", { "Content-Type": "text/html" });
}

/** Takes the request and drops the connection. */
export const reset: Step = (_, request) => request.socket.resetAndDestroy();

/** Takes the request and never answers. */
export const silence: Step = () => undefined;

/** Begins an answer and never ends it. */
export const stall: Step = (response) => response.writeHead(200, { "Content-Length": "1000" }).write('{"half":');

/** Begins an answer and drops the connection. */
export const cut: Step = (response, request) => {
  response.writeHead(200, { "Content-Length": "1000" }).write('{"half":');
  setImmediate(() => request.socket.destroy());
};

/** SIBS's own way to say that it did nothing and may be asked again. */
export const temporary: Step = json(503, refusal("T9999", "Temporary condition"), { "Retry-After": "0" });
