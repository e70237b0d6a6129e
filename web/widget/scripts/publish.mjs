// Puts the demo host page beside the built widget and prints what a user has to download.
import { cpSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const widget = fileURLToPath(new URL("..", import.meta.url));
const out = fileURLToPath(new URL("../../../var/web/widget/", import.meta.url));

cpSync(`${widget}/demo`, out, { recursive: true });
const bundle = readFileSync(`${out}/widget.js`);
console.log(`widget.js ${(bundle.length / 1024).toFixed(1)} kB, ${(gzipSync(bundle, { level: 9 }).length / 1024).toFixed(1)} kB gzipped`);
