import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';

export type SectionName = { id: string; label: string };

const anchorOf = (id: string) => `incentives-${id}`;

/** A part of the page that its index leads to. */
export function Section({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={anchorOf(id)} className="page-section" tabIndex={-1}>
      {children}
    </div>
  );
}

/** The page's own index, which stays in sight and says where one is. */
export function SectionIndex({ sections }: { sections: readonly SectionName[] }) {
  const { t } = useText();
  const here = useHere(sections);
  return (
    <nav className="section-index" aria-label={t('incentives.sections')}>
      {sections.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          className="section-link"
          aria-current={here === id ? 'true' : undefined}
          onClick={() => {
            const target = document.getElementById(anchorOf(id));
            if (!target) return;
            bringUp(target);
            target.focus({ preventScroll: true });
          }}
        >
          {label}
        </button>
      ))}
    </nav>
  );
}

/** Scrolls what the section lies in and nothing around it: the frame of the window stays where it is. */
function bringUp(target: HTMLElement): void {
  let around = target.parentElement;
  while (around && !/auto|scroll/.test(getComputedStyle(around).overflowY)) around = around.parentElement;
  const within = around ?? document.scrollingElement;
  const index = document.querySelector('.section-index')?.getBoundingClientRect().height ?? 0;
  const edge = around?.getBoundingClientRect().top ?? 0;
  within?.scrollBy({ top: target.getBoundingClientRect().top - edge - index });
}

/** The section that lies highest in the window. */
function useHere(sections: readonly SectionName[]): string | null {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const ids = sections.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(
      (entries) =>
        setSeen((before) => {
          const after = new Set(before);
          for (const { target, isIntersecting } of entries) {
            if (isIntersecting) after.add(target.id);
            else after.delete(target.id);
          }
          return after;
        }),
      { rootMargin: '-120px 0px -55% 0px' },
    );
    for (const id of ids.split(' ')) {
      const element = document.getElementById(anchorOf(id));
      if (element) observer.observe(element);
    }
    return () => observer.disconnect();
  }, [ids]);
  return sections.find(({ id }) => seen.has(anchorOf(id)))?.id ?? null;
}

/** Drawn when it comes near the window: what lies far below is not asked for before. */
export function WhenNear({ rows, children }: { rows: number; children: ReactNode }) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    const element = place.current;
    if (isNear || !element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: '400px 0px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [isNear]);
  return (
    <div ref={place} {...(isNear ? {} : { 'data-later': '' })}>
      {isNear ? children : <Skeleton label={t('pages.loading')} rows={rows} />}
    </div>
  );
}
