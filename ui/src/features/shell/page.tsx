import type { ReactNode } from 'react';

type Props = {
  crumb: string;
  headline: string;
  /** Addresses of the figures the headline states, so that it can be asked where they come from. */
  about?: string | undefined;
  actions?: ReactNode;
  children: ReactNode;
};

/** Crumb, one headline that answers the page's question, at most three actions, then tiles. */
export function Page({ crumb, headline, about, actions, children }: Props) {
  return (
    <>
      <header className="page-head">
        <span className="page-crumb">{crumb}</span>
        <h1 data-address={about}>{headline}</h1>
        {actions ? <div className="page-actions">{actions}</div> : null}
      </header>
      {children}
    </>
  );
}

type TileProps = {
  title?: string;
  note?: ReactNode;
  tools?: ReactNode;
  span?: 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12;
  edge?: boolean;
  tall?: boolean;
  children: ReactNode;
};

export function Tile({ title, note, tools, span = 12, edge, tall, children }: TileProps) {
  return (
    <section
      className={`tile tile-${span} ${edge ? 'tile-edge' : ''} ${tall ? 'tall-2' : ''}`}
      aria-label={title}
    >
      {title ? (
        <div className="tile-head">
          <div>
            <h2>{title}</h2>
            {note ? <p className="sub">{note}</p> : null}
          </div>
          {tools}
        </div>
      ) : null}
      {children}
    </section>
  );
}
