import type { Sandbox } from "./sandbox.ts";

/** A notification of SIBS. */
export interface GatewayNotification {
  readonly id: string;
  readonly transactionID: string;
  /** `Requested` until it is acknowledged, then `Processed`. */
  readonly state: "Requested" | "Processed";
  readonly nextTryAt: string | null;
  /** What it says, before it is encrypted. */
  readonly plaintext: Readonly<Record<string, unknown>>;
  /** How it was answered, try by try; a `status` of null is no answer. */
  readonly tries: readonly { readonly at: string; readonly status: number | null; readonly answer: string | null }[];
}

/** Which notification is meant: by what it says, as `{ paymentStatus: "Success" }`, and by its transaction. */
export type Sought = Readonly<Record<string, unknown>>;

/** What SIBS tells the merchant by itself. */
export interface GatewayNotifications {
  /** The key that they are encrypted with: Base64 of 32 bytes. */
  readonly secret: string;
  /** Where they are sent from now on; null: nowhere. */
  sendTo(url: string | null): Promise<void>;
  /** The newest hundred, newest first. */
  list(): Promise<readonly GatewayNotification[]>;
  /** The newest that says so, as soon as there is one, be it sent or not. */
  made(sought?: Sought): Promise<GatewayNotification>;
  /** The newest that says so, as soon as your program has acknowledged it. */
  acknowledged(sought?: Sought): Promise<GatewayNotification>;
  /** Sends one again. */
  resend(id: string): Promise<GatewayNotification>;
}

/** The notifications of a gateway's terminal. */
export function notificationsOf(
  sandbox: Sandbox,
  { terminalId, secret }: { terminalId: string; secret: string },
): GatewayNotifications {
  const list = async () =>
    (await sandbox.get<{ notifications: GatewayNotification[] }>("/notifications?limit=100")).notifications;
  const wait = (sought: Sought, isWanted: (one: GatewayNotification) => boolean, what: string) =>
    sandbox.until(
      async () => (await list()).find((one) => says(one, sought) && isWanted(one)),
      async () => `No notification ${JSON.stringify(sought)} was ${what}. There are: ${standingOf(await list())}`,
    );
  return {
    secret,
    sendTo: async (url) => {
      const webhook = url === null ? null : { url, secret };
      await sandbox.put(`/terminals/${terminalId}`, { webhook });
    },
    list,
    made: (sought = {}) => wait(sought, () => true, "made"),
    acknowledged: (sought = {}) => wait(sought, ({ state }) => state === "Processed", "acknowledged"),
    resend: (id) => sandbox.post(`/notifications/${encodeURIComponent(id)}/resend`),
  };
}

function says({ transactionID, plaintext }: GatewayNotification, sought: Sought): boolean {
  return Object.entries(sought).every(
    ([name, value]) => (name === "transactionID" ? transactionID : plaintext[name]) === value,
  );
}

function standingOf(all: readonly GatewayNotification[]): string {
  const lines = all.slice(0, 5).map(({ transactionID, plaintext, tries }) => {
    const answers = tries.map(({ status }) => status ?? "no answer").join(", ");
    return `${transactionID} ${String(plaintext.paymentStatus)} (${answers || "not sent yet"})`;
  });
  return lines.join("; ") || "none";
}
