import { fstatSync } from "node:fs";

/** How a person ends us: first in order, then at once. */
export interface EndRequests {
  readonly asked: AbortSignal;
  readonly hurry: AbortSignal;
}

const LOOK_FOR_PARENT_MS = 500;
/** An input that is at its end sooner than this was never held by anybody. */
const HELD_MS = 100;

/**
 * Listens for Ctrl-C, SIGTERM and a closing terminal; the second of them means hurry. Under npm its death counts too:
 * it would leave us running with nobody to end us. `withStarter`: whoever started us ends us also by its own end.
 */
export function endRequests({ withStarter = false } = {}): EndRequests {
  const [asked, hurry] = [new AbortController(), new AbortController()];
  const end = () => (asked.signal.aborted ? hurry.abort() : asked.abort());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  if (withStarter || process.env.npm_lifecycle_event !== undefined) askWhenParentIsGone(asked);
  if (withStarter) askWhenInputEnds(asked);
  return { asked: asked.signal, hurry: hurry.signal };
}

/**
 * A program that was started by way of others (a shell, npx) is not told when the first of them is killed; but nobody
 * holds the other end of a pipe any more. One that was at its end from the beginning is nobody's to hold.
 */
function askWhenInputEnds(asked: AbortController): void {
  const { isFIFO, isSocket } = kindOfInput();
  if (!isFIFO && !isSocket) return;
  const startedAt = performance.now();
  process.stdin
    .on("end", () => performance.now() - startedAt > HELD_MS && asked.abort())
    .on("error", () => undefined)
    .resume();
  // whoever still holds its other end keeps nobody here who was asked to end otherwise
  asked.signal.addEventListener("abort", () => process.stdin.destroy(), { once: true });
}

function kindOfInput(): { isFIFO: boolean; isSocket: boolean } {
  try {
    const stat = fstatSync(0);
    return { isFIFO: stat.isFIFO(), isSocket: stat.isSocket() };
  } catch {
    return { isFIFO: false, isSocket: false };
  }
}

function askWhenParentIsGone(asked: AbortController): void {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid !== parent) asked.abort();
  }, LOOK_FOR_PARENT_MS);
  look.unref();
}
