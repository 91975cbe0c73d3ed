// Pages work without this. It only adds: showing a password, going to the first fault, one click once.
import { initAll } from './govuk-frontend.min.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();
