import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import type { House } from "../house.ts";

/** How often it is looked what the server holds in memory, in milliseconds. */
const LOOKED_EVERY_MS = 100;

/** A list as a file, read whole. */
export interface Export {
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
  /** What the server held in memory before, and at most meanwhile, in bytes. */
  readonly memory: { readonly before: number; readonly most: number };
}

/** All payments that are stored, as a CSV file. */
export async function exportAll({ serverUrl, headers, processors }: House): Promise<Export> {
  const held = () => processors.memory().server ?? 0;
  const before = held();
  let most = before;
  const looking = setInterval(() => {
    most = Math.max(most, held());
  }, LOOKED_EVERY_MS);
  const begun = performance.now();
  const request = get(`${serverUrl}/v1/exports/payments.csv`, { headers: asObject(headers()) });
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`the export was answered ${answer.statusCode}`);
  let [bytes, lines] = [0, 0];
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines += 1;
  }
  clearInterval(looking);
  return { rows: lines - 1, bytes, seconds: (performance.now() - begun) / 1_000, memory: { before, most } };
}

/** Prints how fast a file came, and what it took. */
export function printExport({ rows, bytes, seconds, memory }: Export): void {
  const mib = (size: number) => `${(size / 2 ** 20).toFixed(0)} MiB`;
  console.log(
    `\nexport of all payments: ${rows.toLocaleString("en")} rows, ${mib(bytes)}, in ${seconds.toFixed(1)} s (${Math.round(rows / seconds).toLocaleString("en")} a second); the server held ${mib(memory.before)} before and ${mib(memory.most)} at most`,
  );
}

function asObject(headers: string): Record<string, string> {
  const lines = headers.split("\r\n").filter((line) => line !== "");
  return Object.fromEntries(lines.map((line) => line.split(": ") as [string, string]));
}
