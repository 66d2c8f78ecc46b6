import './begin/begin';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { keepAppearance } from './appearance';
import './styles/base.css';
import './styles/header.css';
import './styles/menu.css';
import './styles/frame.css';
import './styles/figures.css';
import './styles/overview.css';
import './styles/tables.css';
import './styles/narrow-tables.css';
import './styles/form-lines.css';
import './styles/assessment.css';
import './styles/comments.css';
import './styles/narrative.css';
import './styles/entries.css';
import './styles/session.css';
import './styles/accounts.css';
import './styles/drills.css';
import './styles/months.css';
import './styles/analysis.css';
import './styles/indicators.css';
import './styles/indicator.css';
import './styles/quality.css';
import './styles/settings.css';
import './styles/print.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
keepAppearance();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
