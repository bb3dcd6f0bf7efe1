import { createServer } from "node:http";
import { pause } from "@caravela/platform/timer";
import { Webhook } from "standardwebhooks";
import type { Dice } from "../../simulation/dice.ts";
import { listen } from "../../tests/support/shop.ts";

/** What a shop keeps of an event. */
export interface Told {
  readonly id: string;
  readonly type: string;
  /** The payment, or else the authorised payment, that it tells of. */
  readonly subject: string;
  readonly sequence: number;
  /** Of its payment, where it tells of one. */
  readonly status: string | null;
  readonly amountCaptured: number;
  readonly amountRefunded: number;
}

/** How often it goes wrong, of all events: each between 0 and 1. */
export interface Weakness {
  /** Answers with 500, and takes nothing. */
  readonly fails: number;
  /** Says nothing for longer than anybody waits. */
  readonly hangs: number;
  /** Takes it, and falls over before it has said so. */
  readonly fallsOver: number;
}

/** A shop that is told of payments. */
export interface Shop {
  readonly port: number;
  /** What it was told, in the order in which it took it. */
  readonly told: Told[];
  /** What its events are signed with; null: not known yet. */
  secret: string | null;
  /** How weak it is; nothing goes wrong unless it is set. */
  weakness: Weakness;
  /** Resolves when it was told that a payment is paid; false: not within that time. */
  toldPaid(payment: string, limitMs: number): Promise<boolean>;
  close(): Promise<void>;
}

export const STRONG: Weakness = { fails: 0, hangs: 0, fallsOver: 0 };

/** Longer than a server waits for a shop, in milliseconds. */
const HANGS_FOR_MS = 12_000;

/** Opens a shop on a free port. */
export async function openShop(dice: Dice): Promise<Shop> {
  const waiting = new Map<string, () => void>();
  const paid = new Set<string>();
  const http = createServer(async (request, response) => {
    const text = Buffer.concat(await Array.fromAsync(request)).toString("utf8");
    const { fails, hangs, fallsOver } = shop.weakness;
    if (dice.happens(fails)) return void response.writeHead(500).end();
    if (dice.happens(hangs)) await pause(HANGS_FOR_MS);
    try {
      const event = new Webhook(shop.secret ?? "").verify(text, request.headers as Record<string, string>);
      const one = keep(event as Record<string, unknown>);
      shop.told.push(one);
      if (one.type === "payment.paid") {
        paid.add(one.subject);
        waiting.get(one.subject)?.();
      }
    } catch {
      return void response.writeHead(401).end();
    }
    if (dice.happens(fallsOver)) return void request.socket.destroy();
    response.writeHead(204).end();
  });
  const url = await listen(http);
  const shop: Shop = {
    port: Number(new URL(url).port),
    told: [],
    secret: null,
    weakness: STRONG,
    toldPaid: (payment, limitMs) =>
      new Promise((resolve) => {
        if (paid.has(payment)) return resolve(true);
        const limit = setTimeout(() => resolve(false), limitMs);
        waiting.set(payment, () => {
          clearTimeout(limit);
          waiting.delete(payment);
          resolve(true);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return shop;
}

function keep(event: Record<string, unknown>): Told {
  const data = event.data as Record<string, Record<string, unknown> | undefined>;
  const { payment, mandate } = data;
  return {
    id: String(event.id),
    type: String(event.type),
    subject: String(payment?.id ?? mandate?.id),
    sequence: Number(event.sequence),
    status: payment === undefined ? null : String(payment.status),
    amountCaptured: Number(payment?.amountCaptured ?? 0),
    amountRefunded: Number(payment?.amountRefunded ?? 0),
  };
}
