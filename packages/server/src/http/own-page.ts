const AT = /^\/dashboard(?:[/?]|$)/;

/**
 * An address of the dashboard, and of nobody else, whatever an address or a form says that somebody was sent; null: it
 * is none. As browsers read it, so that it leads nowhere else by dots, and stands in a header as it is.
 */
export function dashboardPath(text: unknown): string | null {
  if (typeof text !== "string" || !AT.test(text) || !/^[\x21-\x7e]+$/.test(text)) return null;
  if (text.includes("\\") || text.includes("//")) return null;
  const { pathname, search } = new URL(text, "http://localhost");
  return AT.test(pathname) ? `${pathname}${search}` : null;
}
