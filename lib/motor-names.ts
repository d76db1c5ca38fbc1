/* The names that Motor has for what is the same here, for those who come from there. */
export { ChangeStream as MotorChangeStream } from './change-stream.js';
export { MongoClient as MotorClient } from './client.js';
export { Collection as MotorCollection } from './collection.js';
export { FindCursor as MotorCursor } from './cursor.js';
export { Db as MotorDatabase } from './db.js';
export { GridFSBucket as MotorGridFSBucket } from './gridfs.js';
