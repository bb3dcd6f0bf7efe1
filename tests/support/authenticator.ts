import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** What a server asks of `navigator.credentials.create`, as far as an authenticator looks at it. */
interface ToCreate {
  readonly challenge: string;
  readonly rp: { readonly id?: string };
  readonly user: { readonly id: string };
}

/** What a server asks of `navigator.credentials.get`. */
interface ToGet {
  readonly challenge: string;
  readonly rpId?: string;
}

/** What somebody makes of an answer that an honest browser and authenticator would give otherwise. */
export interface Forged {
  readonly challenge?: string;
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly userVerified?: boolean;
  readonly userPresent?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  /** Whether something else was signed. */
  readonly signedOtherwise?: boolean;
  /** COSE's number of the algorithm that the key says it is of. */
  readonly algorithm?: number;
}

/**
 * A browser with an authenticator in it that holds one passkey (ES256), as WebAuthn has it: what a test makes answers
 * with, honest ones and others.
 */
export class Authenticator {
  readonly credential: Buffer;
  readonly #origin: string;
  readonly #keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  #rpId = "";
  #userHandle = "";
  #counter = 0;

  /** @param credential another's, for whoever says to be it. */
  constructor(origin: string, credential: Buffer = randomBytes(32)) {
    this.#origin = origin;
    this.credential = credential;
    this.#keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  }

  /** Makes the passkey: what the browser sends of it. */
  create(asked: ToCreate, forged: Forged = {}) {
    this.#rpId = asked.rp.id ?? "";
    this.#userHandle = asked.user.id;
    const clientData = this.#clientData("webauthn.create", asked.challenge, forged);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credential.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.credential, this.#coseKey(forged)]);
    const authData = Buffer.concat([this.#authenticatorData(forged, 0x40), attested]);
    const attestation = cbor(
      new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authData],
      ]),
    );
    return {
      ...this.#envelope(),
      response: {
        clientDataJSON: base64url(clientData),
        attestationObject: base64url(attestation),
        transports: ["internal"],
      },
    };
  }

  /** Signs in by the passkey: what the browser sends of that. */
  get(asked: ToGet, forged: Forged = {}) {
    this.#counter += 1;
    const clientData = this.#clientData("webauthn.get", asked.challenge, forged);
    const authData = this.#authenticatorData({ counter: this.#counter, ...forged }, 0);
    const signed = Buffer.concat([authData, createHash("sha256").update(clientData).digest()]);
    const what = forged.signedOtherwise === true ? Buffer.concat([signed, Buffer.from("!")]) : signed;
    return {
      ...this.#envelope(),
      response: {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(authData),
        signature: base64url(sign("sha256", what, this.#keys.privateKey)),
        userHandle: forged.userHandle ?? this.#userHandle,
      },
    };
  }

  #envelope() {
    const id = base64url(this.credential);
    return { id, rawId: id, type: "public-key", clientExtensionResults: {} } as const;
  }

  #clientData(type: string, challenge: string, forged: Forged): Buffer {
    const said = { type, challenge, origin: this.#origin, crossOrigin: false };
    const {
      type: asType = type,
      challenge: asChallenge = challenge,
      origin = this.#origin,
      crossOrigin = false,
    } = forged;
    return Buffer.from(JSON.stringify({ ...said, type: asType, challenge: asChallenge, origin, crossOrigin }));
  }

  #authenticatorData(
    { rpId = this.#rpId, userPresent = true, userVerified = true, counter = 0 }: Forged,
    more: number,
  ) {
    const flags = (userPresent ? 0x01 : 0) | (userVerified ? 0x04 : 0) | more;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([flags]), count]);
  }

  #coseKey({ algorithm = -7 }: Forged): Buffer {
    const { x = "", y = "" } = this.#keys.publicKey.export({ format: "jwk" });
    // kty: EC2, alg, crv: P-256, x, y
    return cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, algorithm],
        [-1, 1],
        [-2, Buffer.from(x, "base64url")],
        [-3, Buffer.from(y, "base64url")],
      ]),
    );
  }
}

/** RFC 8949, as far as authenticators need it: whole numbers, texts, bytes and maps. */
function cbor(value: unknown): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map) {
    const pairs = [...value].flatMap(([key, one]) => [cbor(key), cbor(one)]);
    return Buffer.concat([head(5, value.size), ...pairs]);
  }
  throw new TypeError(`no authenticator writes ${typeof value}`);
}

function head(major: number, count: number): Buffer {
  const kind = major << 5;
  if (count < 24) return Buffer.from([kind | count]);
  if (count < 0x100) return Buffer.from([kind | 24, count]);
  return Buffer.from([kind | 25, count >> 8, count & 0xff]);
}

function base64url(bytes: Buffer): string {
  return bytes.toString("base64url");
}
