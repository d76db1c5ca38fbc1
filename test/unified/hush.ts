/*
 * Hundreds of tests give options that the driver has ceased to know, and it warns of that for every client: no reader
 * of the results would find them among such lines.
 */
const expected = /^timeoutMS is a deprecated option/;

/** Keeps the warnings that the tests provoke by themselves out of the output. Gives what ends that. */
export function hush(): () => void {
  const emitWarning = process.emitWarning;
  process.emitWarning = (warning: string | Error, ...rest: never[]): void => {
    if (!expected.test(String(warning))) emitWarning.call(process, warning, ...rest);
  };
  return () => {
    process.emitWarning = emitWarning;
  };
}
