import { parseXml, XmlElement, XmlProcessingInstruction } from "@rgrove/parse-xml";

const SVG = "http://www.w3.org/2000/svg";

/** What runs, brings another document in, or changes what was looked at here. */
const FORBIDDEN = [
  "script",
  "handler",
  "listener",
  "foreignobject",
  "iframe",
  "embed",
  "object",
  "audio",
  "video",
  "animate",
  "set",
];

/**
 * Why an SVG is not shown to customers: it holds script, or loads something from elsewhere; undefined: it may be. A
 * second lock: as a picture of a page a browser runs and loads nothing of it either.
 */
export function whyNoDrawing(text: string): string | undefined {
  let document: ReturnType<typeof parseXml>;
  try {
    document = parseXml(text);
  } catch (error) {
    return `it is no XML that can be read (${(error as Error).message.split("\n")[0]})`;
  }
  const { root } = document;
  if (root?.name !== "svg" || root.attributes.xmlns !== SVG) {
    return `an SVG begins with <svg xmlns="${SVG}">: browsers show no other`;
  }
  if (document.children.some((one) => one instanceof XmlProcessingInstruction)) {
    return "it loads something by a processing instruction: leave that out";
  }
  return whyNotElement(root);
}

function whyNotElement(element: XmlElement): string | undefined {
  const name = element.name.replace(/^.*:/, "").toLowerCase();
  if (FORBIDDEN.some((one) => name === one || (one === "animate" && name.startsWith(one)))) {
    return `it has a <${element.name}>: leave that out`;
  }
  for (const [attribute, value] of Object.entries(element.attributes)) {
    const why = whyNotAttribute(attribute.replace(/^.*:/, "").toLowerCase(), value);
    if (why !== undefined) return `its <${element.name}> ${why}: leave that out`;
  }
  if (name === "style" && loadsByStyle(element.text)) return "its <style> loads something: leave that out";
  for (const child of element.children) {
    const why = child instanceof XmlElement ? whyNotElement(child) : undefined;
    if (why !== undefined) return why;
  }
  return undefined;
}

function whyNotAttribute(name: string, value: string): string | undefined {
  if (name.startsWith("on")) return `has ${name}, which runs script`;
  const isAddress = name === "href" || name === "src";
  if (isAddress && !/^\s*(#|data:image\/(png|jpe?g|webp|gif);)/i.test(value)) return `leads elsewhere by ${name}`;
  if (loadsByStyle(value)) return `loads something by ${name}`;
  return undefined;
}

/** Whether words of a style load anything that is not a part of the drawing itself. */
function loadsByStyle(text: string): boolean {
  const plain = text.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  return /@import|javascript:|\\|\b(image|image-set)\(|url\(\s*["']?\s*(?!["'#\s])/i.test(plain);
}
