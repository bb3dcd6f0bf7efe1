import { randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { openNotification } from "@caravela/sibs/notification";
import type { Json } from "./gateway.ts";

/** A request that the merchant's address got. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** What it says; null when it could not be opened. */
  readonly notice: Json;
}

/** How a merchant answers: HTTP status and body. */
export type Answers = (notice: Json) => { status: number; body: string } | Promise<{ status: number; body: string }>;

/** The answer that SIBS wants. */
export const acknowledging: Answers = (notice) => ({
  status: notice === null ? 400 : 200,
  body: JSON.stringify({ statusCode: "200", statusMsg: "Success", notificationID: notice?.notificationID ?? null }),
});

/** A merchant's address for notifications, which keeps what it gets and answers as it is told. */
export async function testReceiver() {
  const secret = randomBytes(32).toString("base64");
  const received: Received[] = [];
  let answers = acknowledging;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const opened = await openNotification({ body, headers: request.headers, secrets: secret }).catch(() => null);
    const notice = opened?.body ?? null;
    received.push({ headers: request.headers, body, notice });
    const answer = await answers(notice);
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sibs`;
  return {
    webhook: { url, secret },
    received,
    /** What was said, in the order of arrival. */
    notices: (): Json[] => received.map(({ notice }) => notice),
    answerWith(next: Answers) {
      answers = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A merchant's address for notifications. */
export type TestReceiver = Awaited<ReturnType<typeof testReceiver>>;
