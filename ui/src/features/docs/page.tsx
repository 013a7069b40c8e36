import { useState } from 'react';
import { TextInput } from '../../components/field.tsx';
import { useText } from '../../i18n/index.tsx';
import { Page } from '../shell/page.tsx';

const SECTIONS = [
  'figures',
  'numbers',
  'tables',
  'undo',
  'history',
  'keeping',
  'locking',
  'backups',
  'rates',
  'projects',
  'setup',
  'find',
  'findings',
  'charts',
  'budget',
  'sheets',
  'capital',
  'order',
  'risk',
  'incentives',
  'programs',
  'own',
  'packs',
  'screen',
] as const;

/** The guide inside the program: offline, searchable, in the reader's language. */
export function DocsPage() {
  const { t } = useText();
  const [words, setWords] = useState('');
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const sections = SECTIONS.map((id) => ({
    id,
    title: t(`guide.${id}.title`),
    text: t(`guide.${id}.text`),
  })).filter(({ title, text }) => wanted.every((word) => `${title} ${text}`.toLowerCase().includes(word)));
  return (
    <Page crumb={t('nav.docs')} headline={t('docs.headline')}>
      <div className="prose">
        <TextInput label={t('docs.search')} type="search" value={words} onChange={setWords} />
        {sections.length === 0 ? <p role="status">{t('docs.none')}</p> : null}
        {sections.map((section) => (
          <section key={section.id}>
            <h2>{section.title}</h2>
            <p>{section.text}</p>
          </section>
        ))}
      </div>
    </Page>
  );
}
