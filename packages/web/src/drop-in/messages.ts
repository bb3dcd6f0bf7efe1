/** What the shop's page says to the one in its frame, once that is loaded: it is answered, where it may be. */
export interface Hello {
  type: "caravela:hello";
}

/** What the page in the frame says. Nothing that a customer typed, ever. */
export type FromPage =
  | { type: "caravela:payment"; payment: string; status: string; title: string }
  /** In CSS pixels. */
  | { type: "caravela:height"; height: number };

/** Whether the shop's page greets. */
export function isHello(data: unknown): data is Hello {
  return typeof data === "object" && data !== null && "type" in data && data.type === "caravela:hello";
}
