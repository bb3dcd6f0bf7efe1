import type { Lang } from "../../lang.ts";

/** At which origin passkeys work; or why nowhere. */
export type WherePasskeys = { origin: string } | "address" | "insecure";

/** Why a press came to nothing. */
export type LoginProblem =
  | "no_answer"
  | "refused"
  | "too_late"
  | "too_many"
  | "too_many_passkeys"
  | "known"
  | "last"
  | "not_signed_on"
  | "no_role";

/** What each of the pages of signing in has. */
interface LoginPage {
  lang: Lang;
  /** Whose dashboard it is. */
  merchant: string;
  /** Where forms go. */
  path: string;
  passkeys: WherePasskeys;
  problem: LoginProblem | null;
}

/** The page where somebody signs in. */
export interface SignInView extends LoginPage {
  /** Where they wanted to go; null: nowhere in particular. */
  back: string | null;
  /** Where one signs in by the company's own provider; null: there is none. */
  signOnPath: string | null;
  /** Whether they have just signed out. */
  signedOut: boolean;
}

export type Role = "viewer" | "support" | "refunder" | "accountant" | "owner";

/** The page of an invitation. */
export interface InvitationView extends LoginPage {
  name: string;
  role: Role;
  /** For how long it is good yet, in whole minutes. */
  minutesLeft: number;
}

/** The page that asks for the passkey once more, before something that a stolen screen must not do. */
export interface TouchView extends LoginPage {
  back: string;
  /** Where one signs in anew by the company's own provider, where that is how they sign in; null: by their passkey. */
  signOnPath: string | null;
}

export interface PasskeyOnPage {
  id: string;
  name: string;
  /** As RFC 3339 has it. */
  createdAt: string;
  usedAt: string | null;
}

/** The page where somebody looks after their own passkeys. */
export interface PasskeysView extends LoginPage {
  /** Where one confirms that it is oneself before another is made; null: one has just done so. */
  touchPath: string | null;
  held: PasskeyOnPage[];
}
