import type { ReactNode } from 'react';
import type { ProgramView } from '../../api/bindings.ts';
import { Clause } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { LawNumber } from './facts.tsx';

/** Who pays under which law, since when and until when, and what is open. */
export function Overview({ view }: { view: ProgramView }) {
  const { t, maybe, locale } = useText();
  const words = useWords();
  const { entry } = view;
  const date = (day: string | null) => (day === null ? null : formatDate(day, locale));
  const facts: [string, ReactNode][] = [
    [t('programs.authority'), view.authority.length > 0 ? <Listing texts={view.authority} /> : null],
    [t('programs.statute'), view.statute.length > 0 ? <Listing texts={view.statute} /> : null],
    [t('programs.filter.place'), `${words.place(entry.jurisdiction)} (${entry.jurisdiction})`],
    [t('programs.filter.kind'), maybe(`programs.kind.${entry.kind}`, entry.kind)],
    [t('programs.filter.stream'), maybe(`programs.filter.stream.${entry.stream}`, entry.stream)],
    [t('programs.filter.animation'), t(entry.animation ? 'programs.animation.yes' : 'programs.animation.no')],
    [t('programs.currency'), entry.currency],
    [t('programs.in_force'), t('programs.from', { date: formatDate(entry.from, locale) })],
    [t('programs.until'), date(entry.until)],
    [t('programs.end'), date(entry.sunset) ?? t('programs.end.none')],
    [t('programs.version_by'), view.version_by],
    [
      t('programs.filter.confidence'),
      entry.origin === 'library' ? words.term('confidence', entry.confidence) : t('programs.own_unverified'),
    ],
    [t('programs.last_review'), date(entry.reviewed)],
  ];
  return (
    <div className="stack">
      {entry.headline.length > 0 ? (
        <dl className="headline-figures">
          {entry.headline.map((number) => (
            <div key={number.id}>
              <dt className="sub">{number.label}</dt>
              <dd>
                <LawNumber program={entry.program} number={number} currency={entry.currency} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <Unknown view={view} />
      <dl className="sheet-facts">
        {facts.map(([name, value]) =>
          value === null || value === '' ? null : (
            <div key={name}>
              <dt className="sub">{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {view.notes.length > 0 ? (
        <section>
          <h3>{t('programs.notes')}</h3>
          <ul className="bullets">
            {view.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function Listing({ texts }: { texts: readonly string[] }) {
  return (
    <ul>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

/** What is known of a program beside its form, and the fact without which there is none. */
function Unknown({ view }: { view: ProgramView }) {
  const { t } = useText();
  const words = useWords();
  return (
    <>
      {view.missing ? (
        <section className="missing-fact">
          <h3>{t('programs.missing')}</h3>
          <p>{view.missing}</p>
        </section>
      ) : null}
      {view.known.length > 0 ? (
        <section>
          <h3>{t('programs.known')}</h3>
          <dl className="known-facts">
            {view.known.map((fact) => (
              <div key={`${fact.label} ${fact.text}`}>
                <dt>{fact.label}</dt>
                <dd>
                  {fact.text}
                  <span className="sub choice-note">
                    <Clause clause={fact.clause} source={fact.source} />
                    {` · ${words.term('confidence', fact.confidence)}`}
                  </span>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
    </>
  );
}
