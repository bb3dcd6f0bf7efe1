import type { Extent } from "../extent.ts";
import type { House } from "../house.ts";
import { inFlight, type Load } from "../load.ts";

const WIDTH = 32;

interface Terminal {
  readonly token: string;
  readonly clientId: string;
  readonly terminalId: string;
}

/**
 * Checkouts that the gateway alone takes, with so many transactions stored before: the cost must not grow with them.
 */
export async function checkoutsWith(house: House, stored: number, extent: Extent): Promise<Load> {
  const terminal = await terminalOf(house);
  await house.gateway.json("POST", "/sandbox/reset");
  await inFlight(WIDTH, { count: stored, seconds: 60 }, async (place) => void (await checkout(house, terminal, place)));
  return checkouts(house, { count: stored, first: stored }, extent);
}

/** Checkouts that the gateway alone takes, with whatever is stored. */
export async function checkouts(
  house: House,
  { count, first }: { count: number; first: number },
  { seconds }: Extent,
): Promise<Load> {
  const terminal = await terminalOf(house);
  const bound = { count, seconds: seconds / 2 };
  return inFlight(WIDTH, bound, async (place) => void (await checkout(house, terminal, first + place)));
}

/** Status answers of the gateway, about a thousand transactions in turn. */
export async function statuses(house: House, { seconds }: Extent): Promise<Load> {
  const terminal = await terminalOf(house);
  const ids: string[] = [];
  await inFlight(WIDTH, { count: 1_000, seconds: 60 }, async (place) => {
    ids.push(await checkout(house, terminal, place));
  });
  const bound = { count: Number.POSITIVE_INFINITY, seconds: seconds / 2 };
  return inFlight(WIDTH, bound, async (place) => {
    const path = `/api/v2/payments/${ids[place % ids.length]}/status`;
    await house.gateway.json("GET", path, undefined, credentials(terminal));
  });
}

async function terminalOf({ gateway }: House): Promise<Terminal> {
  const { terminals } = await gateway.json<{ terminals: Terminal[] }>("GET", "/sandbox/terminals");
  const [terminal] = terminals;
  if (terminal === undefined) throw new Error("the gateway has no terminal");
  return terminal;
}

function credentials({ token, clientId }: Terminal): string {
  return `Authorization: Bearer ${token}\r\nX-IBM-Client-Id: ${clientId}\r\n`;
}

/** Makes a checkout, and gives its transaction. */
async function checkout({ gateway }: House, terminal: Terminal, place: number): Promise<string> {
  const amount = { value: 5.5, currency: "EUR" };
  const message = {
    merchant: { terminalId: Number(terminal.terminalId), channel: "web", merchantTransactionId: `bench-${place}` },
    transaction: {
      transactionTimestamp: "2026-07-01T09:00:00.000Z",
      description: "Two mugs",
      moto: false,
      paymentType: "PURS",
      amount,
      paymentMethod: ["MBWAY"],
    },
  };
  const path = "/api/v2/payments";
  const made = await gateway.json<{ transactionID: string }>("POST", path, message, credentials(terminal));
  return made.transactionID;
}
