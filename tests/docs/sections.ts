/**
 * The sections of a document by their headings of a level, each as its paragraphs up to the next heading of any level.
 */
export function sectionsOf(markdown: string, level = 2): Map<string, string[]> {
  const [, ...parts] = markdown.split(new RegExp(`^#{${level}} `, "m"));
  return new Map(
    parts.map((part) => {
      const [heading = "", ...paragraphs] = (part.split(/^#/m)[0] ?? "").trim().split(/\n{2,}/);
      return [heading, paragraphs.map((paragraph) => paragraph.replace(/\n/g, " "))];
    }),
  );
}
