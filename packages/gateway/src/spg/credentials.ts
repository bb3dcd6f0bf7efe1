import type { IncomingHttpHeaders } from "node:http";
import type { Transaction } from "../domain/transaction.ts";
import type { Terminal, Terminals } from "../terminals/terminals.ts";
import { refusals } from "./refusals.ts";
import type { Signatures, Signed } from "./signature.ts";

/** Who calls: the terminals that a token stands for, or the one transaction that a signature stands for. */
export type Caller =
  | { readonly kind: "bearer"; readonly terminals: readonly Terminal[] }
  | { readonly kind: "digest"; readonly terminals: readonly Terminal[]; readonly signed: Signed };

/** Which credentials a call takes. */
export type Scheme = "bearer" | "digest" | "either";

/**
 * Says who calls, from the headers alone: they are judged before the body (reference 1.2).
 * @throws Refusal 401 without valid credentials, 403 without the client id that belongs to them
 */
export async function authenticate(
  headers: IncomingHttpHeaders,
  scheme: Scheme,
  { terminals, signatures }: { terminals: Terminals; signatures: Signatures },
): Promise<Caller> {
  const [, given = "", credential = ""] = /^(Bearer|Digest)\s+(\S+)\s*$/i.exec(headers.authorization ?? "") ?? [];
  const kind = given.toLowerCase();
  if (kind === "bearer" && scheme !== "digest") {
    const owners = (await terminals.all()).filter(({ token }) => token === credential);
    return { kind, terminals: withClientId(owners, headers) };
  }
  if (kind === "digest" && scheme !== "bearer") {
    const signed = signatures.verify(credential);
    const owner = signed === null ? null : await terminals.find(signed.terminalId);
    if (signed === null || owner === null) throw refusals.unauthorized("The transactionSignature is not valid.");
    return { kind, signed, terminals: withClientId([owner], headers) };
  }
  throw refusals.unauthorized(`Authorization must be ${wanted[scheme]}.`);
}

const wanted = {
  bearer: "Bearer and the terminal's token",
  digest: "Digest and the checkout's transactionSignature",
  either: "Bearer and the terminal's token, or Digest and the checkout's transactionSignature",
} as const;

function withClientId(owners: readonly Terminal[], headers: IncomingHttpHeaders): readonly Terminal[] {
  if (owners.length === 0) throw refusals.unauthorized("The token is not valid.");
  const subscribed = owners.filter(({ clientId }) => clientId === headers["x-ibm-client-id"]);
  if (subscribed.length === 0) throw refusals.clientId();
  return subscribed;
}

/**
 * The caller's terminal of that id: a token is good for its own terminal only (reference 1.3).
 * @throws Refusal 401
 */
export function terminalOf(caller: Caller, terminalId: string | number): Terminal {
  const terminal = caller.terminals.find((one) => one.terminalId === String(terminalId));
  if (terminal === undefined) throw refusals.unauthorized(`The token is not of terminal ${terminalId}.`);
  return terminal;
}

/**
 * Lets a caller at a transaction: its terminal's token, or its own signature (inferred, reference 1.4). Gives its
 * terminal.
 * @throws Refusal 401 when the transaction is another's
 */
export function entitled(caller: Caller, transaction: Transaction): Terminal {
  if (caller.kind === "digest" && caller.signed.transactionId !== transaction.id) {
    throw refusals.unauthorized("The transactionSignature is not of this transaction.");
  }
  return terminalOf(caller, transaction.terminalId);
}
