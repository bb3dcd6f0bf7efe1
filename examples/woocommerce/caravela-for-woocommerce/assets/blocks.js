// The checkout that is made of blocks shows this way to pay by its title, and a line below it. All else is the
// server's.
(({ wcBlocksRegistry, wcSettings }, { createElement, decodeEntities }) => {
  const said = wcSettings.getSetting("caravela_data", {});
  const title = decodeEntities(said.title ?? "");
  const content = createElement("p", null, decodeEntities(said.description ?? ""));
  wcBlocksRegistry.registerPaymentMethod({
    name: "caravela",
    label: createElement("span", null, title),
    ariaLabel: title,
    content,
    edit: content,
    canMakePayment: () => true,
    supports: { features: said.supports ?? ["products"] },
  });
})(window.wc, {
  createElement: window.wp.element.createElement,
  decodeEntities: window.wp.htmlEntities.decodeEntities,
});
