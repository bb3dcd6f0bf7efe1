import { BY_CUSTOMER } from "../../domain/payment/begin.ts";
import type { AttemptReader } from "./types.ts";

/** Multibanco: nothing needs to be said. */
export const multibanco: AttemptReader = {
  takes: [],
  read: () => ({ command: { ...BY_CUSTOMER, method: "multibanco" }, inHand: {} }),
};
