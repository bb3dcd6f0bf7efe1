import { BY_CUSTOMER } from "../../domain/payment/begin.ts";
import { readPhone } from "../../http/read-phone.ts";
import { type AttemptReader, missing } from "./types.ts";

/** MB WAY: whose phone is asked. */
export const mbway: AttemptReader = {
  takes: ["phone"],
  read: ({ phone }) => ({
    command: { ...BY_CUSTOMER, method: "mbway", phone: readPhone(phone ?? missing("/phone")) },
    inHand: {},
  }),
};
