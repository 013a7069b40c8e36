// Named checks that are run in order, counted, and closed with one line.
let passed = 0;
let failed = 0;
// Longer than a loaded machine with one processor needs for any answer; not a measure of speed.
const PATIENCE = 30_000;

export async function check(name, run) {
  try {
    await run();
    passed += 1;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}`);
    console.log(error);
  }
}

export function close() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

/** Waits until what is asked for holds. */
export async function until(holds, within = PATIENCE) {
  const ends = Date.now() + within;
  while (!(await holds())) {
    if (Date.now() > ends) throw new Error('it never came about');
    await new Promise((later) => setTimeout(later, 60));
  }
}

/**
 * What a page shows after a key or a click comes when it comes: a first reading may be of the page before it. The claim
 * is asked again until it holds; the last objection is the one that is told.
 */
export async function comes(claim, within = PATIENCE) {
  const ends = Date.now() + within;
  for (;;) {
    try {
      return await claim();
    } catch (objection) {
      if (Date.now() > ends) throw objection;
      await new Promise((later) => setTimeout(later, 60));
    }
  }
}
