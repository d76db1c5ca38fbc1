/** Gives the object it is made with, so that a class that extends this puts private fields on objects of any other. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- a class can only extend a class
export class Borrowed {
  constructor(object: object) {
    return object;
  }
}
