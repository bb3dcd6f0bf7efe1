import { Secret } from "@caravela/platform/secret";
import { list, oneOf, type Reading, setting } from "@caravela/platform/settings";
import type { Lang } from "@caravela/web/lang";

/** How what needs a person is sent by e-mail. */
export interface TasksMailSettings {
  /** `smtp://user:password@host:587`, or `smtps://…`. */
  readonly smtpUrl: Secret;
  readonly from: string;
  readonly to: readonly string[];
  readonly lang: Lang;
}

const NAMES = ["CARAVELA_SMTP_URL", "CARAVELA_MAIL_FROM", "CARAVELA_TASKS_MAIL_TO"];

/** Null: none of it is set, and nothing is sent. When one of the three is set, all are needed. */
export function readTasksMail(reading: Reading): TasksMailSettings | null {
  const lang = setting<Lang>(reading, "CARAVELA_MAIL_LANGUAGE", { default: "pt", parse: oneOf<Lang>(["pt", "en"]) });
  if (NAMES.every((name) => (reading.env[name]?.trim() ?? "") === "")) return null;
  return {
    smtpUrl: new Secret(setting(reading, "CARAVELA_SMTP_URL", { parse: smtpUrl, isSecret: true })),
    from: setting(reading, "CARAVELA_MAIL_FROM", { parse: address }),
    to: setting<string[]>(reading, "CARAVELA_TASKS_MAIL_TO", { parse: addresses }),
    lang,
  };
}

function smtpUrl(text: string): string {
  const url = /^smtps?:\/\/\S+$/i.test(text) && URL.canParse(text) ? new URL(text) : null;
  const isPlain = url !== null && url.hostname !== "" && /^\/?$/.test(url.pathname) && url.search + url.hash === "";
  if (!isPlain) throw new TypeError("an address as smtp://user:password@mail.example.pt:587 is needed");
  if (!canBeDecoded(url.username + url.password)) throw new TypeError("a % in a user or a password is written %25");
  if ((url.username === "") !== (url.password === ""))
    throw new TypeError("a user and a password are needed, or neither");
  return text;
}

function canBeDecoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== null;
  } catch {
    return false;
  }
}

function addresses(text: string): string[] {
  const all = list(text);
  if (all.length === 0 || all.length > 20)
    throw new TypeError("one address or more is needed, with commas between them, 20 at most");
  return all.map(address);
}

/** As mail servers take it, without a name beside it. */
function address(text: string): string {
  if (!/^[^\s@<>(),;:"\\[\]]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(text))
    throw new TypeError("an e-mail address as tasks@example.pt is needed, without a name beside it");
  return text;
}
