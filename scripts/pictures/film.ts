/** What is seen for a while: one picture beside the other, and what it is. */
export interface Scene {
  readonly left: Buffer;
  readonly right: Buffer;
  readonly says: string;
}

/** A picture that moves: its scenes follow each other, and begin anew after the last. */
export interface Film {
  readonly title: string;
  readonly scenes: readonly Scene[];
  /** The size of each picture, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** For how long each scene stands, in seconds. */
  readonly seconds: number;
  /** Which scene stands for all, where nothing is to move. Counted from 0. */
  readonly still: number;
}

const GAP = 24;
const CAPTION = 56;

/**
 * Draws a film as one SVG without a script: JPEG pictures that its own style shows in turn, so that it moves as an
 * `<img>` too. Each picture is in it once, however many scenes on end show it.
 */
export function drawFilm({ title, scenes, width, height, seconds, still }: Film): string {
  const whole = { width: 2 * width + 3 * GAP, height: height + 2 * GAP + CAPTION };
  const parts: string[] = [];
  const rules: string[] = [];
  const add = (draw: (attributes: string) => string, isShown: (scene: number) => boolean) => {
    const name = `p${parts.length}`;
    parts.push(draw(`id="${name}"${isShown(still) ? ' class="still"' : ""}`));
    const steps = scenes.map((_, scene) => `${percent(scene, scenes.length)}{opacity:${Number(isShown(scene))}}`);
    rules.push(`@keyframes ${name}{${steps.join("")}}`);
    rules.push(`#${name}{animation:${name} ${scenes.length * seconds}s step-end infinite}`);
  };
  for (const side of ["left", "right"] as const) {
    const x = side === "left" ? GAP : width + 2 * GAP;
    for (const { shot, first, last } of runsOf(scenes.map((scene) => scene[side]))) {
      const place = `x="${x}" y="${GAP}" width="${width}" height="${height}"`;
      const href = `data:image/jpeg;base64,${shot.toString("base64")}`;
      add(
        (attributes) => `<image ${attributes} ${place} href="${href}"/>`,
        (scene) => first <= scene && scene <= last,
      );
    }
  }
  const spoken = scenes.map(({ says }, at) => escaped(`${at + 1}. ${says}`));
  for (const [at, words] of spoken.entries()) {
    const place = `x="${whole.width / 2}" y="${height + 2 * GAP + CAPTION / 2}"`;
    add(
      (attributes) => `<text ${attributes} ${place}>${words}</text>`,
      (scene) => scene === at,
    );
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole.width} ${whole.height}" role="img" aria-labelledby="title desc">
<title id="title">${escaped(title)}</title>
<desc id="desc">${spoken.join(" ")}</desc>
<style>
rect{fill:#e9e6e0}
text{font:600 19px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;fill:#18223c;text-anchor:middle}
image,text{opacity:0}
.still{opacity:1}
@media (prefers-color-scheme:dark){rect{fill:#141c2f}text{fill:#e9edf7}}
@media (prefers-reduced-motion:no-preference){
${rules.join("\n")}
}
</style>
<rect width="${whole.width}" height="${whole.height}" rx="14"/>
${parts.join("\n")}
</svg>
`;
}

/** Where the same picture stands on end: its first and its last scene. */
function runsOf(shots: readonly Buffer[]): { shot: Buffer; first: number; last: number }[] {
  const runs: { shot: Buffer; first: number; last: number }[] = [];
  for (const [at, shot] of shots.entries()) {
    const run = runs.at(-1);
    if (run?.shot.equals(shot) === true) run.last = at;
    else runs.push({ shot, first: at, last: at });
  }
  return runs;
}

function percent(scene: number, of: number): string {
  return `${Number(((100 * scene) / of).toFixed(3))}%`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
