import { validatorCompiler } from "@caravela/platform/validation";
import { lineOf } from "@caravela/sibs/text";
import type { TSchema } from "typebox";
import {
  type AuthenticationAnswer,
  authenticationAnswer,
  type RegistrationAnswer,
  registrationAnswer,
} from "./ceremonies.ts";
import { LONGEST_PASSKEY_NAME } from "./passkey-schemas.ts";

/** Reads what a page's script put into a form: a passkey's answer; null: it is none. */
export const readAuthentication = reader<AuthenticationAnswer>(authenticationAnswer);

/** Reads what a page's script put into a form: a new passkey; null: it is none. */
export const readRegistration = reader<RegistrationAnswer>(registrationAnswer);

/** What a passkey is called, by what a form or a browser says of it. */
export function passkeyName(said: string): string {
  return lineOf(said, LONGEST_PASSKEY_NAME) || "Passkey";
}

function reader<Answer>(schema: TSchema): (text: string) => Answer | null {
  const isAnswer = validatorCompiler({ schema, method: "POST", url: "", httpPart: "body" });
  return (text) => {
    try {
      const read: unknown = JSON.parse(text);
      return isAnswer(read) === true ? (read as Answer) : null;
    } catch {
      return null;
    }
  };
}
