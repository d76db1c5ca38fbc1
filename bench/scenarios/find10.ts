import { find } from './find.js';

export const find10 = find(10);
