import { takeOver } from "../parts/hydrate.ts";
import { AuthorizePage } from "./page.tsx";
import { fr } from "./texts.fr.ts";
import type { AuthorizeView } from "./view.ts";
import "./authorize.css";

takeOver((view: AuthorizeView) => <AuthorizePage view={view} texts={fr} />);
