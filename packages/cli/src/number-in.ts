/** The number that an option holds; what is no number is said to be none by whoever reads it. */
export function numberIn(text: string | undefined): number | string | undefined {
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
