// What pages do beyond showing themselves; all of it is an addition to what stands there without.
// The build puts each feature in the place of its import, in a block of its own, so that a visitor
// asks for one file (brochure/publish/bundle.py).
import "./scheme.js";
import "./search-button.js";
import "./sort-tables.js";
import "./filter-comparison.js";
import "./figure-notes.js";
import "./copy-links.js";
import "./save-charts.js";
// Asks for the layout of all that was added above.
import "./scroll-regions.js";
