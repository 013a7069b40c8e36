/** Which page holds the cells of a section of the deal. */
const PAGES: Record<string, string> = {
  budget: '/budget',
  schedule: '/budget',
  instruments: '/capital',
  market: '/capital',
  parties: '/capital',
  fx: '/sources-uses',
  revenue: '/revenue',
  recoupment: '/waterfall',
  incentives: '/incentives',
  risk: '/risk',
};

export function pageOf(path: string): string | null {
  return PAGES[path.split(/[.[]/, 1)[0] ?? ''] ?? null;
}

/** The cell of a path on the page, or the nearest one that belongs to the same element of the deal. */
export function findCell(path: string): HTMLElement | null {
  const cells = [...document.querySelectorAll<HTMLElement>('[data-path]')];
  let best: HTMLElement | null = null;
  let length = 0;
  for (const cell of cells) {
    const own = cell.dataset.path ?? '';
    if (own === path) return cell;
    const shared = commonLength(own, path);
    if (shared > length && /[\].]$/.test(own.slice(0, shared))) {
      best = cell;
      length = shared;
    }
  }
  return path.includes('[') ? best : null;
}

function commonLength(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

type Navigate = (options: { to: string }) => Promise<void>;

/** Opens the page of a cell and puts the focus on it. */
export async function goToCell(path: string, navigate: Navigate): Promise<void> {
  const page = pageOf(path);
  if (!page) return;
  await navigate({ to: page });
  for (let attempt = 0; attempt < 30; attempt++) {
    const cell = findCell(path);
    if (cell) {
      cell.scrollIntoView({ block: 'center' });
      cell.focus();
      return;
    }
    await new Promise((again) => setTimeout(again, 33));
  }
}
