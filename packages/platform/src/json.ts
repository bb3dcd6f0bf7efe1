import { httpProblems } from "./problems.ts";

/**
 * The text of a JSON body, in the encoding that its `Content-Type` names: UTF-8, unless it names another. A mark at its beginning is no part of it.
 * @throws Problem 415 for an encoding that nobody knows, 400 for bytes that are none of it.
 */
export function jsonText(bytes: Buffer, contentType = ""): string {
  const [, charset = "utf-8"] = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType) ?? [];
  const decoder = decoderOf(charset);
  try {
    return decoder.decode(bytes);
  } catch {
    throw httpProblems.malformedBody(`The body is not in ${charset}: send JSON in UTF-8.`);
  }
}

function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    throw httpProblems.unsupportedMediaType("The body is in an encoding that is not known here: send JSON in UTF-8.");
  }
}
