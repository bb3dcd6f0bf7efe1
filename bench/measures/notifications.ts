import { sealNotification } from "@caravela/sibs/notification";
import pg from "pg";
import type { Extent } from "../extent.ts";
import type { House } from "../house.ts";
import { atRate, inFlight, type Load } from "../load.ts";

const WIDTH = 64;

interface Sealed {
  readonly body: string;
  readonly headers: string;
}

/** Notifications sealed beforehand, each of its own id, about transactions that the server does not know. */
export async function sealMany({ gateway }: House, count: number): Promise<Sealed[]> {
  const { terminals } = await gateway.json<{ terminals: { webhook: { secret: string } }[] }>(
    "GET",
    "/sandbox/terminals",
  );
  const secret = terminals[0]?.webhook.secret ?? "";
  const sealed: Sealed[] = [];
  for (let place = 0; place < count; place += 1) {
    const { body, headers } = await sealNotification(JSON.stringify(notice(place)), secret);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    sealed.push({ body, headers: lines.join("") });
  }
  return sealed;
}

/** How many a second are opened, made durable and acknowledged. */
export function notificationsInFlight(house: House, sealed: readonly Sealed[], { seconds }: Extent): Promise<Load> {
  return inFlight(WIDTH, { count: sealed.length, seconds }, (place) => take(house, sealed[place]));
}

/** The same at a steady rate. */
export function notificationsAtRate(house: House, rate: number, sealed: readonly Sealed[], { seconds }: Extent) {
  const bound = { count: sealed.length, seconds: seconds / 2 };
  return atRate(rate, bound, (place): Promise<void> => take(house, sealed[place])) satisfies Promise<Load>;
}

/**
 * What was notified is of nothing that the server knows: it looks at it again after a minute, and after ten. It is not
 * to do so beside what is measured next.
 */
export async function forgetNotifications({ databaseUrl }: House): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("update caravela.notification set due_at = null where subject_id is null and due_at is not null");
  await client.end();
}

async function take({ server }: House, sealed: Sealed | undefined): Promise<void> {
  if (sealed === undefined) return;
  const { status, body } = await server.send("POST", "/notifications/sibs", sealed.body, sealed.headers);
  if (status !== 200) throw new Error(`a notification was answered ${status}: ${body}`);
}

function notice(place: number) {
  const id = `s2${String(place).padStart(18, "0")}`;
  return {
    returnStatus: { statusMsg: "Success", statusCode: "000" },
    paymentStatus: "Success",
    paymentMethod: "MBWAY",
    transactionID: id,
    paymentType: "PURS",
    transactionDateTime: "2026-07-01T10:00:00+01:00",
    amount: { currency: "EUR", value: 5.5 },
    merchant: { transactionId: `bench-${place}`, terminalId: 52221, merchantName: "Caravela", inApp: "false" },
    token: { tokenType: "MobilePhone", value: "351#919999999" },
    internalTransactionId: "S13039300290071S",
    notificationID: crypto.randomUUID(),
  };
}
