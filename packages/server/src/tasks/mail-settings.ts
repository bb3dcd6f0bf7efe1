import { Secret } from "@caravela/platform/secret";
import { list, oneOf, onOff, type Reading, setting } from "@caravela/platform/settings";
import type { Lang } from "@caravela/web/lang";

/** How what needs a person is sent by e-mail. */
export interface TasksMailSettings {
  /** `smtp://user:password@host:587`, or `smtps://…`. */
  readonly smtpUrl: Secret;
  readonly from: string;
  readonly to: readonly string[];
  readonly lang: Lang;
}

/** How customers are sent what they want by e-mail. */
export type CustomerMailSettings = Pick<TasksMailSettings, "smtpUrl" | "from">;

/** What is sent by e-mail; null: that is not. */
export interface MailSettings {
  readonly tasksMail: TasksMailSettings | null;
  readonly customerMail: CustomerMailSettings | null;
}

const NAMES = ["CARAVELA_SMTP_URL", "CARAVELA_MAIL_FROM", "CARAVELA_TASKS_MAIL_TO"];

/** A mail server needs an address that mail is from, and whoever is to be sent something needs both. */
export function readMail(reading: Reading): MailSettings {
  const isSet = (name: string) => (reading.env[name]?.trim() ?? "") !== "";
  const lang = setting<Lang>(reading, "CARAVELA_MAIL_LANGUAGE", { default: "pt", parse: oneOf<Lang>(["pt", "en"]) });
  const toCustomers = setting(reading, "CARAVELA_CUSTOMER_MAIL", { default: true, parse: onOff });
  if (!NAMES.some(isSet)) return { tasksMail: null, customerMail: null };
  const server = {
    smtpUrl: new Secret(setting(reading, "CARAVELA_SMTP_URL", { parse: smtpUrl, isSecret: true })),
    from: setting(reading, "CARAVELA_MAIL_FROM", { parse: address }),
  };
  const to = setting<string[]>(reading, "CARAVELA_TASKS_MAIL_TO", { default: [], parse: addresses });
  return {
    tasksMail: to.length === 0 ? null : { ...server, to, lang },
    customerMail: toCustomers ? server : null,
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

/** Without signs that nobody sees: some are left out on the way, and it would go to another. */
const ADDRESS = /^[^\s\p{C}@<>(),;:"\\[\]]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/u;

/** Whether it is one address as mail servers take it, without a name beside it, on a machine that is not ours. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && ADDRESS.test(text) && /\.[a-z][a-z0-9-]*[a-z0-9]$/i.test(text);
}

/** As mail servers take it, without a name beside it. */
function address(text: string): string {
  if (!ADDRESS.test(text))
    throw new TypeError("an e-mail address as tasks@example.pt is needed, without a name beside it");
  return text;
}
