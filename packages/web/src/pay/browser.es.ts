import { takeOverPayPage } from "./take-over.tsx";
import { es } from "./texts.es.ts";

takeOverPayPage(es);
