import './design/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { applyPreferences, readPreferences } from './features/settings/preferences.tsx';
import { readPages } from './routes.tsx';

applyPreferences(readPreferences());
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  // Once the first page is on the screen.
  requestAnimationFrame(() => setTimeout(() => void readPages(), 300));
}
