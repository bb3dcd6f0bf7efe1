import { Type } from "typebox";
import { instant, nullable, text } from "../http/schemas.ts";
import { authenticationAnswer, registrationAnswer } from "./ceremonies.ts";

/** So many characters may the name have that somebody knows a passkey by. */
export const LONGEST_PASSKEY_NAME = 60;

/** What a browser gives, in short. */
const MADE = {
  id: "b25lLXBhc3NrZXk",
  rawId: "b25lLXBhc3NrZXk",
  type: "public-key",
  response: { clientDataJSON: "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0", attestationObject: "o2NmbXRkbm9uZQ" },
};

const USED = {
  ...MADE,
  response: { clientDataJSON: "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0", authenticatorData: "SZYN5YgO", signature: "MEUCIQC" },
};

/** What a touch is answered by. */
export const touchBody = { ...authenticationAnswer, examples: [USED] };

const credential = Type.Object({
  id: Type.String(),
  type: Type.Literal("public-key"),
  transports: Type.Optional(Type.Array(Type.String())),
});

/** What a browser takes, as WebAuthn writes it: members that say nothing are left out there. */
export const requestOptions = Type.Object(
  {
    challenge: Type.String(),
    timeout: Type.Integer({ description: "Milliseconds." }),
    rpId: Type.String(),
    allowCredentials: Type.Optional(Type.Array(credential)),
    userVerification: Type.String(),
  },
  { title: "PasskeyRequest", description: "What `navigator.credentials.get` takes as `publicKey`, as JSON." },
);

export const creationOptions = Type.Object(
  {
    challenge: Type.String(),
    rp: Type.Object({ id: Type.String(), name: Type.String() }),
    user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
    pubKeyCredParams: Type.Array(Type.Object({ alg: Type.Integer(), type: Type.String() })),
    timeout: Type.Integer({ description: "Milliseconds." }),
    attestation: Type.String(),
    excludeCredentials: Type.Array(credential),
    authenticatorSelection: Type.Object({
      residentKey: Type.String(),
      requireResidentKey: Type.Boolean(),
      userVerification: Type.String(),
    }),
  },
  { title: "PasskeyCreation", description: "What `navigator.credentials.create` takes as `publicKey`, as JSON." },
);

export const touchSchema = Type.Object(
  {
    touchedUntil: nullable(
      Type.String({ format: "date-time", description: "Until when what wants a fresh touch may be done." }),
    ),
  },
  { title: "Touch", description: "A fresh touch." },
);

export const passkeySchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String({ description: "What you know it by." }),
    createdAt: instant,
    usedAt: nullable(instant),
  },
  { title: "Passkey", description: "What somebody signs in by. Its secret never leaves their device." },
);

export const addBody = Type.Object(
  {
    name: text(LONGEST_PASSKEY_NAME, "What you know it by, for instance where it is."),
    answer: registrationAnswer,
  },
  { additionalProperties: false, examples: [{ name: "Phone", answer: MADE }] },
);
