import type { Words } from "./texts.ts";

/** Something we sell. Its picture is `public/{name}.svg`. */
export interface Good {
  readonly name: string;
  /** Whole cents: sums of money in fractions of a euro go wrong sooner or later. */
  readonly price: number;
  readonly title: Words;
  readonly about: Words;
}

export const GOODS: readonly Good[] = [
  {
    name: "tile",
    price: 850,
    title: { pt: "Azulejo", en: "Azulejo tile" },
    about: { pt: "Pintado à mão, azul como deve ser.", en: "Painted by hand, in the only blue there is." },
  },
  {
    name: "sardines",
    price: 420,
    title: { pt: "Sardinhas em azeite", en: "Sardines in olive oil" },
    about: { pt: "Três irmãs numa lata de 120 g.", en: "Three sisters in a 120 g tin." },
  },
  {
    name: "bowl",
    price: 1400,
    title: { pt: "Taça de cortiça", en: "Cork bowl" },
    about: { pt: "Leve, morna, do Alentejo.", en: "Light, warm, from the Alentejo." },
  },
  {
    name: "mug",
    price: 1190,
    title: { pt: "Caneca de grés", en: "Stoneware mug" },
    about: { pt: "Para um galão comprido.", en: "For a long, milky coffee." },
  },
  {
    name: "swallow",
    price: 950,
    title: { pt: "Andorinha de cerâmica", en: "Ceramic swallow" },
    about: { pt: "Pouse-a na parede. Ela fica.", en: "Hang her on a wall. She stays." },
  },
  {
    name: "soap",
    price: 550,
    title: { pt: "Sabonete de alfazema", en: "Lavender soap" },
    about: { pt: "Embrulhado como em 1927.", en: "Wrapped as in 1927." },
  },
];

/** What comes every month, for as long as the customer lets us charge. Its price is a month's. */
export const TIN_OF_THE_MONTH: Good = {
  name: "tins",
  price: 990,
  title: { pt: "Conservas do mês", en: "Tin of the month" },
  about: { pt: "Duas latas por mês, escolhidas por quem sabe.", en: "Two tins a month, chosen by those who know." },
};

/** The good of this name; undefined when we sell none. */
export function findGood(name: string | null | undefined): Good | undefined {
  return GOODS.find((good) => good.name === name);
}
