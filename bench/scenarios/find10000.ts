import { find } from './find.js';

export const find10000 = find(10000);
