/**
 * Waits for a condition, with a limit that a busy machine keeps, too: for what happens by itself and cannot be asked
 * for.
 */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = 30_000): Promise<void> {
  const last = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > last) throw new Error(`not so within ${limitMs} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
