import { validatorCompiler } from "@caravela/platform/validation";
import type { TSchema } from "typebox";
import {
  type AuthenticationAnswer,
  authenticationAnswer,
  type RegistrationAnswer,
  registrationAnswer,
} from "./ceremonies.ts";

/** Reads what a page's script put into a form: a passkey's answer; null: it is none. */
export const readAuthentication = reader<AuthenticationAnswer>(authenticationAnswer);

/** Reads what a page's script put into a form: a new passkey; null: it is none. */
export const readRegistration = reader<RegistrationAnswer>(registrationAnswer);

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
