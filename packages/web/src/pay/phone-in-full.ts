import { formatPhone, parsePhone } from "@caravela/sibs/phone";
import { useEffect, useState } from "preact/hooks";
import { ending } from "../parts/ending.ts";
import { usePay } from "./context.ts";

/**
 * The number that is asked, in full, for whoever typed it in this tab: it is kept in the browser alone, for as long as
 * the tab is open, and stands in no page as it is served. Null: it was typed elsewhere.
 * @param masked as the server says it.
 */
export function usePhoneInFull(masked: string): string | null {
  const { view, typedIn } = usePay();
  const typed = typedIn("mbway").phone;
  const [full, setFull] = useState<string | null>(null);
  useEffect(() => {
    const parsed = parsePhone(typed ?? "");
    if (parsed.ok) keep(view.path, parsed.phone);
    const kept = parsePhone(read(view.path, masked) ?? "");
    setFull(kept.ok ? formatPhone(kept.phone) : null);
  }, [view.path, typed, masked]);
  return full;
}

const nameOf = (path: string, phone: string): string => `caravela-phone:${path}:${ending(phone)}`;

/**
 * Of two numbers with the same ending neither is kept: nobody could say which of them is asked. A browser that keeps
 * nothing shows the end of the number, as ever.
 */
function keep(path: string, phone: string): void {
  const name = nameOf(path, phone);
  try {
    const before = sessionStorage.getItem(name);
    sessionStorage.setItem(name, before === null || before === phone ? phone : "");
  } catch {}
}

function read(path: string, masked: string): string | null {
  try {
    return sessionStorage.getItem(nameOf(path, masked));
  } catch {
    return null;
  }
}
