/** Finds circles among arrows, each told once as the names along it, the first again at its end. */
export function findCircles(arrows: readonly { from: string; to: string }[]): string[][] {
  const next = Map.groupBy(arrows, ({ from }) => from);
  const circles: string[][] = [];
  const finished = new Set<string>();
  const walk = (name: string, trail: readonly string[]): void => {
    const at = trail.indexOf(name);
    if (at >= 0) circles.push([...trail.slice(at), name]);
    if (at >= 0 || finished.has(name)) return;
    for (const to of new Set(next.get(name)?.map((arrow) => arrow.to))) walk(to, [...trail, name]);
    finished.add(name);
  };
  for (const name of next.keys()) walk(name, []);
  return circles;
}
