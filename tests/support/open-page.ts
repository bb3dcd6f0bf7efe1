/** How a test's browser without script asks: in English. */
export const headers = { "accept-language": "en" };

/** A page as a browser without script uses it. */
export function openPage<View extends { path: string }>(url: string) {
  const at = new URL(url);
  return {
    url,
    path: at.pathname,
    html: async (query = "") => (await fetch(`${url}${query}`, { headers })).text(),
    view: async (query = ""): Promise<View> =>
      (await fetch(`${url}/view${query}`, { headers })).json() as Promise<View>,
    post: (to: string, fields: Record<string, string> = {}, accept = "text/html") =>
      fetch(`${url}/${to}`, {
        method: "POST",
        redirect: "manual",
        headers: { ...headers, accept },
        body: new URLSearchParams(fields),
      }),
  };
}
