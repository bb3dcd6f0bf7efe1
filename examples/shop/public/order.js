// Looks every two seconds whether the order stands otherwise than this page says. Without script the page refreshes itself as a whole.
const shown = document.querySelector("main").dataset.state;

setInterval(async () => {
  const response = await fetch(location.pathname).catch(() => null); // no connection: we look again
  if (response === null || !response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (page.querySelector("main").dataset.state !== shown) location.reload();
}, 2000);
