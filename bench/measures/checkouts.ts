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
export async function checkoutsWith(house: House, stored: number, { seconds }: Extent): Promise<Load> {
  const { terminals } = await house.gateway.json<{ terminals: Terminal[] }>("GET", "/sandbox/terminals");
  const [terminal] = terminals;
  if (terminal === undefined) throw new Error("the gateway has no terminal");
  await house.gateway.json("POST", "/sandbox/reset");
  await inFlight(WIDTH, { count: stored, seconds: 60 }, (place) => checkout(house, terminal, place));
  const bound = { count: stored, seconds: seconds / 2 };
  return inFlight(WIDTH, bound, (place) => checkout(house, terminal, stored + place));
}

async function checkout({ gateway }: House, { token, clientId, terminalId }: Terminal, place: number): Promise<void> {
  const amount = { value: 5.5, currency: "EUR" };
  const message = {
    merchant: { terminalId: Number(terminalId), channel: "web", merchantTransactionId: `bench-${place}` },
    transaction: {
      transactionTimestamp: "2026-07-01T09:00:00.000Z",
      description: "Two mugs",
      moto: false,
      paymentType: "PURS",
      amount,
      paymentMethod: ["MBWAY"],
    },
  };
  await gateway.json(
    "POST",
    "/api/v2/payments",
    message,
    `Authorization: Bearer ${token}\r\nX-IBM-Client-Id: ${clientId}\r\n`,
  );
}
