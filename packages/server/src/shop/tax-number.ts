/**
 * Reads a Portuguese tax number (NIF), however it is spaced, with or without `PT`. @throws TypeError when it is none.
 */
export function taxNumber(text: string): string {
  const digits = text.replace(/^PT/i, "").replaceAll(/[\s.]/g, "");
  if (!/^\d{9}$/.test(digits)) throw new TypeError("a Portuguese tax number (NIF) has nine digits");
  if (!/^([1-35-9]|45)/.test(digits)) throw new TypeError("no Portuguese tax number (NIF) begins like this");
  const numbers = Array.from(digits, Number);
  if (checkDigit(numbers) !== numbers.at(-1)) {
    throw new TypeError("its last digit does not fit the others: a digit of it is wrong, or two have changed places");
  }
  return digits;
}

/** What the last digit must be, modulo 11. */
function checkDigit(digits: readonly number[]): number {
  const sum = digits.slice(0, 8).reduce((sum, digit, place) => sum + digit * (9 - place), 0);
  const rest = 11 - (sum % 11);
  return rest > 9 ? 0 : rest;
}
