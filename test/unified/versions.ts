/** Compares versions by their first three numbers: negative, zero or positive, as `a` is below, at or above `b`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [components(a), components(b)];
  const i = left.findIndex((number, index) => number !== right[index]);
  return i === -1 ? 0 : (left[i] ?? 0) - (right[i] ?? 0);
}

/** A pre-release's suffix does not count: `4.9.0-alpha4` is 4.9.0. */
function components(version: string): number[] {
  const numbers = (version.split('-')[0] ?? '').split('.').map(Number);
  return [0, 1, 2].map(i => numbers[i] ?? 0);
}
