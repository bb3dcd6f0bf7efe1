/** Calls back after that many milliseconds of system time; never keeps the process alive. Returns what calls it off. */
export function after(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  timer.unref();
  return () => clearTimeout(timer);
}

/** Resolves after that many milliseconds of system time. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * What the promise gives, or `"timeout"` when that takes longer than so many milliseconds. The promise itself is not
 * stopped.
 */
export async function deadline<T>(promise: Promise<T>, ms: number): Promise<T | "timeout"> {
  const { promise: timeout, resolve } = Promise.withResolvers<"timeout">();
  const timer = setTimeout(resolve, ms, "timeout");
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
