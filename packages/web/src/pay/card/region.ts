/**
 * The country that somebody is at home in, as far as their languages tell, the most wanted first: of `pt-BR` it is
 * Brazil. Where none tells, Portugal: that is where the shops are.
 * @param countries the two letters of each that there is.
 */
export function regionOf(languages: readonly string[], countries: readonly string[]): string {
  const regions = languages.map((tag) => /^[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})(?![a-z0-9])/i.exec(tag)?.[1]);
  return regions.map((region) => region?.toUpperCase() ?? "").find((region) => countries.includes(region)) ?? "PT";
}
