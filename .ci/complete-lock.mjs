// Adds lock entries for optional platform packages that npm left out, because the registry at hand did not serve them; without these
// `npm ci` refuses the lock on every platform. Run it after each `npm install`, with Node 24 first on the PATH (an older Node makes npm
// choose older packages without a word):  node .ci/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const packages = lock.packages;
const SYSTEMS = ['android', 'darwin', 'linux', 'win32', 'freebsd', 'openbsd', 'netbsd', 'openharmony', 'aix', 'sunos'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'];
let added = 0;

// Stubs of an earlier run may be of another version by now.
for (const [path, entry] of Object.entries(packages))
  if (entry.optional && !entry.integrity && !entry.resolved && path !== '') delete packages[path];

for (const [path, entry] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!/^\d+\.\d+\.\d+/.test(version)) continue; // a range is resolved by npm itself
    const places = [`${path}/node_modules/${name}`, ...parentsOf(path).map((parent) => `${parent}${name}`)];
    const found = places.find((place) => packages[place] !== undefined);
    if (found !== undefined && packages[found].version === version) continue;
    packages[found === undefined ? places.at(-1) : places[0]] = stub(name, version, entry);
    added += 1;
  }
}

/** `a/node_modules/b` looks into `a/node_modules/`, then into `node_modules/`. */
function parentsOf(path) {
  const parts = path.split('node_modules/').slice(0, -1);
  return parts.map((_, index) => `${parts.slice(0, parts.length - index).join('node_modules/')}node_modules/`);
}

function stub(name, version, { dev }) {
  const parts = name.split(/[/.-]/);
  const os = SYSTEMS.filter((system) => parts.includes(system));
  const cpu = PROCESSORS.filter(
    (processor) => parts.includes(processor) || (processor === 'arm' && /-arm(-|$)/.test(name)),
  );
  return {
    version,
    ...(cpu.length ? { cpu } : {}),
    ...(dev ? { dev: true } : {}),
    optional: true,
    ...(os.length ? { os } : {}),
  };
}

lock.packages = Object.fromEntries(Object.entries(packages).sort(([one], [other]) => (one < other ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} entries added`);
