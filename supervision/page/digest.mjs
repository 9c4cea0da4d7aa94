// Writes down which sources the page was built from, so that a test can tell when it was not built anew.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const sources = ["index.html", "package.json", ...readdirSync("src").map((name) => `src/${name}`)].sort();
const digest = createHash("sha256");
for (const source of sources) {
  digest.update(source).update("\0").update(readFileSync(source)).update("\0");
}
writeFileSync("../src/main/resources/dev/continuo/supervision/web/page/sources.sha256", `${digest.digest("hex")}\n`);
