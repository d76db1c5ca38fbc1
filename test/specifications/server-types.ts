/** The driver makes no difference for a server that may be a primary, as the specification allows. */
export function asTheDriverSays(type: unknown): unknown {
  return type === 'PossiblePrimary' ? 'Unknown' : type;
}
