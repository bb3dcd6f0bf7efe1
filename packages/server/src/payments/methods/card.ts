import { BY_CUSTOMER } from "../../domain/payment/begin.ts";
import { readParts } from "../../http/read-parts.ts";
import { readBrowser, readCard, summaryOf } from "../read-card.ts";
import { readPayer } from "../read-payer.ts";
import { type AttemptReader, missing } from "./types.ts";

/** Card: its data, the browser that its issuer judges by, and whose it is. */
export const card: AttemptReader = {
  takes: ["card", "browser", "customer"],
  read: (body, payment, ports) => {
    const { card, customer } = readParts({
      card: () => readCard(body.card ?? missing("/card"), ports.clock.now()),
      customer: () => readPayer(body.customer, payment, ports),
    });
    return {
      command: { ...BY_CUSTOMER, method: "card", card: summaryOf(card, payment.saveCard) },
      // The shop asked its own customer.
      inHand: { card, device: readBrowser(body.browser ?? {}), customer, consent: payment.saveCard },
    };
  },
};
