import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { listen, type ReceivedEvent } from "../support/shop.ts";
import type { Stage } from "../support/stage.ts";

/** One delivery as it arrived. */
export interface Arrival {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: ReceivedEvent & { readonly timestamp: string };
}

/** An endpoint of a shop, whose every answer a test decides. */
export interface Receiver {
  readonly id: string;
  readonly url: string;
  readonly arrivals: Arrival[];
  /** Answers a delivery; 204 unless a test says otherwise. */
  answer: (arrival: Arrival, response: ServerResponse) => void;
  /** Whether a delivery's signature is that of the endpoint's secret. */
  verifies(arrival: Arrival): boolean;
  /** What arrived of one payment, as `type` words. */
  typesOf(payment: string): string[];
  close(): Promise<void>;
}

export const answerWith = (status: number) => (_: Arrival, response: ServerResponse) =>
  void response.writeHead(status).end();

/** Opens an endpoint and tells the server of it. */
export async function openReceiver(stage: Stage, more: object = {}): Promise<Receiver> {
  const http = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request)).toString("utf8");
    const arrival = { headers: request.headers, body, event: JSON.parse(body) };
    receiver.arrivals.push(arrival);
    receiver.answer(arrival, response);
  });
  const url = await listen(http);
  const { body: endpoint } = await stage.api("POST", "/v1/event-endpoints", { url, ...more });
  const receiver: Receiver = {
    id: endpoint.id,
    url,
    arrivals: [],
    answer: answerWith(204),
    verifies: ({ headers, body }) => {
      try {
        return new Webhook(endpoint.secret).verify(body, headers as Record<string, string>) !== undefined;
      } catch {
        return false;
      }
    },
    typesOf: (payment) =>
      receiver.arrivals
        .map(({ event }) => event)
        .filter(({ data }) => data.payment.id === payment)
        .map(({ type }) => type),
    close: async () => {
      await stage.api("DELETE", `/v1/event-endpoints/${endpoint.id}`);
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return receiver;
}
