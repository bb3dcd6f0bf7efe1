/** How something was refused, as whoever asked for it can tell; null: it was not. */
export async function refusal(work: Promise<unknown>): Promise<object | null> {
  try {
    await work;
    return null;
  } catch (error) {
    const { code, constraint, message } = error as { code?: string; constraint?: string; message: string };
    return code === undefined ? { message } : { code, constraint };
  }
}
