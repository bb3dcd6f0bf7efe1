/** How a person ends us: first in order, then at once. */
export interface EndRequests {
  readonly asked: AbortSignal;
  readonly hurry: AbortSignal;
}

const LOOK_FOR_PARENT_MS = 500;

/**
 * Listens for Ctrl-C, SIGTERM and a closing terminal; the second of them means hurry. Under npm its death counts too:
 * it would leave us running with nobody to end us.
 */
export function endRequests(): EndRequests {
  const [asked, hurry] = [new AbortController(), new AbortController()];
  const end = () => (asked.signal.aborted ? hurry.abort() : asked.abort());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  if (process.env.npm_lifecycle_event !== undefined) askWhenParentIsGone(asked);
  return { asked: asked.signal, hurry: hurry.signal };
}

function askWhenParentIsGone(asked: AbortController): void {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid !== parent) asked.abort();
  }, LOOK_FOR_PARENT_MS);
  look.unref();
}
