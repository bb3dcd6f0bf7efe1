import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A gate in front of a database. */
export interface Gate {
  /** The database's address, through the gate. */
  readonly url: string;
  open(): Promise<void>;
  /** Nobody gets through any more, and whoever was through is cut off: both sides learn of it. */
  shut(): Promise<void>;
  /**
   * From now on nothing passes either way, and nobody is told: as when packets are dropped. Who knocks is let in, and
   * hears nothing.
   */
  silence(): void;
  /**
   * What is sent from now on passes again. What was held back meanwhile arrives now, as TCP would send it again; with
   * `forgotten`, the connections of before stay silent for ever, as when a firewall has forgotten them.
   */
  speak(options?: { forgotten?: boolean }): void;
}

/** Opens a gate in front of the PostgreSQL of this address. */
export async function openGate(database: string): Promise<Gate> {
  const behind = new URL(database);
  const through = new Set<Socket>();
  let forgotten = new Set<Socket>();
  let isSilent = false;
  const server = createServer((socket) => {
    const onward = connect(Number(behind.port), behind.hostname);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      through.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => through.delete(one) && !isSilent && !forgotten.has(one) && other.destroy());
      one.on("data", (bytes) => other.write(bytes));
      one.on("end", () => other.end());
      if (isSilent) one.pause();
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = new URL(database);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return {
    url: url.href,
    open: async () => void (await once(server.listen(port, "127.0.0.1"), "listening")),
    shut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of through) socket.destroy();
      }),
    silence: () => {
      isSilent = true;
      for (const socket of through) socket.pause();
    },
    speak: (options = {}) => {
      isSilent = false;
      if (options.forgotten) forgotten = new Set(through);
      else for (const socket of through) socket.resume();
    },
  };
}
