/*
 * The trick of the house: a method in sync style, which reads like blocking code, becomes one that returns a future or
 * calls a callback. It is done at definition time, from a declarative table, for whole classes at once; nothing is
 * patched per call, per instance or per option. Source: Motor's `asynchronize` and `create_class_with_framework`.
 */
import { Calling, takeCallback, Tracing } from './callback.js';
import { callSite } from './callsite.js';
import { Coroutine, type SyncStyle, waitFor } from './coroutine.js';
import { defer } from './frameworks.js';
import type { Future } from './future.js';
import { instrumentationOf } from './instrumented.js';
import type { Asynchronized } from './styles.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- the table holds methods of every signature */
type Method = (this: any, ...args: any[]) => any;

/** How a method is asynchronized. */
export interface AsynchronizeOptions {
  /** The name in error messages. Default: the method's. */
  name?: string;
  /** How many parameters come before the callback's place. Default: the method's `length`. */
  arity?: number;
  /**
   * Some parameters are functions of the method's own: only one in the callback's place is a callback. A number says
   * how many: one after those is a callback, too, when parameters before it are left out. Default: false.
   */
  takesFunctions?: boolean | number;
  /** Whether an error gets the stack of the call, asked on every call. Default: always. */
  callerStack?: (self: any) => boolean | undefined;
  /** @internal What is run in place of the method, asked on every call. Default: nothing. */
  instead?: () => Method | undefined;
}

/**
 * Makes a method that starts `method` in a new coroutine, inline up to its first suspension, and returns a future, or,
 * with a function as its last argument, calls that back and returns nothing.
 *
 * A callback that throws is reported as an uncaught exception. Bad arguments arrive through the future or callback.
 *
 * @throws TypeError (the method made, at once) when the argument in the callback's place, after the last parameter, is
 * neither a function nor undefined
 */
export function asynchronize<This, A extends unknown[], R>(
  method: (this: This, ...args: A) => SyncStyle<R>,
  options: AsynchronizeOptions = {}
): Asynchronized<This, A, R> {
  const { name = method.name, arity = method.length, takesFunctions = false, callerStack, instead } = options;
  const asynchronized = function (this: This, ...args: any[]): Future<R> | void {
    const callback = args.length > 0 ? takeCallback(name, args, arity, takesFunctions) : undefined;
    const traces = callerStack?.(this) !== false;
    const code = (instead?.() ?? method) as typeof method;
    if (callback) {
      const calling = new Calling(callback, traces ? callSite(asynchronized) : undefined);
      new Coroutine(begin(code, this, args as A), calling).start();
      return undefined;
    }
    const deferral = defer<R>();
    const completion = traces
      ? (deferral.trace?.() ?? new Tracing(deferral, callSite(asynchronized)))
      : deferral;
    new Coroutine(begin(code, this, args as A), completion).start();
    return deferral.future;
  };
  Object.defineProperty(asynchronized, 'name', { value: name, configurable: true });
  Object.defineProperty(asynchronized, 'length', { value: arity, configurable: true });
  return asynchronized as Asynchronized<This, A, R>;
}

/** A method that returns another's generator is spared one of its own; what it throws arrives where that's errors do. */
function begin<This, A extends unknown[], R>(
  method: (this: This, ...args: A) => SyncStyle<R>,
  self: This,
  args: A
): SyncStyle<R> {
  try {
    return method.apply(self, args);
  } catch (error) {
    return failing(error);
  }
}

function* failing(error: unknown): SyncStyle<never> {
  throw error;
}

type Key = string | symbol;

/** What becomes of the members of a class. Each key is a kind, each entry under it a member. */
export interface ClassTable {
  /** Methods in sync style, which become asynchronous. */
  async?: Record<Key, Method | ({ method: Method } & AsynchronizeOptions)>;
  /** Methods of the delegate that return promises: they gain callbacks and `yield*`. */
  delegated?: Record<Key, AsynchronizeOptions>;
  /** Methods of the delegate that return at once: the delegate itself (the wrapper is returned), or another object. */
  chaining?: readonly string[];
  /** Properties of the delegate that can be read here, and not written. */
  readOnly?: readonly string[];
  /** Makes ours out of what a `delegated` or `chaining` method, or a `readOnly` property, gives. */
  wrap?: Record<Key, (self: any, result: any) => unknown>;
  /** Makes the delegate's out of an argument of ours. */
  unwrap?: (argument: unknown) => unknown;
  /** The object behind an instance. Left out, an instance is its own delegate, by what it inherits from its parent. */
  delegate?: (self: any) => object;
  /**
   * For a method of `async`, the methods of the parent that instrumentations may have wrapped, so that the parent's own
   * has to run in its place. Default: none.
   */
  heeds?: (name: string) => readonly string[];
  /** See {@link AsynchronizeOptions.callerStack}: for all methods. */
  callerStack?: (self: any) => boolean | undefined;
}

