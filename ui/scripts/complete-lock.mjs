// Adds the optional platform packages that a registry mirror leaves out of package-lock.json.
// Without them `npm ci` refuses the lock on every platform, because a parent's optionalDependencies
// must all be listed. With --check nothing is written and a missing entry fails.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const known = lock.packages;
const missing = [];

const OS = { win32: 'win32', darwin: 'darwin', linux: 'linux', android: 'android' };
const CPU = { x64: 'x64', arm64: 'arm64', ia32: 'ia32' };

for (const parent of Object.values({ ...known })) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (known[key] || !/^\d/.test(version)) continue;
    const words = name.split(/[-/]/);
    const os = words.find((word) => word in OS);
    const cpu = words.find((word) => word in CPU);
    missing.push(key);
    known[key] = {
      version,
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(parent.dev ? { dev: true } : {}),
      ...(name.endsWith('-musl') ? { libc: ['musl'] } : {}),
      optional: true,
      ...(os ? { os: [os] } : {}),
    };
  }
}

if (process.argv.includes('--check')) {
  if (missing.length > 0) {
    console.error(`package-lock.json lacks: ${missing.join(', ')}. Run: node scripts/complete-lock.mjs`);
    process.exit(1);
  }
} else if (missing.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`added ${missing.length} entries`);
}
