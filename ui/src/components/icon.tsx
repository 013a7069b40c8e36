const PATHS = {
  overview: 'M2.5 13.5V9M6.2 13.5V5M9.9 13.5V2.5M13.5 13.5V7',
  budget: 'M2 3.5h12M2 8h12M2 12.5h12M6 3.5v9',
  incentives: 'M2 13h3.5V9.5H9V6h3.5V2.5H14',
  capital: 'M3.5 2.5h9v11h-9zM3.5 6h9M3.5 9.7h9',
  revenue: 'M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.9h11M6.2 2.5v11M9.9 2.5v11',
  waterfall: 'M2 4h4c4 0 3 7 7 7M2 7c3 0 3 7 8 7M11 9l2.5 2-2.5 2',
  findings: 'M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3zM8 4.8v4M8 11v.3',
  risk: 'M1.5 13c3.6 0 3.4-10 6.5-10s2.9 10 6.5 10',
  scenarios:
    'M2.5 12.5a1 1 0 1 0 2 0a1 1 0 1 0-2 0M5.5 8.5a1 1 0 1 0 2 0a1 1 0 1 0-2 0M9.5 11.5a1 1 0 1 0 2 0a1 1 0 1 0-2 0M11.5 6.5a1 1 0 1 0 2 0a1 1 0 1 0-2 0M8 4a1 1 0 1 0 2 0a1 1 0 1 0-2 0',
  pin: 'M5.5 2h5M6.5 2v4.2L4.5 9h7L9.5 6.2V2M8 9v5',
  packs: 'M4 1.8h5.5L12.5 5v9.2H4zM9.5 1.8V5h3M6 8.2h4.5M6 10.8h4.5',
  history: 'M2.5 8a5.5 5.5 0 1 0 1.7-4M2.5 2.5v3h3M8 5v3.2l2.2 1.3',
  settings:
    'M8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8zM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M12.6 3.4l-1.4 1.4M4.8 11.2l-1.4 1.4',
  docs: 'M8 3.5C6.5 2.3 4.3 2 2 2.3v10c2.3-.3 4.5 0 6 1.2 1.5-1.2 3.7-1.5 6-1.2v-10c-2.3-.3-4.5 0-6 1.2zM8 3.5v10',
  search: 'M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6zM10.5 10.5 14 14',
  undo: 'M5.5 2.5 2.5 5.5l3 3M2.5 5.5h7a4 4 0 0 1 0 8H6',
  redo: 'M10.5 2.5l3 3-3 3M13.5 5.5h-7a4 4 0 0 0 0 8H10',
  check: 'M3 8.5 6.5 12 13 4.5',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  menu: 'M2 4h12M2 8h12M2 12h12',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  contrast: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2v12',
  table: 'M2.5 3h11v10h-11zM2.5 6.5h11M6.5 6.5V13',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  pen: 'M3 13l.8-3L11 2.8l2.2 2.2L6 12.2z',
  arrow: 'M3 8h10M9 4l4 4-4 4',
  back: 'M13 8H3M7 4 3 8l4 4',
  down: 'M4 6l4 4 4-4',
  up: 'M4 10l4-4 4 4',
  right: 'M6 4l4 4-4 4',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  blocker: 'M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3zM8 4.8v4M8 11v.3',
  question:
    'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM6.2 6.2a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.7.6-.7 1.1M8 11.2v.3',
  note: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.3v4M8 4.8v.3',
  trash: 'M3 4.5h10M6 4.5V2.5h4v2M4.3 4.5l.6 9h6.2l.6-9',
  play: 'M5 3l8 5-8 5z',
  pause: 'M5.5 3v10M10.5 3v10',
  external: 'M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11.5 9.5v4h-9v-9h4',
  more: 'M2.9 8a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M7.3 8a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M11.7 8a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0',
  projects: 'M2.5 4.5h11v9h-11zM4.5 4.5v-2h7v2M2.5 8h11',
  show: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  hide: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM3 13 13 3',
  jobs: 'M2.5 4h11M2.5 8h8M2.5 12h5',
  lock: 'M4 7h8v6.5H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawn sign; always beside a word or inside a control that has a name of its own. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.35}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
