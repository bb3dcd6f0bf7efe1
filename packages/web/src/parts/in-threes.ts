/** A reference as people read it out: `123456789` → `123 456 789`. */
export function inThrees(reference: string): string {
  return reference.replace(/(\d{3})(?=\d)/g, "$1 ");
}
