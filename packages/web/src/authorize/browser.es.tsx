import { takeOver } from "../parts/hydrate.ts";
import { AuthorizePage } from "./page.tsx";
import { es } from "./texts.es.ts";
import type { AuthorizeView } from "./view.ts";
import "./authorize.css";

takeOver((view: AuthorizeView) => <AuthorizePage view={view} texts={es} />);
