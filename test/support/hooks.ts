import { stopSharedServer } from './server';

/** Mocha's root hooks: the server that the test files share ends with them. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    await stopSharedServer();
  }
};
