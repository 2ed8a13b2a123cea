import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { App } from './app.tsx';

// The pages' policy forbids making code from strings; zod would try it and leave a complaint in the console.
config({ jitless: true });

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root to draw in');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
