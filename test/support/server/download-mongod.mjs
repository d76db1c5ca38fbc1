// Downloads mongod into mongodb-memory-server's cache; what it prints meanwhile is its progress.
import { MongoBinary } from 'mongodb-memory-server';

try {
  await MongoBinary.getPath();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
