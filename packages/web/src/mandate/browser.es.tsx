import { takeOver } from "../parts/hydrate.ts";
import { MandatePage } from "./page.tsx";
import { es } from "./texts.es.ts";
import type { MandateView } from "./view.ts";
import "./mandate.css";

takeOver((view: MandateView) => <MandatePage view={view} texts={es} />);
