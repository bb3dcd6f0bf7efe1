import type { Mutation } from "./mutated.ts";

const SERVER = "packages/server/src";

/** What customers press on their pages, and what a shop is told that said it is gone. */
export const OF_PAGES: readonly Mutation[] = [
  {
    name: "what was wished for and was not sent is not wished for any more",
    file: `${SERVER}/domain/payment/wish.ts`,
    before: "const isWanted = last?.wished === true && payment.wish === null && isLastOf(payment, id);",
    after: "const isWanted = false;",
  },
  {
    name: "a wish is begun when something else is due",
    file: `${SERVER}/domain/payment/due.ts`,
    before: "    wishDueAt(payment),\n",
    after: "",
  },
  {
    name: "a press on a page that was open twice counts twice",
    file: `${SERVER}/domain/payment/begin.ts`,
    before: "command.seen !== payment.attempts.length",
    after: "command.seen > payment.attempts.length",
  },
  {
    name: "what is due at a receiver that is gone is dropped",
    file: "simulation/store/server/endpoints.ts",
    before: "deliveries.update(row, { due_at: null, given_up_at });",
    after: "deliveries.update(row, { due_at: null });",
  },
];
