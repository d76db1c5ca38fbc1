// Finds or starts a real server, as the tests do, in a process of its own.
import { startServer } from '../../test/support/server.js';

const server = await startServer();
process.send?.({ uri: server.uri });
process.on('disconnect', () => void server.stop().then(() => process.exit()));
