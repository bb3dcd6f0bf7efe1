import { REMEDY } from "@caravela/platform/validation";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { type Static, Type } from "typebox";
import { CHALLENGE_LASTS } from "../storage/challenges.ts";
import type { Credential } from "../storage/passkeys.ts";
import type { RelyingParty } from "./relying-party.ts";

const bytes = (most: number) =>
  Type.String({
    minLength: 1,
    maxLength: most,
    pattern: "^[A-Za-z0-9_-]+$",
    [REMEDY]: `must be Base64url, as the browser writes it: ${most} characters at most`,
  });

/** A credential's id is at most 1023 bytes (WebAuthn, 4). */
const credentialId = bytes(1364);

const envelope = { id: credentialId, rawId: credentialId, type: Type.Literal("public-key") };

/** What `navigator.credentials.create` gives, as JSON; what it has besides is left alone. */
export const registrationAnswer = Type.Object(
  {
    ...envelope,
    response: Type.Object({
      clientDataJSON: bytes(4096),
      attestationObject: bytes(8192),
      transports: Type.Optional(Type.Array(Type.String({ maxLength: 30 }), { maxItems: 10 })),
    }),
  },
  { title: "PasskeyMade", description: "What `navigator.credentials.create` gives, as `toJSON` writes it." },
);

/** What `navigator.credentials.get` gives, as JSON. */
export const authenticationAnswer = Type.Object(
  {
    ...envelope,
    response: Type.Object({
      clientDataJSON: bytes(4096),
      authenticatorData: bytes(4096),
      signature: bytes(8192),
      userHandle: Type.Optional(Type.Union([bytes(100), Type.Null()])),
    }),
  },
  { title: "PasskeyUsed", description: "What `navigator.credentials.get` gives, as `toJSON` writes it." },
);

export type RegistrationAnswer = Static<typeof registrationAnswer>;
export type AuthenticationAnswer = Static<typeof authenticationAnswer>;

/** Why an answer is not believed: for the log, whoever sent it is told that it was not. */
export interface Unbelieved {
  readonly unbelieved: string;
}

/** ES256, EdDSA and RS256, by COSE's numbers: what authenticators have. */
const ALGORITHMS = [-7, -8, -257];

// it reads certificates of many kinds: whoever signs nobody in does not wait until it is loaded
const webauthn = () => import("@simplewebauthn/server");

interface ToRegister {
  readonly shop: string;
  readonly operator: { readonly id: string; readonly name: string };
  /** The passkeys that they have: the same authenticator makes no second one. */
  readonly known: readonly Pick<Credential, "credential" | "transports">[];
  readonly challenge: Uint8Array;
}

/** What a browser is asked for a new passkey: one that is found without a name, and wants to know who holds it. */
export async function askForPasskey(
  { id }: RelyingParty,
  { shop, operator, known, challenge }: ToRegister,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await webauthn();
  return generateRegistrationOptions({
    rpID: id,
    rpName: shop,
    userID: Uint8Array.from(Buffer.from(operator.id)),
    userName: operator.name,
    userDisplayName: operator.name,
    challenge: Uint8Array.from(challenge),
    timeout: CHALLENGE_LASTS,
    attestationType: "none",
    excludeCredentials: known.map(named),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** What a browser is asked for an answer by a passkey. @param known whose alone; null: anybody's. */
export async function askForAnswer(
  { id }: RelyingParty,
  { challenge, known }: { challenge: Uint8Array; known: ToRegister["known"] | null },
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await webauthn();
  return generateAuthenticationOptions({
    rpID: id,
    challenge: Uint8Array.from(challenge),
    timeout: CHALLENGE_LASTS,
    userVerification: "required",
    ...(known !== null && { allowCredentials: known.map(named) }),
  });
}

function named({ credential, transports }: Pick<Credential, "credential" | "transports">) {
  return { id: credential.toString("base64url"), transports: [...transports] };
}

/** The challenge that an answer says to be of; null: it cannot be read. */
export function challengeOf({ response }: RegistrationAnswer | AuthenticationAnswer): Buffer | null {
  const challenge = clientDataOf(response.clientDataJSON)?.challenge;
  return typeof challenge === "string" && /^[\w-]{16,200}$/.test(challenge)
    ? Buffer.from(challenge, "base64url")
    : null;
}

/** The passkey that was made, where the answer is of this challenge, of our own page, and of somebody known to it. */
export async function believeRegistration(
  rp: RelyingParty,
  answer: RegistrationAnswer,
  challenge: Uint8Array,
): Promise<Credential | Unbelieved> {
  if (isFramed(answer.response.clientDataJSON)) return FRAMED;
  const { verifyRegistrationResponse } = await webauthn();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...answer, response: inAnswer(answer.response), clientExtensionResults: {} },
      expectedChallenge: Buffer.from(challenge).toString("base64url"),
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return { unbelieved: "its attestation is false" };
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    if (id !== answer.id) return { unbelieved: "it tells of another passkey than it holds" };
    return { credential: Buffer.from(id, "base64url"), publicKey: Buffer.from(publicKey), counter, transports };
  } catch (error) {
    return because(error);
  }
}

/**
 * How often the passkey was used by now, where the answer is of this challenge, of our own page, of this passkey, and
 * of somebody known to it.
 */
export async function believeAnswer(
  rp: RelyingParty,
  answer: AuthenticationAnswer,
  { challenge, passkey }: { challenge: Uint8Array; passkey: Credential },
): Promise<{ readonly counter: number } | Unbelieved> {
  if (isFramed(answer.response.clientDataJSON)) return FRAMED;
  const { verifyAuthenticationResponse } = await webauthn();
  const { userHandle, ...response } = answer.response;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...answer,
        response: { ...response, ...(userHandle != null && { userHandle }) },
        clientExtensionResults: {},
      },
      expectedChallenge: Buffer.from(challenge).toString("base64url"),
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      credential: {
        id: passkey.credential.toString("base64url"),
        publicKey: Uint8Array.from(passkey.publicKey),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    });
    return verified ? { counter: authenticationInfo.newCounter } : { unbelieved: "its signature is false" };
  } catch (error) {
    return because(error);
  }
}

const FRAMED: Unbelieved = { unbelieved: "it was made in a frame of another page" };

/** No page of ours is framed: an answer that was made so was got by somebody else's. */
function isFramed(clientDataJSON: string): boolean {
  return clientDataOf(clientDataJSON)?.crossOrigin === true;
}

function clientDataOf(clientDataJSON: string): Readonly<Record<string, unknown>> | null {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString("utf8"));
    return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function inAnswer({ clientDataJSON, attestationObject, transports }: RegistrationAnswer["response"]) {
  return { clientDataJSON, attestationObject, ...(transports !== undefined && { transports }) };
}

/** The library throws for whatever does not fit, and for nothing else: nothing here waits for anybody. */
function because(error: unknown): Unbelieved {
  return { unbelieved: error instanceof Error ? error.message : String(error) };
}
