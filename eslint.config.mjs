import js from '@eslint/js';
import ts from 'typescript-eslint';

/** The rooms of lib/, from the ground up. Each may import from itself and from those before it. */
const layers = [
  [
    'borrowed',
    'members',
    'wait-queue',
    'abort-listeners',
    'errors',
    'turns',
    'future',
    'frameworks',
    'yields',
    'coroutine',
    'callsite',
    'callback',
    'styles',
    'instrumented',
    'asynchronize',
    'body'
  ],
  [
    'driver/types',
    'driver/operations',
    'driver/constructors',
    'driver/bulk-types',
    'driver/pool-types',
    'driver/state-types',
    'driver/modules',
    'driver/check',
    'driver/internals',
    'driver/lean-response',
    'driver/copy',
    'driver'
  ],
  [
    'clock',
    'channels',
    'channel-contexts',
    'span',
    'slab',
    'fields',
    'reading',
    'response',
    'sequence',
    'ending',
    'wire',
    'frames',
    'landing',
    'inbox',
    'open-socket',
    'compression',
    'in-flight',
    'traffic',
    'socket',
    'session',
    'command',
    'monitoring',
    'reply',
    'conversation',
    'connection'
  ],
  ['audience', 'pool-events', 'pool-errors', 'establish', 'pool-growth', 'pool-sharing', 'pool', 'topology'],
  [
    'options',
    'selection',
    'own-error',
    'command-on-server',
    'attempts',
    'execute',
    'open-telemetry-api',
    'open-telemetry-attributes',
    'open-telemetry'
  ],
  [
    'sync/insert-one',
    'sync/kill-cursor',
    'sync/one-at-a-time',
    'sync/prefetch',
    'sync/start-options',
    'sync/free-cursor',
    'sync/leave-cursor',
    'sync/replaced',
    'sync/fetch',
    'sync/cursor',
    'sync/json',
    'sync/ask-cursor',
    'sync/first',
    'sync/indexes',
    'sync/collections',
    'sync/collection',
    'sync/batches',
    'sync/bulk',
    'sync/bulk-write',
    'sync/client-batches',
    'sync/client-bulk-results',
    'sync/client-bulk-write',
    'sync/db',
    'sync/admin',
    'sync/client-session',
    'sync/client'
  ],
  [
    'collection-types',
    'cursor-types',
    'index-types',
    'admin',
    'json-stream',
    'cursor-stream',
    'cursor',
    'list-cursors',
    'bulk',
    'collection',
    'db',
    'client',
    'session-types',
    'client-session',
    'change-stream-cursor',
    'change-stream',
    'gridfs-upload',
    'gridfs-streams',
    'gridfs',
    'client-encryption-types',
    'client-encryption',
    'motor-names'
  ],
  ['index']
];

const belowTheApi = {
  regex: '^mongodb/',
  message: "Only lib/driver.ts reaches under the driver's public API."
};

/** Below all layers, and known to any of them. `up` leads out of it. */
const aloneInItsRooms = up => ({
  regex: `^(${up}|mongodb/)`,
  message:
    "The codec in lib/bson/ is usable alone: it knows the driver's copy of bson, and nothing else of lib/."
});

/** Forbids a layer's files to import from the layers above. */
function layer(names, index) {
  const above = layers.slice(index + 1).flat();
  const patterns = [belowTheApi];
  if (above.length > 0) {
    const here = names.some(name => name.startsWith('sync/')) ? '\\.\\./' : '\\./';
    patterns.push({
      regex: `^${here}(${above.join('|')})\\.js$`,
      message: 'A layer knows only those under it.'
    });
  }
  if (index === 0) patterns.push({ regex: '^mongodb$', message: 'This layer knows nothing of MongoDB.' });
  return {
    files: names.filter(name => name !== 'driver').map(name => `lib/${name}.ts`),
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] }
  };
}

export default ts.config(
  { ignores: ['dist', '.build-*', 'coverage', 'bench/dist', 'bench/results', '**/node_modules'] },
  js.configs.recommended,
  ...ts.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-useless-constructor': 'off', // some only give types
      '@typescript-eslint/no-unsafe-declaration-merging': 'off', // the tables make what the interfaces declare
      'require-yield': 'off'
    }
  },
  {
    files: ['lib/**/*.ts'],
    ignores: ['lib/driver.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
          message: 'Only lib/driver.ts may turn a type into another by way of unknown.'
        }
      ]
    }
  },
  ...layers.map(layer),
  ...[
    ['lib/bson/*.ts', '\\.\\./'],
    ['lib/bson/json/*.ts', '\\.\\./\\.\\./']
  ].map(([files, up]) => ({
    files: [files],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [aloneInItsRooms(up)] }] }
  })),
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-unused-expressions': 'off' } },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } }
  }
);
