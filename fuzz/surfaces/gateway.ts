import { CUSTOMER, cardBody, checkoutBody, operationBody } from "../../packages/gateway/testing/gateway.ts";
import { creationBody } from "../../packages/gateway/testing/mandates.ts";
import { treeOf } from "../inputs/tree.ts";
import type { Asked, Input } from "../request.ts";
import { CARD_NUMBERS } from "../world/lives.ts";
import { inputOf, type Makings, type Surface } from "./surface.ts";

const PREFIXES = ["/api/v2", "/sibs/spg/v2"];

/** A call of SIBS's API: its address, and what it is sent; null: nothing. */
type Call = readonly [method: "GET" | "POST", path: string, body: unknown];

/** SIBS's API, as the gateway serves it. */
export class GatewaySurface implements Surface {
  readonly #makings: Makings;

  constructor(makings: Makings) {
    this.#makings = makings;
  }

  next(): Input {
    const { dice, things, values } = this.#makings;
    const transaction = dice.weighed<() => string>([
      [16, () => dice.pick(things.transactions)],
      [1, () => "s2AAAAAAAAAAAAAAAAAA"],
      [1, () => encodeURIComponent(values.text().toWellFormed())],
    ])();
    const [method, path, body] = dice.pick(this.#calls(transaction));
    const isDigest = /purchase|generate|status/.test(path) && dice.happens(0.85);
    const asked: Asked = {
      program: "gateway",
      method,
      target: `${dice.pick(PREFIXES)}${path}`,
      headers: isDigest ? this.#digest() : this.#bearer(),
      body: null,
      story: `${method} ${path.replace(transaction, "{transactionID}")}`,
    };
    return inputOf(
      { asked, body: body === null ? null : treeOf(body), parameters: ["merchantTransactionId"] },
      this.#makings,
      { body: 50 },
    );
  }

  #calls(id: string): Call[] {
    const { dice, values, things } = this.#makings;
    const now = new Date(values.inDays(dice.pick([0, 0, 0, 1, -1, 400])));
    const amount = dice.pick([5.5, 0.01, 0, -1, 90_000.02, 999_999.99, 5.555]);
    const more = { customer: CUSTOMER, ...(dice.happens(0.2) && { mandate: { mandateId: "00000000000000000001" } }) };
    const phone = `351#${dice.pick(things.phones)}`;
    const operation = operationBody(amount, dice.pick(["operation-1", "operation-2", ""]));
    return [
      [
        "POST",
        "/payments",
        checkoutBody(now, {
          amount,
          more,
          methods: dice.pick([["CARD"], ["MBWAY", "REFERENCE"], ["CARD", "MBWAY", "REFERENCE"], ["MANDATE", "MBWAY"]]),
          paymentType: dice.pick(["PURS", "AUTH", "X"]),
        }),
      ],
      ["POST", `/payments/${id}/service-reference/generate`, {}],
      ["POST", `/payments/${id}/mbway-id/purchase`, { customerPhone: phone }],
      ["POST", `/payments/${id}/mbway-id/purchase`, { mandate: { mandateCreation: false, useMBWAYMandate: true } }],
      ["POST", `/payments/${id}/card/purchase`, cardBody(dice.pick(CARD_NUMBERS), { createToken: dice.happens(0.3) })],
      [
        "POST",
        `/payments/${id}/card/purchase`,
        { actionProcessed: { id: things.ids.action?.[0], type: "THREEDS_METHOD", executed: true } },
      ],
      [
        "POST",
        `/payments/${id}/token/purchase`,
        { tokenInfo: { value: "0".repeat(40), secureCode: "123", tokenType: "Card" } },
      ],
      ["GET", `/payments/${id}/status`, null],
      ["GET", `/payments/status?merchantTransactionId=${things.ids.att?.[0] ?? ""}`, null],
      ["POST", `/payments/${id}/capture`, operation],
      ["POST", `/payments/${id}/cancellation`, operation],
      ["POST", `/payments/${id}/refund`, operation],
      ["POST", `/payments/${id}/mit`, operation],
      ["POST", "/mbway-mandates/creation", creationBody({ phone })],
      ["POST", `/mbway-mandates/${id}/creation`, creationBody({ phone })],
      ["POST", `/mbway-mandates/${id}/inquiry`, {}],
      ["POST", `/mbway-mandates/${id}/inquiry-detail`, {}],
      ["POST", "/mbway-mandates/list", {}],
      [
        "POST",
        `/mbway-mandates/${id}/cancel`,
        { merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "end-1" } },
      ],
    ];
  }

  #bearer(): Asked["headers"] {
    const { dice, things } = this.#makings;
    const terminal = dice.happens(0.9) ? things.terminals[0] : dice.pick(things.terminals);
    return [
      ["authorization", `Bearer ${terminal?.token}`],
      ["x-ibm-client-id", terminal?.clientId ?? ""],
      ["mbway-id", `351#${dice.pick(things.phones)}`],
      ["content-type", "application/json"],
    ];
  }

  /** The signature of a checkout that was made. */
  #digest(): Asked["headers"] {
    const { dice, things } = this.#makings;
    const signed = things.recorded.flatMap(({ headers }) =>
      headers.filter(([name, value]) => name === "authorization" && value.startsWith("Digest")),
    );
    return [
      dice.pick(signed),
      ["x-ibm-client-id", things.terminals[0]?.clientId ?? ""],
      ["content-type", "application/json"],
    ];
  }
}
