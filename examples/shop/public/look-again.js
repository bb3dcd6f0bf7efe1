// Looks every two seconds whether what this page is about stands otherwise than it says. Without script the page
// refreshes itself as a whole.
const said = (page) => JSON.stringify(page.querySelector("main").dataset);
const shown = said(document);

setInterval(async () => {
  const response = await fetch(location.pathname).catch(() => null); // no connection: we look again
  if (response === null || !response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (said(page) !== shown) location.reload();
}, 2000);
