/** The end of a masked phone, by which its owner knows it: `351#*****9999` → `9999`. */
export function ending(maskedPhone: string): string {
  return maskedPhone.slice(-4);
}
