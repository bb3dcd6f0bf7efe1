import { readDescription } from "../tests/api/described.ts";
import type { Answer } from "../tests/support/json.ts";
import { holdToListed } from "../tests/support/listed-problems.ts";
import type { Stage } from "../tests/support/stage.ts";

/** Says in what an answer of the API is not as its description has it. */
export type Holds = (method: string, target: string, answer: Answer) => Promise<string[]>;

/** Holds answers to the description of the API, which is read once: its schemas are many. */
export class Held {
  #holds: Promise<Holds> | null = null;

  /** @param server the address of one that runs */
  to(server: string): Promise<Holds> {
    this.#holds ??= holding(server);
    return this.#holds;
  }
}

async function holding(server: string): Promise<Holds> {
  const api = async (method: string, path: string) => ({ body: await (await fetch(server + path, { method })).json() });
  const description = await readDescription({ api } as unknown as Stage);
  return async (method, target, answer) => {
    // what is refused is one of a list; what is answered has a schema of its own
    if (answer.status < 400) return description.faults(method, target, answer).slice(0, 4);
    return holdToListed(server, method, target, answer).then(
      () => [],
      (error: Error) => [error.message],
    );
  };
}
