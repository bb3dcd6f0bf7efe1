/**
 * A call that SIBS does not take: an HTTP status and a `returnStatus`, whose description names the field at fault where
 * one is. SIBS's own words for each case are unseen (reference §16, 3); codes and `statusMsg` are its lists' (reference
 * §11).
 */
export class Refusal extends Error {
  override name = "Refusal";
  readonly httpStatus: number;
  readonly statusCode: string;
  readonly statusMsg: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    httpStatus: number,
    statusCode: string,
    statusMsg: string,
    statusDescription: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(statusDescription);
    this.httpStatus = httpStatus;
    this.statusCode = statusCode;
    this.statusMsg = statusMsg;
    this.headers = headers;
  }

  get returnStatus(): { statusCode: string; statusMsg: string; statusDescription: string } {
    return { statusCode: this.statusCode, statusMsg: this.statusMsg, statusDescription: this.message };
  }
}

/** Every refusal of the API. */
export const refusals = {
  field: (field: string, problem: string, statusCode = "E0002") =>
    new Refusal(400, statusCode, "Bad Request", `${field} ${problem}`),
  notJson: () => new Refusal(400, "E0101", "Bad Request", "The body is not a JSON object."),
  unauthorized: (why: string) => new Refusal(401, "E0101", "Unauthorized", why),
  clientId: () =>
    new Refusal(
      403,
      "E0101",
      "Forbidden",
      "X-IBM-Client-Id is missing, or has no subscription to this terminal's API.",
    ),
  unknownTransaction: () => new Refusal(404, "E0301", "Not Found", "The transaction was not found."),
  unknownMandate: () => new Refusal(400, "E0507", "Error", "The authorised payment is unknown."),
  unknownPath: () => new Refusal(404, "E0101", "Not Found", "There is no such operation."),
  method: (allowed: readonly string[]) =>
    new Refusal(405, "E0101", "Method Not Allowed", `The method must be ${allowed[0]}.`, { allow: allowed.join(", ") }),
  alreadyTried: () =>
    new Refusal(
      409,
      "E0101",
      "Conflict",
      "A payment method was already used on this transaction; make a new checkout.",
    ),
  notWanted: () =>
    new Refusal(
      409,
      "E0101",
      "Conflict",
      "This action is not wanted: it was processed, is another's, or the payment has ended; ask for the status.",
    ),
  tooLarge: () => new Refusal(413, "E0101", "Payload Too Large", "The body is too large."),
  mediaType: () => new Refusal(415, "E0101", "Unsupported Media Type", "Content-Type must be application/json."),
  // not T9999, SIBS's word for "nothing was done": whether a commit whose answer was lost took place is not known
  away: () => new Refusal(503, "E0301", "Service Unavailable", "The operation cannot be processed now."),
  broken: () => new Refusal(500, "E0301", "Internal Server Error", "The operation could not be processed."),
} as const;
