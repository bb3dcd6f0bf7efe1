import { type FieldError, Problem } from "@caravela/platform/problems";

/** A problem with what the sandbox adds to it: SIBS's own code where it has one, or where the clock stands. */
export class SandboxProblem extends Problem {
  readonly #more: object;

  constructor(init: ConstructorParameters<typeof Problem>[0], more: object) {
    super(init);
    this.#more = more;
  }

  override toJSON() {
    return { ...super.toJSON(), ...this.#more };
  }
}

const plain = (code: string, status: number, title: string, sibsCode: string | null = null) =>
  new SandboxProblem({ code, status, title }, { code: sibsCode });

/** Every problem of the sandbox. `code` in the answer is SIBS's, or null where SIBS has none. */
export const sandboxProblems = {
  nothingWaits: () => plain("nothing_waits", 404, "Nothing (of that id) waits for an answer on this phone."),
  nothingWanted: () => plain("nothing_wanted", 404, "Nothing (of that id) is wanted of a card's customer."),
  unknownMandate: () => plain("unknown_mandate", 404, "This phone has no authorised payment of that id."),
  mandateNotSo: () =>
    plain("mandate_not_so", 409, "The authorised payment does not stand so that this can be done: look at its status."),
  termsRefused: (errors: readonly FieldError[]) =>
    new SandboxProblem(
      {
        code: "terms_refused",
        status: 422,
        title: "A limit or an end cannot be so.",
        detail: errors.map(({ field, message }) => `${field} ${message}.`).join(" "),
        errors,
      },
      { code: null },
    ),
  unknownTransaction: () => plain("unknown_transaction", 404, "There is no such transaction."),
  unknownNotification: () => plain("unknown_notification", 404, "There is no such notification."),
  unknownReference: () => plain("unknown_reference", 404, "There is no such reference of that entity."),
  wrongAmount: () => plain("wrong_amount", 422, "The amount is not within what this reference takes."),
  notYetValid: () => plain("reference_not_yet_valid", 409, "The reference is not valid yet."),
  referenceCanceled: () => plain("reference_canceled", 409, "The reference was cancelled.", "E0612"),
  referenceLapsed: () => plain("reference_lapsed", 409, "The reference's time is over.", "E0612"),
  referencePaid: () => plain("reference_paid", 409, "The reference is already paid.", "E0613"),
  backwards: () => plain("clock_backwards", 422, "The clock only goes forward: that moment is past."),
  notThereYet: (detail: string, stands: object) =>
    new SandboxProblem(
      { code: "clock_not_there_yet", status: 503, title: "The clock has not reached that moment.", detail },
      stands,
    ),
} as const;