/**
 * Gives a class the members that a table says, at definition time.
 *
 * @example
 * class Users extends Store {}
 * asynchronizeClass(Users, { async: { rename }, delegated: { drop: { arity: 1 } } });
 */
export function asynchronizeClass<C extends abstract new (...args: any[]) => object>(
  Class: C,
  table: ClassTable
): C {
  const { callerStack } = table;
  for (const [key, entry] of members(table.async)) {
    const { method, ...options } = typeof entry === 'function' ? { method: entry } : entry;
    const instead = insteadOf(Class, table, key);
    const value = asynchronize(method, { name: nameOf(key), callerStack, instead, ...options });
    define(Class, key, { value, writable: true });
  }
  for (const [key, options] of members(table.delegated)) {
    const method = delegatedMethod(Class, table, key);
    const value = asynchronize(method, { name: nameOf(key), callerStack, ...options });
    define(Class, key, { value, writable: true });
  }
  for (const name of table.chaining ?? []) {
    define(Class, name, { value: chainingMethod(Class, table, name), writable: true });
  }
  for (const name of table.readOnly ?? []) {
    define(Class, name, { get: readOnlyProperty(Class, table, name) });
  }
  return Class;
}

function members<T>(entries: Record<Key, T> = {}): [Key, T][] {
  return Reflect.ownKeys(entries).map(key => [key, entries[key]!]);
}

/** As functions have it. */
function nameOf(key: Key): string {
  return typeof key === 'symbol' ? `[${key.description}]` : key;
}

function define(Class: { prototype: object }, name: Key, descriptor: PropertyDescriptor): void {
  Object.defineProperty(Class.prototype, name, { configurable: true, enumerable: false, ...descriptor });
}

function delegatedMethod(Class: { prototype: object }, table: ClassTable, name: Key): Method {
  const call = caller(Class, table, name);
  return function* (this: object, ...args: unknown[]): SyncStyle<unknown> {
    return wrapped(table, name, this, yield* waitFor(call(this, args) as Promise<unknown>));
  };
}

/** The parent's method, while what has been wrapped around it, or around one it calls, is to see the call. */
function insteadOf(Class: { prototype: object }, table: ClassTable, name: Key) {
  if (typeof name === 'symbol' || !table.heeds) return undefined;
  const methods = Object.getPrototypeOf(Class.prototype) as Readonly<Record<string, unknown>>;
  const [one, other] = table.heeds(name).map(heeded => instrumentationOf(heeded, () => methods[heeded]));
  const theirs = delegatedMethod(Class, table, name);
  return () => (one?.() || other?.() ? theirs : undefined);
}

function chainingMethod(Class: { prototype: object }, table: ClassTable, name: string): Method {
  const call = caller(Class, table, name);
  const chaining = function (this: object, ...args: unknown[]): unknown {
    const result = call(this, args);
    const delegate = table.delegate ? table.delegate(this) : this;
    return result === delegate ? this : wrapped(table, name, this, result);
  };
  return Object.defineProperty(chaining, 'name', { value: name });
}

function readOnlyProperty(Class: { prototype: object }, table: ClassTable, name: string): () => unknown {
  const parent: object = Object.getPrototypeOf(Class.prototype);
  return function (this: object): unknown {
    const value: unknown = table.delegate
      ? Reflect.get(table.delegate(this), name)
      : Reflect.get(parent, name, this);
    return wrapped(table, name, this, value);
  };
}

function caller(Class: { prototype: object }, table: ClassTable, name: Key) {
  const parent: object = Object.getPrototypeOf(Class.prototype);
  return (self: object, args: unknown[]): unknown => {
    const delegate = table.delegate ? table.delegate(self) : self;
    const method = Reflect.get(table.delegate ? delegate : parent, name) as Method;
    return method.apply(delegate, table.unwrap ? args.map(table.unwrap) : args);
  };
}

function wrapped(table: ClassTable, name: Key, self: object, result: unknown): unknown {
  const wrap = table.wrap?.[name];
  return wrap ? wrap(self, result) : result;
}
