import type { ApiKey } from "@caravela/server";

/** The limits of a key or a person, as a line says them. */
export function limitsOf({ refund, capture }: ApiKey["limits"]): string[] {
  return [
    ...(refund.most === null ? [] : [`refunds up to ${refund.most} cents`]),
    ...(capture.most === null ? [] : [`captures up to ${capture.most} cents`]),
  ];
}
