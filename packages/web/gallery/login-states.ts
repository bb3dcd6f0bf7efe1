import type { InvitationView, PasskeysView, SignInView, TouchView } from "@caravela/web/login";

/** Stands for where the gallery is, until that is known. */
export const OWN_ORIGIN = "http://gallery.localhost";

const page = { merchant: "Loja da Ribeira", passkeys: { origin: OWN_ORIGIN }, problem: null } as const;

const LONG = {
  merchant: "Sociedade Transformadora de Papéis e Azulejos do Vouga, Limitada",
  name: "Otorrinolaringologicamenteimpronunciável Espaçosnenhuns",
};

const signIn = { ...page, path: "/dashboard/login", back: null, signOnPath: null, signedOut: false } as const;

/** The page of signing in, in each of its states. */
export const signInStates: Record<string, Omit<SignInView, "lang">> = {
  "signed-out": { ...signIn, signedOut: true, signOnPath: "/dashboard/login/sign-on" },
  refused: { ...signIn, problem: "refused", back: "/dashboard/payments" },
  elsewhere: { ...signIn, passkeys: { origin: "http://localhost:3000" } },
  address: { ...signIn, passkeys: "address", merchant: LONG.merchant },
};

const invitation = {
  ...page,
  path: "/dashboard/invitations/x",
  name: "Ana Sousa",
  role: "owner",
  minutesLeft: 14,
} as const;

/** The page of an invitation. */
export const invitationStates: Record<string, Omit<InvitationView, "lang">> = {
  invited: { ...invitation, ...LONG, role: "viewer", minutesLeft: 1, problem: "too_late" },
};

/** The page that asks for the passkey once more. */
export const touchStates: Record<string, Omit<TouchView, "lang">> = {
  passkey: { ...page, path: "/dashboard/touch", back: "/dashboard/payments", signOnPath: null },
};

/** The page of one's own passkeys. */
export const passkeysStates: Record<string, Omit<PasskeysView, "lang">> = {
  two: {
    ...page,
    path: "/dashboard/passkeys",
    touchPath: null,
    problem: "last",
    held: [
      { id: "pky_1", name: "Portátil", createdAt: "2026-11-03T10:00:00Z", usedAt: "2026-11-28T09:12:00Z" },
      { id: "pky_2", name: LONG.name, createdAt: "2026-11-20T10:00:00Z", usedAt: null },
    ],
  },
};
