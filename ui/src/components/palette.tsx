import { Dialog as Radix } from 'radix-ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type PaletteItem = {
  id: string;
  group: string;
  label: string;
  detail?: string;
  icon: IconName;
  run: () => void;
};

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  items: readonly PaletteItem[];
  title: string;
  placeholder: string;
  emptyText: string;
};

const SHOWN = 40;

/** Every word typed must occur; a label that begins with the first word comes before one that only contains it. */
export function matchItems(items: readonly PaletteItem[], query: string): PaletteItem[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return items.slice(0, SHOWN);
  const first = words[0] ?? '';
  const hits: { item: PaletteItem; rank: number; at: number }[] = [];
  items.forEach((item, at) => {
    const label = fold(item.label);
    const text = `${label} ${fold(item.group)} ${fold(item.id)}`;
    if (!words.every((word) => text.includes(word))) return;
    const rank = label.startsWith(first) ? 0 : label.includes(first) ? 1 : 2;
    hits.push({ item, rank, at });
  });
  const groups = new Map<string, number>();
  for (const item of items) if (!groups.has(item.group)) groups.set(item.group, groups.size);
  const best = hits.sort((a, b) => a.rank - b.rank || a.at - b.at).slice(0, SHOWN);
  return best
    .sort((a, b) => (groups.get(a.item.group) ?? 0) - (groups.get(b.item.group) ?? 0))
    .map((hit) => hit.item);
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

export function Palette({ open, onOpenChange, items, title, placeholder, emptyText }: Props) {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(() => matchItems(items, query), [items, query]);

  useEffect(() => {
    if (open) {
      setQuery('');
      setActive(0);
    }
  }, [open]);

  useEffect(() => {
    list.current?.querySelector(`[data-at="${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const choose = (item: PaletteItem | undefined) => {
    if (!item) return;
    onOpenChange(false);
    item.run();
  };

  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="overlay" />
        <Radix.Content className="palette" aria-describedby={undefined}>
          <Radix.Title className="visually-hidden">{title}</Radix.Title>
          <div className="palette-field">
            <Icon name="search" />
            <input
              className="palette-input"
              role="combobox"
              aria-label={title}
              aria-expanded={found.length > 0}
              aria-controls="palette-list"
              aria-activedescendant={found.length > 0 ? `palette-${active}` : undefined}
              placeholder={placeholder}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setActive(0);
              }}
              onKeyDown={(event) => {
                if (event.key === 'ArrowDown') setActive(Math.min(active + 1, found.length - 1));
                else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
                else if (event.key === 'Enter') choose(found[active]);
                else return;
                event.preventDefault();
              }}
            />
            <kbd className="key">{'Esc'}</kbd>
          </div>
          <div className="palette-list" id="palette-list" role="listbox" aria-label={title} ref={list}>
            {found.length === 0 ? <p className="palette-empty">{emptyText}</p> : null}
            {found.map((item, at) => (
              <PaletteRow
                key={item.id}
                item={item}
                at={at}
                isActive={at === active}
                opensGroup={item.group !== found[at - 1]?.group}
                onPick={() => choose(item)}
                onHover={() => setActive(at)}
              />
            ))}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type RowProps = {
  item: PaletteItem;
  at: number;
  isActive: boolean;
  opensGroup: boolean;
  onPick: () => void;
  onHover: () => void;
};

function PaletteRow({ item, at, isActive, opensGroup, onPick, onHover }: RowProps) {
  return (
    <>
      {opensGroup ? (
        <div className="palette-group" role="presentation">
          {item.group}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above holds focus and answers Enter */}
      <div
        id={`palette-${at}`}
        data-at={at}
        className={`palette-row ${isActive ? 'palette-row-active' : ''}`}
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        onClick={onPick}
        onMouseMove={onHover}
      >
        <Icon name={item.icon} />
        <span>{item.label}</span>
        {item.detail ? <span className="palette-detail">{item.detail}</span> : null}
      </div>
    </>
  );
}
