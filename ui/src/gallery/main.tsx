import '../design/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ToastProvider } from '../components/toast.tsx';
import { TextProvider } from '../i18n/index.tsx';
import { ENTRIES } from './entries.tsx';

// Every component and chart in its states, for looking and for axe. Not part of the product's build.
const query = new URLSearchParams(location.search);
document.documentElement.dataset.theme = query.get('theme') ?? 'light';
document.documentElement.dataset.text = query.get('text') ?? 'normal';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <TextProvider language="en" locale="en">
        <ToastProvider>
          <main className="tiles" style={{ margin: 24, border: '1px solid var(--line)' }}>
            <h1 className="tile">Gallery</h1>
            {ENTRIES.map((entry) => (
              <section
                key={entry.id}
                id={entry.id}
                className={`tile ${entry.isChart ? 'tile-12' : 'tile-6'}`}
                aria-label={entry.title}
              >
                <p className="sub">{entry.title}</p>
                {entry.render()}
              </section>
            ))}
          </main>
        </ToastProvider>
      </TextProvider>
    </StrictMode>,
  );
}
