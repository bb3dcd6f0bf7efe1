import { type Arrived, type Step, scriptedServer } from "../../../sibs/src/testing/scripted-server.ts";
import { Caravela } from "../index.ts";

export const apiKey = "sk_test_secret";
export const payment = { id: "pay_1", status: "open" };
export const input = { amount: 550, currency: "EUR", reference: "order-17" } as const;

/** A problem as the API answers it. */
export const problem = (status: number, code: string, more = {}) => ({
  type: `/problems/${code}`,
  title: "A title.",
  status,
  detail: "A detail.",
  errors: [],
  ...more,
});

/** What a client is answered by a server that follows a script, and what had arrived there. */
export async function against<T>(
  steps: readonly Step[],
  ask: (caravela: Caravela) => Promise<T>,
  options = {},
): Promise<{ answer: T | undefined; error: unknown; arrived: readonly Arrived[] }> {
  const server = await scriptedServer(...steps);
  try {
    const caravela = new Caravela({ baseUrl: `${server.url}/`, apiKey, ...options });
    const { answer, error } = await ask(caravela).then(
      (answer) => ({ answer, error: undefined }),
      (error: unknown) => ({ answer: undefined, error }),
    );
    return { answer, error, arrived: server.arrived };
  } finally {
    await server.close();
  }
}

export const create = (caravela: Caravela) => caravela.payments.create(input);
export const keysOf = (arrived: readonly Arrived[]) => arrived.map(({ headers }) => headers["idempotency-key"]);
