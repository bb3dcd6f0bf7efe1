import type { Json, TestGateway } from "./gateway.ts";

/** A mandate's creation, where it differs from the usual one. */
export interface MandateWishes {
  readonly phone?: string;
  readonly type?: "SUBSCRIPTION" | "ONECLICK";
  readonly description?: string;
  readonly merchantTransactionId?: string;
}

/** Asks a phone for a mandate as reference 6.1 has it, and gives SIBS's answer. */
export async function askForMandate(gateway: TestGateway, wishes: MandateWishes = {}): Promise<Json> {
  const { phone = "351#919999999", type = "SUBSCRIPTION", merchantTransactionId = "mandate-1" } = wishes;
  const { status, body, text } = await gateway.spg("/mbway-mandates/creation", {
    body: {
      merchant: {
        terminalId: 52221,
        channel: "web",
        merchantTransactionId,
        transactionDescription: wishes.description ?? "Coffee each month",
      },
      mandate: { mandateType: type, aliasMBWAY: phone, customerName: "Jane Doe" },
    },
  });
  if (status !== 200) throw new Error(`a mandate was refused: ${text}`);
  return body;
}
