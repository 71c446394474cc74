// minisearch's part of bench_search: node search_minisearch.mjs FOLDER RESULTS BUILD_SECONDS SECONDS
// FOLDER holds node_modules. On the standard input: services, one JSON object a line, then queries. What was measured goes to
// RESULTS, in the lines that bench_search reads from all engines. Building may take
// BUILD_SECONDS, answering SECONDS.
import fs from "node:fs";
import readline from "node:readline";
import { createRequire } from "node:module";

const [folder, results, buildSeconds, seconds] = process.argv.slice(2);
const budget = Number(seconds) * 1000;
const require = createRequire(folder + "/");
const MiniSearch = require("minisearch");

const cpuMilliseconds = () => {
  const used = process.threadCpuUsage ? process.threadCpuUsage() : process.cpuUsage();
  return (used.user + used.system) / 1000;
};
const heap = () => {
  global.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const index = new MiniSearch({
  fields: ["name", "othernames", "categories", "organisation", "places", "eligibility", "description"],
  searchOptions: {
    boost: { name: 10, othernames: 8, categories: 6, organisation: 4, places: 3, eligibility: 2 },
    fuzzy: 0.2,
    prefix: (term, i, terms) => i === terms.length - 1,
    combineWith: "AND",
  },
});
const empty = heap();
const build = { wall: 0, cpu: 0, services: 0, cutOff: false };
const queries = [];
const hostile = [];
for await (const line of readline.createInterface({ input: process.stdin })) {
  const record = JSON.parse(line);
  if (record.query !== undefined) {
    queries.push(record);
    continue;
  }
  if (record.hostile !== undefined) {
    hostile.push(record.hostile);
    continue;
  }
  const wall = performance.now();
  const cpu = cpuMilliseconds();
  index.add(record);
  build.wall += performance.now() - wall;
  build.cpu += cpuMilliseconds() - cpu;
  ++build.services;
  if (build.wall > Number(buildSeconds) * 1000) {
    build.cutOff = true;
    break;
  }
}
const peak = process.resourceUsage().maxRSS * 1024;
const lines = [
  `build ${build.wall / 1000} ${build.cpu / 1000} ${peak} 0 ${build.services} ${build.cutOff ? 1 : 0}`,
];

function replay() {
  const warming = performance.now();
  for (let i = 0; i < queries.length && performance.now() - warming < budget / 10; i += 10) {
    index.search(queries[i].query);
    index.search(queries[i].query.slice(0, 1));
  }
  const begin = performance.now();
  for (const { query, wanted } of queries) {
    for (let letters = 1; letters <= query.length; ++letters) {
      const wall = performance.now();
      const cpu = cpuMilliseconds();
      const found = index.search(query.slice(0, letters));
      const spent = performance.now() - wall;
      const rank = found.slice(0, 10).findIndex((hit) => hit.id === wanted) + 1;
      lines.push(`key ${spent} ${cpuMilliseconds() - cpu} ${Math.min(found.length, 20)} ${rank}`);
    }
    if (performance.now() - begin > budget) break;
  }
}

// Written at once, as this may be stopped at the next. As few as the budget allows.
function askHostile() {
  const begin = performance.now();
  for (const text of hostile) {
    if (performance.now() - begin > budget) break;
    let slower = 0;
    for (let time = 0; time < 3; ++time) {
      const cpu = cpuMilliseconds();
      index.search(text);
      if (time > 0) slower = Math.max(slower, cpuMilliseconds() - cpu);
    }
    fs.appendFileSync(results, `hostile ${slower}\n`);
  }
}

if (!build.cutOff) {
  replay();
  lines.push("open 0", `memory ${heap() - empty}`);
}
fs.writeFileSync(results, lines.join("\n") + "\n");
if (!build.cutOff) askHostile();
process.exit(0);
