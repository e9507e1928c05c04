// Entry of the bundle that a browser test evaluates in a page.

import { digitsOfAll } from './settings';

Object.assign(globalThis, { digitsOfAll });
