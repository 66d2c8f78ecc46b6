import { askEarly } from './early';
import { firstAsked } from './first-asked';
import { FIRST_PAGE, isPageCode, loadPage } from './page-scripts';

// Small, and so there first: the server answers while the browser still reads the rest of the script.
const address = new URLSearchParams(window.location.search);
const page = address.get('tab') ?? FIRST_PAGE;
if (isPageCode(page)) {
  askEarly((beginning) => firstAsked(page, address, beginning));
  // What cannot be loaded is tried again, and told of, where it is shown.
  loadPage(page).catch(() => undefined);
}
