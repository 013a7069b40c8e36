import './design/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, askFirst, makeClient } from './app.tsx';
import { applyPreferences, readPreferences } from './features/settings/preferences.tsx';
import { readPages } from './routes.tsx';

applyPreferences(readPreferences());
const root = document.getElementById('root');
if (root) {
  const client = makeClient();
  askFirst(client);
  createRoot(root).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
  // Once the first page is on the screen.
  requestAnimationFrame(() => setTimeout(() => void readPages(), 300));
}
