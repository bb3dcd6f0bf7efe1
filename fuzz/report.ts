import type { Batch, Sent, Violation } from "./batch.ts";
import { KINDS, type Kind } from "./request.ts";
import { CARD_NUMBERS } from "./world/lives.ts";
import type { Heard } from "./world/wire.ts";

/** So much of a request or an answer is printed, in characters. */
const MOST_PRINTED = 2_000;

/** What is told of a violation: plain text, so that it can be handed from process to process. */
export interface Told {
  readonly kind: Kind;
  readonly number: number;
  readonly text: string;
}

/** A violation in words: what was wrong, what was sent, what came back, and how it is seen again. */
export function tell({ seed, day }: Batch, violation: Violation, secrets: readonly string[]): Told {
  const { kind, number, faults, input, outcome } = violation;
  const masked = (text: string) => masking(text, secrets);
  const lines = [
    `${kind}/${number}: ${masked(faults.join("; "))}`,
    `  made of: ${masked(input.asked.story)}`,
    `  sent:\n${indented(masked(shown(input.bytes)))}`,
    `  came back:\n${indented(masked(answerOf(outcome.heard)))}`,
    `  again: npm run fuzz -- --seed ${seed} --day ${day} --again ${kind}/${number}`,
  ];
  return { kind, number, text: lines.join("\n") };
}

/** What came of a batch, as one process tells another. */
export interface Tally {
  readonly kind: Kind;
  readonly inputs: number;
  readonly violations: readonly Told[];
  readonly digest: string;
  readonly from: number;
  readonly statuses: Sent["statuses"];
  readonly slowestMs: number;
}

/** The last line of a run. */
export function closingLine(tallies: readonly Tally[], seed: number): string {
  const sum = (of: (tally: Tally) => number, all = tallies) => all.reduce((total, one) => total + of(one), 0);
  const byKind = KINDS.flatMap((kind) => {
    const inputs = sum(
      (one) => one.inputs,
      tallies.filter((one) => one.kind === kind),
    );
    return inputs === 0 ? [] : [`${kind} ${inputs}`];
  });
  return `${sum((one) => one.inputs)} inputs (${byKind.join(", ")}) with seed ${seed}, ${sum((one) => one.violations.length)} violations`;
}

function masking(text: string, secrets: readonly string[]): string {
  return [...secrets, ...CARD_NUMBERS].reduce((masked, secret) => masked.replaceAll(secret, "[secret]"), text);
}

function answerOf(heard: Heard): string {
  if ("none" in heard) return heard.none === "closed" ? "the connection was closed" : "nothing";
  const head = heard.headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  return `${heard.status}\n${head}\n\n${shown(heard.body)}`;
}

function shown(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  return text.length > MOST_PRINTED ? `${text.slice(0, MOST_PRINTED)}… (${bytes.length} bytes)` : text;
}

function indented(text: string): string {
  return text.replace(/^/gm, "    ");
}
