import { find } from './find.js';

export const find1000 = find(1000);
