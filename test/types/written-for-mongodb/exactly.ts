/** Holds when the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `exactly<Expected>()(value)` compiles when the value's type is the expected one, and no other. */
export declare function exactly<E>(): <A>(value: A, ...wrong: Same<A, E> extends true ? [] : [never]) => void;
