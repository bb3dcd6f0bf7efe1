import { BY_CUSTOMER } from "../../domain/payment/begin.ts";
import { readParts } from "../../http/read-parts.ts";
import { readSavedCardId } from "../charge-saved-card.ts";
import { readBrowser, readSecureCode } from "../read-card.ts";
import { readPayer } from "../read-payer.ts";
import { type AttemptReader, missing } from "./types.ts";

/** A saved card: which one, its code typed anew, the browser, and whose it is. */
export const token: AttemptReader = {
  takes: ["token", "secureCode", "browser", "customer"],
  read: (body, payment, ports) => {
    const { token, ...inHand } = readParts({
      token: () => readSavedCardId(body.token ?? payment.token ?? missing("/token")),
      secureCode: () => readSecureCode(body.secureCode ?? null),
      customer: () => readPayer(body.customer, payment, ports),
    });
    const command = { ...BY_CUSTOMER, method: "token", token } as const;
    return { command, inHand: { ...inHand, device: readBrowser(body.browser ?? {}) } };
  },
};
