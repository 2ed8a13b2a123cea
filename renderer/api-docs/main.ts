// The whole page is one component, whose file makes it known to the browser and exports nothing.
// oxlint-disable-next-line import/no-unassigned-import
import 'openapi-explorer/dist/browser/openapi-explorer.min.js';

import { openApiPath } from '../../server/contract/paths.ts';

/** The document is that of the box which served this page, and calls go there and nowhere else. */
const explorer = document.createElement('openapi-explorer');
const settings: Readonly<Record<string, string>> = {
  'spec-url': openApiPath,
  'server-url': `${location.origin}/api/v2`,
  'hide-server-selection': '',
  'hide-components': '',
  // After the tokens of the admin pages; the library knows colours in this form only.
  'primary-color': '#4f55cf',
  'secondary-color': '#7f86f0',
  'text-color': '#1b1d2c',
  'header-color': '#1b1d2c',
  'nav-bg-color': '#1b1d2c',
  'nav-text-color': '#c9cbe0',
  'nav-hover-bg-color': '#2d3049',
  'nav-hover-text-color': '#ffffff',
};
for (const [name, value] of Object.entries(settings)) explorer.setAttribute(name, value);
document.body.append(explorer);
