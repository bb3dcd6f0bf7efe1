/** One kind of problem that the API answers with. */
export interface Kind {
  /** Of the HTTP answer. */
  readonly status: number;
  /** What happened, in any case of this kind. */
  readonly title: string;
  /** What to do next, in any case of this kind: shown at `/problems/{code}`. */
  readonly remedy: string;
}

/** The problems of whoever asks: which key or person it is, what they may, and how they show that it is they. */
export const PROBLEMS_OF_ASKERS = {
  unauthorized: {
    status: 401,
    title: "The API key is missing, unknown or not good any more, or nobody is signed in.",
    remedy:
      "A program sends `Authorization: Bearer` and an API key: the server's setting CARAVELA_API_KEY, or one that was made by `POST /v1/keys` or `caravela keys create`, has not expired and was not revoked. A person signs in at `/dashboard`.",
  },
  scope_missing: {
    status: 403,
    title: "The API key is not good for this.",
    remedy: "Use a key that has the scope that `scope` names, or have somebody who has it make one.",
  },
  role_missing: {
    status: 403,
    title: "This is not for your role.",
    remedy:
      "Ask a colleague whose role is among `roles`, or have an owner give you another role. Where `roles` is empty, only a program may do it, by an API key.",
  },
  person_needed: {
    status: 403,
    title: "Only a person may do this.",
    remedy: "Sign in at `/dashboard`: what is done there stands under a name. No API key may.",
  },
  key_of_one_terminal: {
    status: 403,
    title: "This is of the whole server, and the API key is of one terminal.",
    remedy:
      "Use a key that is of no one terminal: the server's setting CARAVELA_API_KEY, or one that was made without.",
  },
  touch_required: {
    status: 403,
    title: "This wants a fresh touch of your passkey.",
    remedy:
      "Touch it at `/dashboard/touch`, or by `POST /v1/session/touch-options` and `/v1/session/touch`, and ask again within five minutes. Whoever signs in by the company's provider signs in there anew.",
  },
  passkey_refused: {
    status: 403,
    title: "The passkey's answer was not accepted.",
    remedy: "Ask anew, and answer within five minutes: each answer is good once, for whoever was asked.",
  },
  key_beyond_yours: {
    status: 403,
    title: "An API key may only be made or rolled by one that has as much.",
    remedy:
      "Ask for no more than your own key has: no higher `refundLimit` or `captureLimit`, no later `expiresAt`. Or use one that has more.",
  },
  operator_beyond_yours: {
    status: 403,
    title: "A colleague may only be given what you have yourself.",
    remedy:
      "Give no more than you have: your own terminal, no higher `refundLimit` or `captureLimit`. Or ask an owner who has more, or use `caravela operator invite`.",
  },
  last_owner: {
    status: 409,
    title: "Nobody else is an owner.",
    remedy:
      "Make a colleague an owner first, and have them come in: somebody must be able to invite others, and to make keys.",
  },
  no_passkey: {
    status: 409,
    title: "There is no passkey to touch.",
    remedy: "Whoever signs in by the company's provider signs in there anew: `/dashboard/touch`.",
  },
  passkey_known: {
    status: 409,
    title: "This passkey is known already.",
    remedy: "Make another, on another device.",
  },
  last_passkey: {
    status: 409,
    title: "It is the only passkey of yours.",
    remedy: "Make another one first: without any you could not sign in any more.",
  },
  too_many_passkeys: {
    status: 409,
    title: "There are too many passkeys of yours.",
    remedy: "Remove one that you do not need any more.",
  },
  passkeys_impossible: {
    status: 409,
    title: "There can be no passkeys where browsers reach this server.",
    remedy:
      "Browsers make passkeys for a name, over https: set CARAVELA_PUBLIC_URL to such an address. On this machine itself, `http://localhost` will do.",
  },
  signs_on_elsewhere: {
    status: 409,
    title: "Who signs in by the company's provider has no passkey here.",
    remedy: "Nothing is needed: they sign in, and are taken their role, at the provider.",
  },
  said_by_provider: {
    status: 409,
    title: "The company's provider says what this colleague is called, and their role.",
    remedy:
      "Change it at the provider: it is felt at their next signing in. Their terminal and limits are changed here. To end their work at once, remove them.",
  },
  too_many_tries: {
    status: 429,
    title: "There were too many tries to sign in, or to touch a passkey.",
    remedy: "Wait as many seconds as `Retry-After` says.",
  },
} as const satisfies Record<string, Kind>;
