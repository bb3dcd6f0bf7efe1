import { takeOverPayPage } from "./take-over.tsx";
import { fr } from "./texts.fr.ts";

takeOverPayPage(fr);
