const KEY = "caravela:at-bank";

/** Remembers, in this tab alone, that the customer left a page for the bank's. @param path where the page is. */
export function noteAtBank(path: string): void {
  try {
    sessionStorage.setItem(KEY, path);
  } catch {
    // a browser that keeps nothing: the page stays, with its link to the shop
  }
}

/** Whether the customer left that page for the bank's and has not been back since; asked once. */
export function takeWasAtBank(path: string): boolean {
  try {
    const isNoted = sessionStorage.getItem(KEY) === path;
    if (isNoted) sessionStorage.removeItem(KEY);
    return isNoted;
  } catch {
    return false;
  }
}
