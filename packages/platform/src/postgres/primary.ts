import { Socket } from "node:net";
import pg from "pg";
import { addressesIn } from "./hosts.ts";

/** How long a host is waited for that does not say whether it takes changes, in milliseconds. */
const PATIENCE_MS = 3_000;

/** One host of an address. */
export interface Host {
  readonly url: string;
  readonly host: string;
  readonly port: number;
}

/** Asks a session whether it takes changes: a standby does not, and neither does what is set so. */
const IS_READ_ONLY = "select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as is_read_only";

/** The one of several hosts that takes changes, as it was last found. */
export class Primary {
  readonly #addresses: readonly string[];
  #found: Promise<Host> | null = null;

  /** @param addresses each of one host */
  constructor(addresses: readonly string[]) {
    this.#addresses = addresses;
  }

  /** All are asked at once, and the first that takes changes is it. @throws Error that says of each why it is not */
  async find(): Promise<Host> {
    const looking = this.#found ?? Promise.any(this.#addresses.map(askedHost));
    this.#found = looking;
    try {
      return await looking;
    } catch (error) {
      if (this.#found === looking) this.forget();
      throw new Error((error as AggregateError).errors.map(({ message }) => message).join("; "), { cause: error });
    }
  }

  /** It may be another by now. */
  forget(): void {
    this.#found = null;
  }
}

/** The address of the one host that takes changes; of one alone, itself. @throws Error when none does */
export async function addressOfPrimary(url: string): Promise<string> {
  const [first = url, ...others] = addressesIn(url);
  return others.length === 0 ? first : (await new Primary([first, ...others]).find()).url;
}

/** @throws Error when the session of this client takes no changes */
export async function refuseReadOnly(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ is_read_only: boolean }>(IS_READ_ONLY);
  if (rows[0]?.is_read_only !== false) throw new Error("takes no changes now");
}

async function askedHost(url: string): Promise<Host> {
  const socket = new Socket();
  const limits = { connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS };
  const client = new pg.Client({
    connectionString: url,
    application_name: "caravela-looks",
    ...limits,
    stream: () => socket,
  });
  client.on("error", () => undefined); // whoever waits is told
  const { host, port } = client;
  try {
    await client.connect();
    await refuseReadOnly(client);
    return { url, host, port };
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    throw new Error(`${host}:${port} ${message || code}`, { cause: error });
  } finally {
    socket.destroy(); // in order, a dead one would be waited for
  }
}
