/** Where the specifications have tests in formats of their own. */
export const folders = [
  'auth/tests/legacy',
  'bson-binary-vector/tests',
  'bson-corpus/tests',
  'connection-monitoring-and-pooling/tests/cmap-format',
  'connection-string/tests',
  'initial-dns-seedlist-discovery/tests/load-balanced',
  'initial-dns-seedlist-discovery/tests/replica-set',
  'initial-dns-seedlist-discovery/tests/sharded',
  'max-staleness/tests',
  'read-write-concern/tests/connection-string',
  'read-write-concern/tests/document',
  'server-discovery-and-monitoring/tests/errors',
  'server-discovery-and-monitoring/tests/load-balanced',
  'server-discovery-and-monitoring/tests/monitoring',
  'server-discovery-and-monitoring/tests/rs',
  'server-discovery-and-monitoring/tests/sharded',
  'server-discovery-and-monitoring/tests/single',
  'server-selection/tests/in_window',
  'server-selection/tests/rtt',
  'server-selection/tests/server_selection',
  'uri-options/tests'
] as const;

export type FolderPath = (typeof folders)[number];
