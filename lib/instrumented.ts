/**
 * Whether an instrumentation has put a function of its own in the place of a class's method: OpenTelemetry's,
 * Datadog's, a test's. It may have done so before this is loaded, and may do it, or undo it, at any time.
 *
 * The class's own is known by its source, which begins with the method's name, as that of no wrapper does.
 *
 * @param name - the method's
 * @param read - gives what is in its place: a place in the code of its own, where the engine need not look for it
 * @returns a test that costs one comparison as long as the method is the class's own
 */
export function instrumentationOf(name: string, read: () => unknown): () => boolean {
  let own: unknown;
  let foreign: unknown;
  return () => {
    const method = read();
    if (method === own) return false;
    if (method === foreign) return true;
    if (isMethod(method, name)) own = method;
    else foreign = method;
    return method === foreign;
  };
}

function isMethod(method: unknown, name: string): boolean {
  const source = Function.prototype.toString.call(method).replace(/^(?:async\b\s*)?\*?\s*/, '');
  return source.startsWith(name) && /^\s*\(/.test(source.slice(name.length));
}
