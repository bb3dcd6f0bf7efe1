import { connect, createServer, type Socket } from "node:net";
import { freePort } from "../support/shop.ts";

/** A gate in front of a database: shut, nobody gets through and whoever was through is cut off. */
export interface Gate {
  /** The database's address, through the gate. */
  readonly url: string;
  open(): Promise<void>;
  shut(): Promise<void>;
}

/** Opens a gate in front of the PostgreSQL of this address. */
export async function openGate(database: string): Promise<Gate> {
  const behind = new URL(database);
  const port = await freePort();
  const through = new Set<Socket>();
  const http = createServer((socket) => {
    const onward = connect(Number(behind.port), behind.hostname);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      through.add(one);
      one.on("error", () => other.destroy()).on("close", () => through.delete(one) && other.destroy());
      one.pipe(other);
    }
  });
  const url = new URL(database);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  const gate: Gate = {
    url: url.href,
    open: () => new Promise((resolve) => http.listen(port, "127.0.0.1", () => resolve())),
    shut: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        for (const socket of through) socket.destroy();
      }),
  };
  await gate.open();
  return gate;
}
