import type { Log } from "@caravela/platform/log";
import type { Queries } from "@caravela/platform/postgres/pool";
import type { OperatorId, SessionId } from "../domain/identifiers.ts";
import type { Bound, Challenges } from "../storage/challenges.ts";
import type { Credential, Passkey, Passkeys } from "../storage/passkeys.ts";
import {
  type AuthenticationAnswer,
  askForAnswer,
  askForPasskey,
  believeAnswer,
  believeRegistration,
  challengeOf,
  type RegistrationAnswer,
} from "./ceremonies.ts";
import { type RelyingParty, relyingPartyAt } from "./relying-party.ts";

/** What asking for a passkey may touch. */
export interface AsksForPasskeys {
  readonly challenges: Challenges;
  readonly passkeys: Passkeys;
  readonly log: Log;
  readonly own: {
    /** How browsers reach this server, once it listens. */
    readonly publicUrl: string;
    readonly shop: { readonly name: string };
  };
}

/**
 * Why an answer is not taken: `too_late` where nothing was asked so, of them, or it is answered already; `refused`
 * where it is not what was asked for.
 */
export type AnswerProblem = "too_late" | "refused";

/** What is asked of a browser of which nobody knows whose it is, or of a session. */
export const BOUND = {
  /** @param browser what was given to the browser when it was asked. */
  signIn: (browser: string): Bound => ({ purpose: "sign_in", holder: browser }),
  touch: (session: SessionId): Bound => ({ purpose: "touch", holder: session }),
  passkey: (session: SessionId): Bound => ({ purpose: "passkey", holder: session }),
  /** @param token what stands in the link. */
  invitation: (token: string): Bound => ({ purpose: "invitation", holder: token }),
} as const;

/** For whom passkeys are made here; null: for nobody, which the pages say. */
export function relyingParty({ own }: Pick<AsksForPasskeys, "own">): RelyingParty | null {
  const party = relyingPartyAt(own.publicUrl);
  return typeof party === "string" ? null : party;
}

/**
 * What a browser is asked so that somebody answers by their passkey. @param known by which of them; null: by any.
 */
export async function askAnswer(
  { challenges }: AsksForPasskeys,
  rp: RelyingParty,
  { bound, known }: { readonly bound: Bound; readonly known: readonly Passkey[] | null },
) {
  return askForAnswer(rp, { challenge: await challenges.ask(bound), known });
}

/** What a browser is asked so that somebody makes a new passkey. */
export async function askPasskey(
  { challenges, passkeys, own }: AsksForPasskeys,
  rp: RelyingParty,
  { bound, operator }: { readonly bound: Bound; readonly operator: { readonly id: OperatorId; readonly name: string } },
) {
  const known = await passkeys.listOf(operator.id);
  return askForPasskey(rp, { shop: own.shop.name, operator, known, challenge: await challenges.ask(bound) });
}

/** A passkey that answered, and how often it was used by now. */
interface Answered {
  readonly passkey: Passkey;
  readonly counter: number;
}

/**
 * Takes an answer by a passkey, once, where it is of what was asked for. It counts once it is written down that it was
 * used (`countUse`). @param operator who alone may answer; null: whoever it is.
 */
export async function takeAnswer(
  ports: AsksForPasskeys,
  rp: RelyingParty,
  asked: { readonly bound: Bound; readonly operator: OperatorId | null },
  answer: AuthenticationAnswer,
): Promise<Answered | AnswerProblem> {
  const refused = (unbelieved: string, passkey: Passkey | null = null): AnswerProblem => {
    ports.log.warn({ unbelieved, passkey: passkey?.id, purpose: asked.bound.purpose }, "a passkey was not accepted");
    return "refused";
  };
  const challenge = challengeOf(answer);
  if (challenge === null) return refused("it names no challenge");
  if (!(await ports.challenges.take(asked.bound, challenge))) return "too_late";
  const passkey = await ports.passkeys.find(Buffer.from(answer.id, "base64url"));
  if (passkey === null) return refused("nobody has it");
  if (asked.operator !== null && passkey.operator !== asked.operator) return refused("it is somebody else's", passkey);
  if (!isHandleOf(passkey, answer)) return refused("it names somebody else", passkey);
  const believed = await believeAnswer(rp, answer, { challenge, passkey });
  return "unbelieved" in believed ? refused(believed.unbelieved, passkey) : { passkey, ...believed };
}

/** A passkey that is found without a name says itself whose it is (WebAuthn, 7.2, step 6). */
function isHandleOf({ operator }: Passkey, { response: { userHandle } }: AuthenticationAnswer): boolean {
  return userHandle == null || Buffer.from(userHandle, "base64url").toString() === operator;
}

/** Writes down that a passkey was used; false: it is gone, or a copy of it was quicker. */
export async function countUse(
  { passkeys, log }: AsksForPasskeys,
  connection: Queries,
  { passkey, counter }: Answered,
) {
  const isCounted = await passkeys.use(connection, passkey.id, counter);
  if (!isCounted) log.warn({ passkey: passkey.id }, "a passkey was used by two at once, or removed meanwhile");
  return isCounted;
}

/** Takes a passkey that was made, once, where it is of what was asked for. It is kept by whoever asked. */
export async function takePasskey(
  { challenges, log }: AsksForPasskeys,
  rp: RelyingParty,
  bound: Bound,
  answer: RegistrationAnswer,
): Promise<Credential | AnswerProblem> {
  const challenge = challengeOf(answer);
  if (challenge !== null && !(await challenges.take(bound, challenge))) return "too_late";
  const believed =
    challenge === null ? { unbelieved: "it names no challenge" } : await believeRegistration(rp, answer, challenge);
  if (!("unbelieved" in believed)) return believed;
  log.warn({ unbelieved: believed.unbelieved, purpose: bound.purpose }, "a new passkey was not accepted");
  return "refused";
}
