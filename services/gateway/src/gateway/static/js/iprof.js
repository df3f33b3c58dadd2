// Everything here is an enhancement: each page works without it.
import { suivre } from "./direct.js";
import { proteger } from "./envoi.js";
import { raccourcis } from "./raccourcis.js";
import { selection } from "./selection.js";
import { visionneuse } from "./visionneuse.js";

proteger();
selection();
visionneuse();
raccourcis();
suivre();
